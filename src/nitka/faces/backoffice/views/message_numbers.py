"""How often people had to write to us: contacts per 100 orders, by cause."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.care.desk import queries as desk
from nitka.care.desk.queries import CauseNumber
from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.pages import here, page
from nitka.ground import clock

PERIODS = (7, 30, 90, 365)
USUAL = 30


@require_GET
@staff("messages.answer")
def show(request: HttpRequest) -> HttpResponse:
    """The numbers of the last days, with what they mean."""
    days = days_of(request)
    numbers = numbers_of(days)
    most = max((each.contacts for each in numbers if each.cause), default=0)
    return page(
        request, "backoffice/message_numbers.html",
        {
            "numbers": numbers, "total": numbers[-1], "days": days, "causes": desk.cause_names(), "most": max(most, 1),
            "periods": [(each, here(request, days=each), each == days) for each in PERIODS],
        },
    )  # fmt: skip


@require_GET
@staff("messages.answer")
def export(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    causes = desk.cause_names()
    return spreadsheets.answer(
        "contacts-per-100-orders",
        [_("Cause"), _("Days"), _("Contacts"), _("Orders"), _("Contacts per 100 orders")],
        [
            (causes.get(each.cause, _("All")), days_of(request), each.contacts, each.orders, each.per_hundred)
            for each in numbers_of(days_of(request))
        ],
    )


def days_of(request: HttpRequest) -> int:
    """The period that the address asks for."""
    wanted = request.GET.get("days", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 5 and int(wanted) in PERIODS else USUAL


def numbers_of(days: int) -> list[CauseNumber]:
    """The numbers of so many times 24 hours until now."""
    now = clock.now()
    return desk.contacts_per_hundred(now - timedelta(days=days), now)

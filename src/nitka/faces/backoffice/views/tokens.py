"""Tokens of programs: made with some of one's own rights, shown once, taken away."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import may, staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page
from nitka.ground import clock
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as people

DAYS = ("30", "90", "365")


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All tokens, and a form for another."""
    return _page(request)


@require_POST
@staff("settings.edit")
def make(request: HttpRequest) -> HttpResponse:
    """Make one; its letters are on the answer, and never again."""
    name = request.POST.get("name", "").replace("\x00", "").strip()
    days = request.POST.get("days", "")
    until = clock.now() + timedelta(days=int(days)) if days in DAYS else None
    outcome = do(
        request,
        lambda: accounts.make_api_token(
            user_id=actor_id(request), name=name, scopes=request.POST.getlist("scopes"), expires_at=until
        ),
        verb="",
    )  # fmt: skip
    if not outcome.done:
        return see_other(reverse("back:tokens"))
    answer = _page(request, outcome.value[1])
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@staff("settings.edit")
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """It opens nothing from now on."""
    do(
        request, lambda: accounts.revoke_api_token(token_id=token_id, actor_id=actor_id(request)), verb="",
        said=_("The token is taken away. Whatever used it is refused from now on."),
    )  # fmt: skip
    return see_other(reverse("back:tokens"))


def scope_words() -> dict[str, str]:
    """What each permission lets a program do."""
    return {
        "orders.view": _("Read orders, returns and parcels"),
        "orders.ship": _("Pack, ship, deliver; receive and grade returns"),
        "orders.cancel": _("Cancel, refund, decide returns, book payments"),
        "catalog.edit": _("Prices, stock, purchase orders"),
        "customers.view": _("Read companies, their approvals and lists"),
        "customers.edit": _("Buy, ask and decide for customers of companies"),
        "settings.edit": _("Promotions, price lists, taxes, gift cards"),
    }


def _page(request: HttpRequest, token: str = "") -> HttpResponse:
    scopes = {code: text for code, text in scope_words().items() if may(request, code)}
    context = {"tokens": people.api_tokens(), "scopes": scopes, "words": scope_words(), "token": token, "days": DAYS}
    return page(request, "backoffice/tokens.html", context)

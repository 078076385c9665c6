"""Price lists and sales: all of them, and one with its prices as lines that can be pasted from a spreadsheet."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_lines import read_lines, write_lines
from nitka.ground import clock
from nitka.people.customers import queries as people
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

NEW = "new"


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All lists and sales, and when they run."""
    return page(request, "backoffice/price_lists.html", {"lists": list(pricing.list_rows()), "now": clock.now()})


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a list and its prices, or make one."""
    row = pricing.list_rows().filter(code=code).first()
    if row is None and code != NEW:
        raise Http404
    text = request.POST.get("prices", "") if request.method == "POST" else write_lines(row) if row else ""
    if request.method == "POST":
        try:
            values, lines = _read(request, row), read_lines(text, request.POST.get("market", ""))
        except ValueError as trouble:
            say(request, str(trouble), "error")
        else:
            if _save(request, values, lines):
                return see_other(reverse("back:price-lists"))
    return page(request, "backoffice/price_list.html", {
        "row": row, "text": text, "markets": pricing.markets(), "wall": _wall, "kind": request.GET.get("kind", "list"),
        "companies": people.companies(limit=200),
    })  # fmt: skip


def _save(request: HttpRequest, values: dict[str, Any], lines: list[tuple[UUID, int, int]]) -> bool:
    def act() -> None:
        made = pricing_actions.put_list(**values)
        pricing_actions.replace_list_prices(list_id=made, prices=lines)

    detail = {"market": values["market"], "kind": values["kind"], "prices": str(len(lines))}
    return do(
        request, act, verb="price_list.put", subject=values["name"], detail=detail, said=_("The list is saved.")
    ).done


@require_POST
@staff("settings.edit")
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Take a list out with its prices."""
    row = pricing.list_rows().filter(code=code).first()
    if row is None:
        raise Http404
    do(
        request, lambda: pricing_actions.drop_list(list_id=row.id), verb="price_list.drop", subject=row.name,
        said=_("The list is gone."),
    )  # fmt: skip
    return see_other(reverse("back:price-lists"))


def _read(request: HttpRequest, row: Any) -> dict[str, Any]:
    posted = request.POST
    market = row.market_id if row else posted.get("market", "")
    zone = next((each.zone for each in pricing.markets() if each.code == market), "UTC")
    percent = posted.get("percent_off", "").strip().replace(",", ".")
    try:
        percent_off = Decimal(percent) if percent else None
    except InvalidOperation:
        raise ValueError(_("Write the per cent as a number, such as 10.")) from None
    return {
        "code": row.code if row else "", "name": posted.get("name", ""), "kind": posted.get("kind", "list"),
        "market": market, "labels": _words(posted.get("labels", "")), "groups": _words(posted.get("groups", "")),
        "companies": [UUID(each) for each in posted.getlist("company")], "percent_off": percent_off,
        "contract": bool(posted.get("contract")), "active": bool(posted.get("active")),
        "starts_at": _moment(posted.get("starts", ""), zone), "ends_at": _moment(posted.get("ends", ""), zone),
    }  # fmt: skip


def _words(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _moment(text: str, zone: str) -> datetime | None:
    """What the field holds, on the wall clock of the market."""
    if not text:
        return None
    try:
        local = datetime.strptime(text[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        raise ValueError(_("Choose days from the calendar.")) from None
    return clock.at_local(local.date(), local.time(), zone)


def _wall(moment: datetime | None, zone: str) -> str:
    return f"{clock.local(moment, zone):%Y-%m-%dT%H:%M}" if moment else ""

"""Coupons: the list, and one code."""

from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other, typed
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.ground import clock
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

NEW = "new"


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All codes."""
    rows = pricing.coupon_rows()
    if text := typed(request):
        rows = rows.filter(code__icontains=text)
    return page(
        request, "backoffice/coupons.html",
        {"list": keyset(rows, request, by="code"), "now": clock.now(), "cell": cell},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a coupon, or make one."""
    row = pricing.coupon_rows().filter(code=code).first()
    if row is None and code != NEW:
        raise Http404
    if request.method == "POST":
        try:
            values = _read(request, row.code if row else request.POST.get("code", ""))
        except ValueError as trouble:
            say(request, str(trouble), "error")
            return see_other(request.path)
        if do(
            request, lambda: pricing_actions.put_coupon(**values), verb="coupon.put", subject=values["code"],
            detail={"kind": values["kind"], "value": str(values["value"])}, said=_("The coupon is saved."),
        ).done:  # fmt: skip
            return see_other(reverse("back:coupons"))
    currencies = sorted({market.currency for market in pricing.markets()})
    return page(
        request, "backoffice/coupon.html",
        {"coupon": row, "currencies": currencies, "names": LANGUAGE_NAMES, "cell": cell, "day": _day},
    )  # fmt: skip


def _read(request: HttpRequest, code: str) -> dict[str, Any]:
    posted = request.POST
    kind, currency = posted.get("kind", "percent"), posted.get("currency", "")
    minimum = posted.get("minimum", "")
    try:
        if kind == "percent":
            value: Decimal | int = Decimal(posted.get("value", "").replace(",", "."))
        else:
            value = amount(posted.get("value", ""), currency or "EUR") or 0
    except InvalidOperation:
        raise ValueError(_("Write the per cent as a number, such as 10.")) from None
    return {
        "code": code, "kind": kind, "value": value, "currency": currency,
        "minimum_minor": (amount(minimum, currency or "EUR") or 0),
        "label": {lang: posted[f"label.{lang}"] for lang in LANGUAGE_NAMES if posted.get(f"label.{lang}")},
        "starts_at": _moment(posted.get("starts", ""), time()),
        "ends_at": _moment(posted.get("ends", ""), time(23, 59)),
        "once_per_customer": bool(posted.get("once")), "public": bool(posted.get("public")),
        "active": bool(posted.get("active")),
    }  # fmt: skip


def _moment(text: str, wall: time) -> datetime | None:
    if not text:
        return None
    try:
        return clock.at_local(datetime.strptime(text, "%Y-%m-%d").date(), wall, content.shop().zone)  # noqa: DTZ007
    except ValueError:
        raise ValueError(_("Choose days from the calendar.")) from None


def _day(moment: datetime | None) -> str:
    return clock.local(moment, content.shop().zone).date().isoformat() if moment else ""

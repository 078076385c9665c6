"""Delivery options: how fast, where to, for how much in each market."""

from datetime import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice import delivery_rules
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.delivery_rules import steps_text
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.sale.shipping import actions as shipping_actions
from nitka.sale.shipping import queries as shipping
from nitka.shelf.pricing import queries as pricing

NEW = "new"


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All options."""
    return page(
        request, "backoffice/delivery.html",
        {"options": list(shipping.option_rows()), "markets": pricing.markets(), "cell": cell},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an option, or make one."""
    row = shipping.option_rows().filter(code=code).first()
    if row is None and code != NEW:
        raise Http404
    if request.method == "POST":
        try:
            values = _read(request, code)
        except ValueError as trouble:
            say(request, str(trouble), "error")
            return see_other(request.path)
        if do(
            request, lambda: shipping_actions.put_option(**values), verb="delivery.option", subject=values["code"],
            said=_("Saved; checkouts show it within seconds."),
        ).done:  # fmt: skip
            return see_other(reverse("back:delivery"))
    return page(
        request, "backoffice/delivery_edit.html",
        {
            "option": row, "markets": pricing.markets(), "names": LANGUAGE_NAMES, "cell": cell,
            "carriers": shipping.carrier_names(), "table": lambda code: steps_text(row, code),
        },
    )  # fmt: skip


def _read(request: HttpRequest, code: str) -> dict[str, Any]:
    posted = request.POST
    prices: dict[str, int] = {}
    free: dict[str, int] = {}
    for market in pricing.markets():
        for kind, found in (("price", prices), ("free", free)):
            minor = amount(posted.get(f"{kind}.{market.code}", ""), market.currency)
            if minor is not None:
                found[market.code] = minor
    try:
        first, last = int(posted.get("transit_days_from") or 0), int(posted.get("transit_days") or 0)
        numbers = {
            "handling_days": int(posted.get("handling_days") or 0), "transit_days_from": first, "transit_days": last,
            "position": int(posted.get("position") or 0),
            "cut_off": time.fromisoformat(posted.get("cut_off") or "12:00"),
            "max_weight_g": int(posted["max_weight_g"]) if posted.get("max_weight_g") else None,
        }  # fmt: skip
    except ValueError:
        raise ValueError(_("Days and weights are whole numbers, the cut-off is a time such as 14:00.")) from None
    return {
        "code": posted.get("code", "").strip() if code == NEW else code,
        "names": {lang: posted[f"name.{lang}"].strip() for lang in LANGUAGE_NAMES if posted.get(f"name.{lang}")},
        "countries": _words(posted.get("countries", "")), "postcode_prefixes": _words(posted.get("postcodes", "")),
        "prices": prices, "free_from": free, "active": bool(posted.get("active")), **numbers,
        "texts": {lang: posted[f"text.{lang}"].strip() for lang in LANGUAGE_NAMES if posted.get(f"text.{lang}")},
        **delivery_rules.read(posted),
    }  # fmt: skip


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").upper().split() if word]

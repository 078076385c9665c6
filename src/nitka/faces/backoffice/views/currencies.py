"""Markets: how each shows tax and reductions, and where its prices come from; rates of exchange."""

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do, record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.ground.problem import Problem
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

SHOWN = 40


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """A form for each market, and the newest rates."""
    return page(request, "backoffice/currencies.html", {
        "markets": list(pricing.market_rows().filter(active=True)), "rates": list(pricing.exchange_rate_rows()[:SHOWN]),
        "cell": cell, "sources": [("fixed", _("rates by hand")), ("ecb", "ECB")],
    })  # fmt: skip


@require_POST
@staff("settings.edit")
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """How a market shows tax and reductions."""
    posted = request.POST
    days = posted.get("prior_days", "30")
    do(
        request,
        lambda: pricing_actions.set_market_rules(
            market=code, tax_display=posted.get("tax_display", ""), rounding=posted.get("rounding", ""),
            prior_days=int(days) if days.isdecimal() else -1, untaxed=posted.get("untaxed", ""),
        ),
        verb="market.rules", subject=code, said=_("Saved."),
    )  # fmt: skip
    return see_other(reverse("back:currencies"))


@require_POST
@staff("settings.edit")
def convert(request: HttpRequest, code: str) -> HttpResponse:
    """Where the prices of a market come from."""
    posted = request.POST
    currency = next((each.currency for each in pricing.market_rows() if each.code == code), "EUR")
    try:
        step = amount(posted.get("step", ""), currency) or 1
        less = amount(posted.get("less", ""), currency) or 0
        margin = Decimal(posted.get("margin", "").replace(",", ".") or 0)
    except (ValueError, InvalidOperation):
        say(request, _("Write amounts like 12.50, and the margin in per cent like 3."), "error")
        return see_other(reverse("back:currencies"))
    outcome = do(
        request,
        lambda: pricing_actions.set_conversion(
            market=code, converted_from=posted.get("converted_from", ""), source=posted.get("source", "fixed"),
            margin_percent=margin, step_minor=step, less_minor=less,
        ),
        verb="market.conversion", subject=code,
    )  # fmt: skip
    if outcome.done or outcome.problem is None:
        say(request, _("Saved. Prices that changed: %(n)s.") % {"n": outcome.value or 0})
    return see_other(reverse("back:currencies"))


@require_POST
@staff("settings.edit")
def put_rate(request: HttpRequest) -> HttpResponse:
    """Write a rate by hand, and convert what uses it."""
    posted = request.POST
    try:
        rate = Decimal(posted.get("rate", "").strip().replace(",", "."))
    except InvalidOperation:
        say(request, _("Write the rate as a number, such as 431.5."), "error")
        return see_other(reverse("back:currencies"))

    def act() -> None:
        base, currency = posted.get("base", "").upper().strip(), posted.get("currency", "").upper().strip()
        pricing_actions.put_exchange_rates(base=base, rates={currency: rate})
        for market in pricing.market_rows().exclude(converted_from=""):
            pricing_actions.convert_prices(market=market.code)

    do(
        request, act, verb="rate.put", subject=f"{posted.get('base', '')} {posted.get('currency', '')}",
        detail={"rate": str(rate)}, said=_("The rate is saved, and prices follow it."),
    )  # fmt: skip
    return see_other(reverse("back:currencies"))


@require_POST
@staff("settings.edit")
def fetch(request: HttpRequest) -> HttpResponse:
    """Ask the European Central Bank now. The network is asked outside of any transaction."""
    try:
        changed = pricing_actions.fetch_exchange_rates(source="ecb", believe=bool(request.POST.get("believe")))
    except Problem as problem:
        say(request, problem.message, "error")
    else:
        record(request, "rate.fetch", "ECB")
        say(request, _("The rates are here. Prices that changed: %(n)s.") % {"n": changed})
    return see_other(reverse("back:currencies"))

"""A parcel that will be late: what the order's page says, and the page where the shopper chooses."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.storefront import page
from nitka.faces.storefront.checkout_words import arrives
from nitka.faces.storefront.order_access import link, opened, private, remember
from nitka.ground import locale
from nitka.ground.problem import Problem
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import DelayChoices, OrderView
from nitka.sale.shipping import queries as shipping


def words(found: OrderView, language: str) -> dict[str, Any] | None:
    """What stands on the order's page: no query, for all of it is kept with the promise."""
    promise = found.promise
    if not promise.cause or found.status in ("cancelled", "delivered", "failed"):
        return None
    return {
        "cause": shipping.cause_text(promise.cause), "choice": promise.choice,
        "new_day": locale.format_date(promise.day_to, language),
        "first_day": locale.format_date(promise.given_day, language), "link": link(language, found, "order_delay"),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def delay(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Wait, another day or way, or cancel."""
    found = opened(request, code)
    if found is None:
        return private(HttpResponseRedirect(reverse("order", args=[language, code]), status=303))
    error, status = "", 200
    if request.method == "POST":
        try:
            return _answer(request, language, found)
        except Problem as problem:
            error, status = problem.message, problem.status
    offered = order_queries.choices_of_delay(found.id)
    if offered is None:
        return private(HttpResponseRedirect(link(language, found), status=303))
    response = private(_page(request, language, found, offered, error, status))
    if "k" in request.GET:
        remember(response, language, found.code, found.token)
    return response


def _answer(request: HttpRequest, language: str, found: OrderView) -> HttpResponse:
    choice = request.POST.get("choice", "")[:60]
    kind, _colon, what = choice.partition(":")
    if kind == "day":
        orders.answer_delay(order_id=found.id, choice="change", day=_day(what))
    elif kind == "option":
        orders.answer_delay(order_id=found.id, choice="change", option=what)
    else:
        orders.answer_delay(order_id=found.id, choice=kind)
    done = "cancelled" if kind == "cancel" else "delay"
    return private(HttpResponseRedirect(link(language, found, done=done), status=303))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest, language: str, found: OrderView, offered: DelayChoices, error: str, status: int
) -> HttpResponse:
    ways = [
        (f"option:{each.code}", each.name, arrives(each.promise.day_from, each.promise.day_to, language))
        for each in offered.options
    ]
    days = [(f"day:{day.isoformat()}", locale.format_date(day, language)) for day in offered.days]
    context = {
        "order": found, "offered": offered, "ways": ways, "days": days, "error": error,
        "back": link(language, found), "withdraw": link(language, found, "order_withdraw"),
        "first_day": locale.format_date(offered.first_day or offered.new_day, language),
        "new_day": locale.format_date(offered.new_day, language),
        "title": _("Your parcel comes later"),
    }  # fmt: skip
    return page.show(request, "storefront/order/delay.html", context, status=status)

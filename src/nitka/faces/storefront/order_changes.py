"""What a shopper changes of an order until it is packed: its address, its variants, how it is paid."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.storefront import page
from nitka.faces.storefront.order import show_order
from nitka.faces.storefront.order_access import link, opened, private
from nitka.ground.problem import Problem
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import OrderView, Party, Swap


def who(request: HttpRequest, found: OrderView) -> Party:
    """The customer where they are signed in; else whoever holds the order's link, who may not use their means."""
    user: Any = request.user
    me = people.customer_of_user(user.id) if user.is_authenticated else None
    if me and found.customer_id in {me.id, *people.proved_ids_of(me.id)}:
        return Party(customer_id=me.id, order_id=found.id)
    return Party(order_id=found.id)


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Where the parcel goes, in the same country."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    if request.method != "POST":
        return _address_form(request, language, found, found.shipping_address, {})
    given = PostalAddress.from_dict({**request.POST.dict(), "country": found.shipping_address.country})
    try:
        orders.change_address(
            order_id=found.id, address=given, by=who(request, found), means_word=request.POST.get("means", ""),
            insisted="insist" in request.POST,
        )  # fmt: skip
    except customers.AddressProblem as problem:
        return _address_form(request, language, found, given, problem.fields, status=422)
    except Problem as problem:
        return _address_form(request, language, found, given, {"": problem.message}, status=problem.status)
    return _done(language, found)


@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Other variants: chosen, then looked at with their difference, then confirmed."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    swaps = _swaps(request.POST, found)
    if request.method != "POST" or request.POST.get("step") == "change":
        return _items_form(request, language, found, swaps)
    if not swaps:
        return _items_form(request, language, found, swaps, error=_("Choose another variant of at least one thing."))
    try:
        if request.POST.get("step") == "confirm":
            orders.change_items(
                order_id=found.id, swaps=swaps, by=who(request, found), means_word=request.POST.get("means", "")
            )  # fmt: skip
            return _done(language, found)
        return _items_form(request, language, found, swaps, more=order_queries.swap_difference(found.id, tuple(swaps)))
    except Problem as problem:
        return _items_form(request, language, found, swaps, error=problem.message, status=problem.status)


@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Another gift card, credit or saved means for the whole of it."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    error, status = "", 200
    if request.method == "POST":
        try:
            orders.change_payment(
                order_id=found.id, means_word=request.POST.get("means", "none"), by=who(request, found)
            )  # fmt: skip
            return _done(language, found)
        except Problem as problem:
            error, status = problem.message, problem.status
    context = {"order": found, "means": _means(request, found, found.total_minor), "error": error}
    return _page(request, language, found, "payment", context, status)


def links(found: OrderView, language: str) -> dict[str, Any]:
    """For the order's page: what can be changed now, and the sentence where it cannot."""
    can = order_queries.possible(found.id) if found.status in ("placed", "paid", "packed") else None
    names = ("address", "items", "payment")
    if can is None:
        return {}
    # Not "items": in a template that is the method of every dictionary, and always there.
    keys = {"items": "variants"}
    return {
        "links": {
            keys.get(name, name): link(language, found, f"order_change_{name}")
            for name in names
            if getattr(can, name).allowed
        },
        "why_not": next((getattr(can, name).why_not for name in names if not getattr(can, name).allowed), ""),
    }  # fmt: skip


def _address_form(
    request: HttpRequest, language: str, found: OrderView, given: PostalAddress, errors: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    country = found.shipping_address.country
    context = {
        "order": found, "address": given.as_dict(), "fields": people.address_form(country, language),
        "errors": {name: text for name, text in errors.items() if name}, "error": errors.get("", ""),
        "country_name": dict(people.countries((country,), language))[country], "means": _means(request, found, 0),
        "may_insist": bool(errors) and errors.keys() <= {"postcode", "region"},
    }  # fmt: skip
    return _page(request, language, found, "address", context, status)


def _items_form(
    request: HttpRequest, language: str, found: OrderView, swaps: list[Swap], *, more: int | None = None,
    error: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    choices = order_queries.item_choices(found.id)
    context = {
        "order": found, "choices": choices, "chosen": {swap.line_id: swap for swap in swaps}, "more": more,
        "error": error, "means": _means(request, found, more or 0),
        "texts": {each.variant_id: each.text for row in choices.values() for each in row},
    }  # fmt: skip
    return _page(request, language, found, "items", context, status)


def _page(
    request: HttpRequest, language: str, found: OrderView, kind: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """The page of one kind of change, or the order's page where the policy says no."""
    can = order_queries.possible(found.id)
    rule = getattr(can, kind) if can else None
    if rule is None or not rule.allowed:
        message = rule.why_not if rule else ""
        return show_order(request, language, found, error=context.get("error") or message, status=max(status, 409))
    shown = {**context, "rule": rule.policy, "back": link(language, found), "signed_in": _is_customer(request, found)}
    return private(page.show(request, f"storefront/order/change_{kind}.html", shown, status=status))


def _is_customer(request: HttpRequest, found: OrderView) -> bool:
    return who(request, found).customer_id is not None


def _means(request: HttpRequest, found: OrderView, minor: int) -> tuple[order_queries.MeansChoice, ...]:
    return order_queries.means_of(found.id, minor=minor) if _is_customer(request, found) else ()


def _swaps(fields: Mapping[str, str], found: OrderView) -> list[Swap]:
    """From fields named `variant-<line>` and `pieces-<line>`; never more pieces than were ordered."""
    swaps = []
    for line in found.lines:
        try:
            variant = UUID(fields.get(f"variant-{line.id}", ""))
        except ValueError:
            continue
        text = fields.get(f"pieces-{line.id}", "")
        pieces = int(text[:6]) if text.isascii() and text.isdecimal() else line.quantity
        swaps.append(Swap(line.id, variant, min(max(1, pieces), line.quantity)))
    return swaps


def _done(language: str, found: OrderView) -> HttpResponse:
    return private(HttpResponseRedirect(link(language, found, done="changed"), status=303))


def _closed(language: str, code: str) -> HttpResponse:
    return private(HttpResponseRedirect(reverse("order", args=[language, code]), status=303))

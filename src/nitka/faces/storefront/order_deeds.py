"""What a shopper can do about an order: come back from paying, cancel, withdraw."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nitka.faces.storefront import page
from nitka.faces.storefront.order import show_order
from nitka.faces.storefront.order_access import link, opened, private, remember
from nitka.ground.problem import Problem
from nitka.sale.checkout import actions as checkout
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import OrderView, Party
from nitka.sale.payments import actions as payments


@require_safe
def return_from_payment(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The payer is back from the gateway: settle, and show the truth, whatever the gateway's address says."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    try:
        checkout.finish(order_id=found.id)
    except orders.PaymentDeclinedProblem:
        return private(HttpResponseRedirect(reverse("checkout", args=[language]) + "?declined", status=303))
    except payments.GatewayUnreachedProblem:
        pass  # the page says that the payment is being confirmed, and goes on asking
    response = HttpResponseRedirect(link(language, found), status=303)
    remember(response, language, found.code, found.token)
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Ask, then cancel; what was paid goes back."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    if request.method != "POST":
        if not found.can_cancel:
            return HttpResponseRedirect(link(language, found))
        can = order_queries.possible(found.id)
        if can and not can.cancel.allowed:
            return show_order(request, language, found, error=can.cancel.why_not, status=409)
        context = {"order": found, "back": link(language, found), "rule": can.cancel.policy if can else None}
        return private(page.show(request, "storefront/order/cancel.html", context))
    try:
        why = request.POST.get("why", "")[:200]
        orders.cancel_order(order_id=found.id, reason="shopper", by=Party(order_id=found.id), why=why)
    except Problem as problem:
        return show_order(request, language, found, error=problem.message, status=problem.status)
    return private(HttpResponseRedirect(link(language, found, done="cancelled"), status=303))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The withdrawal button of the law: a statement with name and pieces, then its confirmation (2011/83/EU, 11a)."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    if request.method != "POST":
        return _statement(request, language, found, name=found.name)
    name = request.POST.get("name", "").replace("\x00", "").strip()[:200]
    pieces = _pieces(request.POST, found)
    if not name or not pieces:
        return _statement(request, language, found, name=name, pieces=pieces, asked=True, status=422)
    step = request.POST.get("step", "")
    if step != "confirm":
        return _statement(request, language, found, name=name, pieces=pieces, confirm=step != "change")
    try:
        orders.declare_withdrawal(order_id=found.id, name=name, lines=pieces)
    except Problem as problem:
        return show_order(request, language, found, error=problem.message, status=problem.status)
    return private(HttpResponseRedirect(link(language, found, done="withdrawn"), status=303))


def _statement(
    request: HttpRequest, language: str, found: OrderView, *, name: str, pieces: Mapping[UUID, int] | None = None,
    confirm: bool = False, asked: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    if not found.can_withdraw:
        return HttpResponseRedirect(link(language, found))
    chosen = {line.id: line.quantity for line in found.lines} if pieces is None else dict(pieces)
    context = {
        "order": found, "name": name, "chosen": chosen, "confirm": confirm, "back": link(language, found),
        "no_name": asked and not name, "no_pieces": asked and not chosen,
    }  # fmt: skip
    return private(page.show(request, "storefront/order/withdraw.html", context, status=status))


def _pieces(fields: Mapping[str, str], found: OrderView) -> dict[UUID, int]:
    """Line → pieces, from fields named `pieces-<line>`; never more than were bought."""
    chosen = {}
    for line in found.lines:
        text = fields.get(f"pieces-{line.id}", "")
        if text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= line.quantity:
            chosen[line.id] = int(text[:6])
    return chosen


def _closed(language: str, code: str) -> HttpResponse:
    """To the order's page, which asks for the e-mail address."""
    return private(HttpResponseRedirect(reverse("order", args=[language, code]), status=303))

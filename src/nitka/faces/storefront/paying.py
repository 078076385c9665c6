"""The page with a gateway's own form in it. It alone may reach that gateway's hosts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from nitka.faces.storefront import page
from nitka.faces.storefront.order_access import link, opened, private
from nitka.people.customers import queries as people
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.queries import PaymentPage


@require_safe
def pay(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The form for the payment of an order, or for a difference to it (`p`). A decided payment leads to the order."""
    found = opened(request, code)
    if found is None:
        return private(HttpResponseRedirect(reverse("order", args=[language, code]), status=303))
    payment = _payment(found, request.GET.get("p", ""))
    if payment is None:
        return private(HttpResponseRedirect(link(language, found), status=303))
    shown, trouble = None, ""
    try:
        shown = payments.page_of(
            payment_id=payment.id, return_url=link(language, found, "order_return"),
            customer_id=_signed_in(request, found),
        )  # fmt: skip
        if shown is None:
            return private(HttpResponseRedirect(link(language, found, "order_return"), status=303))
    except payments.GatewayUnreachedProblem as problem:
        trouble = problem.message
    context = {
        "order": found, "payment": payment, "form": shown, "trouble": trouble, "back": link(language, found),
    }  # fmt: skip
    response = private(page.show(request, "storefront/order/pay.html", context, status=503 if trouble else 200))
    if shown:
        _open_to(response, shown)
    return response


def _payment(found: OrderView, asked: str) -> money.PaymentView | None:
    """The payment that is asked for, if it is of this order and waits for its payer."""
    waiting = [each for each in money.payments_of(found.id) if each.has_page]
    if not asked:
        return next((each for each in waiting if found.payment and each.id == found.payment.id), None)
    return next((each for each in waiting if str(each.id) == asked), None)


def _signed_in(request: HttpRequest, found: OrderView) -> UUID | None:
    """Whose means may be shown and kept: who proved to be the customer of this order, not who holds its link."""
    user: Any = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    me = people.customer_of_user(user.id) if user and user.is_authenticated else None
    return me.id if me and found.customer_id in (me.id, *people.proved_ids_of(me.id)) else None


def _open_to(response: HttpResponse, shown: PaymentPage) -> None:
    own: Any = settings.SECURE_CSP["default-src"]
    response._csp_config = {  # type: ignore[attr-defined]
        **settings.SECURE_CSP, "script-src": [*own, *shown.script_hosts], "frame-src": list(shown.frame_hosts),
        "connect-src": [*own, *shown.connect_hosts],
    }  # fmt: skip
    # Some banks and wallets answer in a window of their own.
    response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"

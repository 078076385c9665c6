"""Who may see an order: whoever holds its link, its customer signed in, or who knows its code and e-mail address."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from nitka.ground.ids import read_code
from nitka.people.customers import queries as people
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView

COOKIE = "nitka_order"
YEAR = 365 * 24 * 3600


def opened(request: HttpRequest, code: str) -> OrderView | None:
    """The order of that code, if the request may see it. A wrong token looks the same as a wrong code."""
    token = request.GET.get("k") or request.COOKIES.get(COOKIE, "")
    if token and (found := orders.order_by_token(token[:200])) and found.code == read_code(code):
        return found
    return _of_customer(request, code)


def _of_customer(request: HttpRequest, code: str) -> OrderView | None:
    user: Any = request.user
    if not user.is_authenticated:
        return None
    me = people.customer_of_user(user.id)
    found = orders.order_by_code(code) if me else None
    theirs = me and found and (found.customer_id == me.id or found.customer_id in people.proved_ids_of(me.id))
    return found if theirs else None


def remember(response: HttpResponse, language: str, code: str, token: str) -> None:
    """Let this browser open the order's page without its link; no other page is sent the cookie."""
    response.set_cookie(
        COOKIE, token, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE,
        path=reverse("order", args=[language, code]),
    )  # fmt: skip


def link(language: str, order: OrderView, name: str = "order", **query: str) -> str:
    """An address of this order that opens it wherever it is followed from."""
    return f"{reverse(name, args=[language, order.code])}?{urlencode({'k': order.token, **query})}"


def live_link(language: str, order: OrderView) -> str:
    """Where the page asks for news; its key opens that part alone, and is read without asking the database."""
    key = _signer().sign(order.id.hex)
    return f"{reverse('order_live', args=[language, order.code])}?{urlencode({'key': key})}"


def id_of(key: str) -> UUID | None:
    """The order that a key of `live_link` means; None for a key that we did not sign."""
    try:
        return UUID(_signer().unsign(key[:200]))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="nitka.storefront.order.live", sep=".")


def private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps the page, lists it, or learns its address from a link in it.

    The second policy is for browsers that know it: with none at all, posts of our own forms would name no origin.
    """
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer, same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

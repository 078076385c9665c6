"""The cart: its page, its drawer, and what can be done in it.

Every deed answers in two ways. A browser without JavaScript is sent back to the cart's page (303); htmx is given the
cart anew, for the drawer or for the page, whichever asked.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from nitka.faces.storefront.cart_cookie import keep_token, token_of
from nitka.faces.storefront.cart_page import Said, cart_page, is_live
from nitka.faces.storefront.visitors import region
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.customers import queries as people
from nitka.sale.checkout import actions as checkout
from nitka.shelf.pricing import queries as pricing

MOST = 10_000  # more digits than this mean nothing but trouble; the cart itself holds 99 a line
Deed = Callable[[HttpRequest, str], Said]
View = Callable[[HttpRequest, str], HttpResponse]


@require_safe
def cart(request: HttpRequest, language: str) -> HttpResponse:
    """What is in the cart; for htmx, what stands in the drawer."""
    return cart_page(request, language, token_of(request), Said(undo="undo" in request.GET))


def _deed(act: Deed) -> View:
    """A view of a deed: do it, then show the cart. Whoever opens its address by hand is led to the cart."""

    def view(request: HttpRequest, language: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("cart", args=[language]))
        try:
            said = act(request, language)
        except Problem as problem:
            said = Said(error=problem.message, status=problem.status)
        token = said.token or token_of(request)
        if not is_live(request) and not said.is_worth_a_page:
            back = reverse("cart", args=[language]) + ("?undo" if said.undo else "")
            response: HttpResponse = HttpResponseRedirect(back, status=303)
        else:
            response = cart_page(request, language, token, said, act.__name__.lstrip("_"))
        if token:
            keep_token(response, token)
        return response

    view.__name__, view.__doc__ = act.__name__, act.__doc__
    return view


def _add(request: HttpRequest, language: str) -> Said:
    """Put so many pieces of a variant into the cart."""
    token, market = token_of(request), request.market  # type: ignore[attr-defined]
    ref = checkout.add_to_cart(
        token=token or None, variant_id=_id(request, "variant"), quantity=_pieces(request, 1), market=market,
        language=language,
    )  # fmt: skip
    if not token:
        _guess_country(request, ref.token, market)
    return Said(notice=ref.notice, token=ref.token if ref.token == token else _own(request, ref.token))


def _own(request: HttpRequest, token: str) -> str:
    """The cart of somebody who is signed in is theirs on every device, also one begun after signing in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return token
    me = people.customer_of_user(request.user.id)
    joined = checkout.join_carts(token=token, customer_id=me.id) if me else None
    return joined.token if joined else token


# Each new cart is a row; nobody who buys puts things into it this fast.
add = rate_limit("cart_add", "120/m", store="memory")(_deed(_add))


def _guess_country(request: HttpRequest, token: str, market: str) -> None:
    """A new cart goes to the country that the browser names, where the market serves it; the shopper may change it."""
    country = region(request.headers.get("Accept-Language", ""), request.language)  # type: ignore[attr-defined]
    place = pricing.market(market)
    if country in place.countries and country != place.default_country:
        checkout.set_country(token=token, country=country)


@_deed
def change(request: HttpRequest, language: str) -> Said:
    """Set the pieces of a line; none takes it out."""
    pieces = _pieces(request, 1)
    ref = checkout.change_line(token=token_of(request), line_id=_id(request, "line"), quantity=pieces)
    return Said(notice=ref.notice, undo=pieces == 0)


@_deed
def remove(request: HttpRequest, language: str) -> Said:
    """Take a line out; it can be put back."""
    checkout.remove_line(token=token_of(request), line_id=_id(request, "line"))
    return Said(undo=True)


@_deed
def restore(request: HttpRequest, language: str) -> Said:
    """Put a line back."""
    checkout.restore_line(token=token_of(request), line_id=_id(request, "line"))
    return Said()


@_deed
def empty(request: HttpRequest, language: str) -> Said:
    """Take everything out; it can be put back."""
    checkout.empty_cart(token=token_of(request))
    return Said(undo=True)


@_deed
def restore_all(request: HttpRequest, language: str) -> Said:
    """Put back what was taken out last."""
    checkout.restore_cart(token=token_of(request))
    return Said()


@_deed
def accept(request: HttpRequest, language: str) -> Said:
    """The shopper has read that prices changed."""
    checkout.accept_prices(token=token_of(request))
    return Said()


def _coupon(request: HttpRequest, language: str) -> Said:
    """Use a code; where it cannot be used, the reason stands at the field."""
    code = _text(request, "code")
    try:
        checkout.apply_coupon(token=token_of(request), code=code)
    except checkout.CodeProblem as problem:
        return Said(code=code, code_error=problem.message, status=422)
    return Said()


# Codes must not be found by trying them all.
coupon = rate_limit("coupon", "20/m", store="memory")(_deed(_coupon))


@_deed
def coupon_drop(request: HttpRequest, language: str) -> Said:
    """Take a code off."""
    checkout.drop_coupon(token=token_of(request), code=_text(request, "code"))
    return Said()


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:100]


def _id(request: HttpRequest, name: str) -> UUID:
    """The id in that field; one that is none stands for nothing that we have."""
    try:
        return UUID(_text(request, name))
    except ValueError:
        return UUID(int=0)


def _pieces(request: HttpRequest, default: int) -> int:
    text = _text(request, "quantity")
    if not text:
        return default
    if not text.isascii() or not text.removeprefix("-").isdecimal():
        return default
    return max(-1, min(int(text), MOST))

"""Carts of one person become one; a cart that goes to another market is priced anew."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.checkout.lookup import locked, touch
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.problems import CountryProblem
from nitka.sale.checkout.views import CartRef
from nitka.shelf.pricing import queries as pricing


@transaction.atomic
def join_carts(*, token: str | None, customer_id: UUID) -> CartRef | None:
    """At sign-in: the visitor's cart and the customer's become the customer's, no line is lost.

    Of a variant that is in both, the larger number of pieces stays. Returns the cart and the token that the browser
    shall keep from now on; None where neither has a cart.
    """
    rows = Cart.objects.select_for_update().filter(ordered_at=None)
    own = rows.filter(customer_id=customer_id).order_by("id").first()
    visit = rows.filter(token=token).first() if token else None
    if visit is None or (own and own.id == visit.id):
        return CartRef(own.id, own.token) if own else None
    if visit.customer_id not in (None, customer_id):
        return CartRef(own.id, own.token) if own else None  # somebody else's cart is left alone
    if own is None:
        touch(visit, customer_id=customer_id)
        return CartRef(visit.id, visit.token)
    _move_lines(visit, own)
    codes = [*own.coupon_codes, *(code for code in visit.coupon_codes if code not in own.coupon_codes)]
    touch(own, coupon_codes=codes)
    visit.delete()
    return CartRef(own.id, own.token)


def _move_lines(source: Cart, target: Cart) -> None:
    there = {row.variant_id: row for row in CartLine.objects.filter(cart_id=target.id)}
    for row in CartLine.objects.filter(cart_id=source.id, removed_at=None):
        known = there.get(row.variant_id)
        if known is None:
            CartLine.objects.filter(id=row.id).update(cart_id=target.id)
            continue
        pieces = row.quantity if known.removed_at else max(row.quantity, known.quantity)
        CartLine.objects.filter(id=known.id).update(quantity=pieces, removed_at=None)


@transaction.atomic
def switch_market(*, token: str, market: str) -> CartRef:
    """Let the cart be priced in another market. An address outside of it is kept for later, but does not count.

    Lines that are not sold there stay and say so. Raises UnknownMarket.
    """
    cart = locked(token)
    place = pricing.market(market)
    if cart.market != market:
        country = cart.country if cart.country in place.countries else place.default_country
        address = cart.shipping_address if cart.shipping_address.get("country") in place.countries else {}
        nothing = {"delivery_code": "", "pickup_point": "", "payment_method": ""}
        touch(cart, market=market, country=country, shipping_address=address, **nothing)
    return CartRef(cart.id, token)


def checked_country(cart: Cart, country: str) -> str:
    """The country in capitals. Raises CountryProblem where the cart's market does not deliver to it."""
    code = country.strip().upper()
    if code not in pricing.market(cart.market).countries:
        other = pricing.market_for_country(code)
        serves = other is not None and code in other.countries
        text = (
            _("For this country choose its currency at the top of the page.")
            if serves
            else _("We cannot deliver to this country yet.")
        )
        raise CountryProblem(text, country=code, market=other.code if serves and other else "")
    return code

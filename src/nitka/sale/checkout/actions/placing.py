"""From cart to order: the button.

The cart's row is locked first, so presses of one cart come one after another: the first makes the order, the others
find it. The gateway is asked after the commit, outside of every lock.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.sale.checkout import acting, queries, sums
from nitka.sale.checkout.freezing import freeze
from nitka.sale.checkout.lookup import LIVES
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.problems import CartChangedProblem, NoCartProblem, PriceChangedProblem
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as company_queries
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import OrderDraft, Placed
from nitka.sale.payments import actions as payments
from nitka.sale.payments.queries import Seen


class Shown(NamedTuple):
    """What the shopper saw when the button was pressed; None: nobody says."""

    total_minor: int | None = None
    version: int | None = None
    due_minor: int | None = None
    seen: Seen | None = None


def place(
    *, token: str, key: str, return_url: str, seen_total_minor: int | None = None, version: int | None = None,
    customer_id: UUID | None = None, seen_due_minor: int | None = None,
    seen: Seen | None = None,
) -> Placed:  # fmt: skip
    """Place the order of a cart, once: the same key, or the same cart, gives the same order and the same charge.

    `return_url` may hold `{code}` and `{token}` of the order. Pass the total and the version that the shopper saw:
    a total that went up since raises PriceChangedProblem, other goods raise CartChangedProblem, and nothing is
    ordered. `seen_due_minor` is what the page said would be left to pay once gift cards and store credit had paid.
    `customer_id` is who is signed in: the order is theirs, whatever address they type, and so is the store credit.
    `seen` is from where the order comes, for the rules of risk (RiskRefusedProblem); None: they are not asked.
    Raises what freezing, stock, coupons and payment refuse; after a declined card (PaymentDeclinedProblem)
    the cart is free for another try. Call it outside of a transaction.
    """
    scoped = hashlib.sha256(f"{token}:{key}".encode()).hexdigest()
    order_id, cart = order_queries.order_of_key(scoped), None
    if order_id is None:
        if customer_id:
            _claim(token, customer_id)
        shown = Shown(seen_total_minor, version, seen_due_minor, seen)
        try:
            order_id, cart = _order_of(token, scoped, shown, customer_id)
            if cart is None:
                order_id = _try_again(order_id, token, scoped, shown, customer_id)
        except payments.RiskRefusedProblem as refused:
            payments.note_attempt(None, refused.attempt, refused.verdict)
            raise
    placed = orders.start_payment(order_id=order_id, return_url=return_url)
    _close_if_placed(placed, cart)
    return placed


def finish(*, order_id: UUID) -> Placed:
    """The shopper is back from the gateway: settle, and close the cart if the order stands."""
    placed = orders.settle(order_id=order_id)
    _close_if_placed(placed)
    return placed


def _close_if_placed(placed: Placed, cart: Cart | None = None) -> None:
    """Also done by reaction; here so that the header of the very next page shows an empty cart."""
    if placed.status not in ("placed", "paid") or (cart and cart.ordered_at):
        return
    # Most carts did not change since they were frozen a moment ago.
    same = Cart.objects.filter(id=cart.id, version=cart.version, ordered_at=None) if cart else Cart.objects.none()
    if not same.update(ordered_at=clock.now(), order_id=placed.order_id):
        close_cart(order_id=placed.order_id)


@transaction.atomic
def _order_of(token: str, key: str, shown: Shown, signed_in: UUID | None) -> tuple[UUID, Cart | None]:
    """The order of the cart, and the cart itself if the order was made just now."""
    cart = Cart.objects.select_for_update().filter(token=token, ordered_at=None).first()
    if cart is None:
        last = queries.last_order_of(token)
        if last is None:
            raise NoCartProblem(_("This cart is gone. Start a new one."))
        return last, None
    living = order_queries.living_order_of_cart(cart.id)
    if living:
        return living, None
    active, _removed = sums.rows_of(cart.id)
    if shown.version is not None and shown.version != cart.version and shown.total_minor is None:
        raise CartChangedProblem(_("Your cart was changed in another window. Look at it again."))
    customer_id = cart.customer_id or _recognised(cart)
    draft = freeze(cart, active, customer_id=customer_id, signed_in=signed_in, seen=shown.seen)
    _refuse_more(shown.total_minor, draft.quote.total_minor, draft.quote.currency)
    _refuse_more(shown.due_minor, draft.due_minor, draft.quote.currency)
    order_id = _accept(cart, active, draft, key, signed_in)
    if order_queries.is_placed_at_once(draft):
        _mark_ordered(cart, order_id, cart.version)
    return order_id, cart


def _accept(
    cart: Cart, active: Sequence[CartLine], draft: OrderDraft, key: str, signed_in: UUID | None
) -> UUID:  # fmt: skip
    """What the company of the buyer allows comes first: its row is locked before those of order, stock and coupons."""
    approval_id = None
    if draft.company_id and (member := acting.member_for(cart, signed_in)):
        total = draft.quote.total_minor
        approval_id = companies.refuse_overspending(
            member=member, cart_id=cart.id, goods_print=acting.goods_print(cart, active), total_minor=total,
            currency=draft.quote.currency,
        )  # fmt: skip
        if draft.payment_method == "on_account" and draft.due_minor:
            companies.take_credit(
                company_id=member.company_id, minor=draft.due_minor, currency=draft.quote.currency
            )  # fmt: skip
    order_id = orders.accept_order(draft=draft, key=key)
    if approval_id:
        companies.use_approval(approval_id=approval_id, order_id=order_id)
    if cart.quote_id and company_queries.agreed_prices(cart.quote_id, cart.id):
        companies.use_quote(quote_id=cart.quote_id, cart_id=cart.id, order_id=order_id)
    return order_id


def _refuse_more(seen: int | None, now: int, currency: str) -> None:
    if seen is not None and now > seen:
        raise PriceChangedProblem(
            _("The total went up while you were here. Look at it before you order."),
            seen_minor=seen, total_minor=now, currency=currency,
        )  # fmt: skip


def _claim(token: str, customer_id: UUID) -> None:
    """What somebody orders while signed in is theirs, whoever began the cart."""
    others = Cart.objects.filter(token=token, ordered_at=None).exclude(customer_id=customer_id)
    others.update(customer_id=customer_id)


def _recognised(cart: Cart) -> UUID | None:
    """The customer of a guest: nobody is signed in, so the address says who it is."""
    if not cart.email:
        return None
    return customers.recognise(email=cart.email, language=cart.language, market=cart.market, name=cart.name)


def _try_again(order_id: UUID, token: str, key: str, shown: Shown, signed_in: UUID | None) -> UUID:
    """The cart has an order that waits for its card. Go on with it if nothing changed since, else give it up."""
    cart = Cart.objects.filter(token=token, ordered_at=None).first()
    if (
        cart is None
        or not order_queries.is_awaiting(order_id)
        or order_queries.cart_version_of(order_id) == cart.version
    ):
        return order_id
    if orders.abandon(order_id=order_id) != "failed":
        return order_id  # it was paid in the very moment: that is the order
    fresh, _made = _order_of(token, key, shown, signed_in)
    return fresh


@transaction.atomic
def close_cart(*, order_id: UUID) -> None:
    """The order stands: its cart is done. What was put in after the order was frozen goes on in a new cart of the
    same token, so that no line is lost. Does nothing the second time."""
    cart_id = order_queries.cart_of(order_id)
    cart = Cart.objects.select_for_update().filter(id=cart_id, ordered_at=None).first() if cart_id else None
    if cart is None:
        return
    _mark_ordered(cart, order_id, order_queries.cart_version_of(order_id))


def _mark_ordered(cart: Cart, order_id: UUID, frozen_version: int | None) -> None:
    now = clock.now()
    Cart.objects.filter(id=cart.id).update(ordered_at=now, order_id=order_id, changed_at=now)
    cart.ordered_at = now
    if cart.version == frozen_version:
        return
    rest = _not_ordered(cart, order_queries.pieces_of(order_id))
    if rest:
        heir = Cart.objects.create(
            token=cart.token, customer_id=cart.customer_id, market=cart.market, language=cart.language,
            country=cart.country, channel=cart.channel, expires_at=now + LIVES,
        )  # fmt: skip
        for line in rest:
            line.cart_id = heir.id
        CartLine.objects.bulk_create(rest)


def _not_ordered(cart: Cart, ordered: dict[UUID, int]) -> list[CartLine]:
    rest = []
    for row in CartLine.objects.filter(cart_id=cart.id, removed_at=None):
        pieces = row.quantity - ordered.get(row.variant_id, 0)
        if pieces > 0:
            rest.append(
                CartLine(cart_id=cart.id, variant_id=row.variant_id, quantity=pieces, seen_minor=row.seen_minor,
                         seen_market=row.seen_market, added_at=row.added_at)
            )  # fmt: skip
    return rest

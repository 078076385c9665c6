"""How far gift cards and store credit pay for a cart; what is left is paid by one other means."""

from uuid import UUID

from nitka.people.customers import queries as customers
from nitka.sale.checkout.models import Cart
from nitka.sale.payments import queries as payments
from nitka.sale.payments.queries import CreditPart
from nitka.shelf.pricing.queries import Quote


def parts_of(cart: Cart, quote: Quote, signed_in: UUID | None, *, offers: bool = False) -> tuple[CreditPart, ...]:
    """What each account pays of the quote. No query where the cart uses no credit.

    Store credit is only that of who is signed in: an address that was typed opens nobody's purse. With `offers` also
    the store credit that could be used is in the answer, with 0.
    """
    asks = signed_in is not None and (cart.use_credit or offers)
    if not asks and not cart.gift_cards:
        return ()
    return payments.credit_plan(
        cards=[UUID(each) for each in cart.gift_cards], currency=quote.currency, minor=quote.total_minor,
        customer_ids=customers.proved_ids_of(signed_in) if asks and signed_in else None,
        store_credit=cart.use_credit,
    )  # fmt: skip


def sum_of(parts: tuple[CreditPart, ...]) -> int:
    """All that they pay."""
    return sum(part.minor for part in parts)


def covers(parts: tuple[CreditPart, ...], quote: Quote) -> bool:
    """Whether nothing is left to pay; then no means of payment, and no fee of one, is needed."""
    return bool(parts) and sum_of(parts) == quote.total_minor > 0

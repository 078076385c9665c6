"""Gift cards and store credit on a cart."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.checkout.lookup import locked, touch
from nitka.sale.checkout.problems import CartProblem
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.queries import CreditView
from nitka.shelf.pricing import queries as pricing

MOST_CARDS = 5


class GiftCardProblem(CartProblem):
    """The gift card is not usable here; the message says why."""

    code = "gift_card_not_usable"


@transaction.atomic
def apply_gift_card(*, token: str, code: str) -> CreditView:
    """Let a gift card pay for this cart, as far as it goes. The face that asks this limits how often one may try.

    Raises GiftCardProblem for an unknown card, one in another currency or without anything on it, and for a sixth.
    """
    cart = locked(token)
    if not code.strip():
        raise GiftCardProblem(_("Enter the code of the gift card."))
    try:
        card = money.gift_card(code)
    except payments.UnknownGiftCardProblem as unknown:
        raise GiftCardProblem(unknown.message) from unknown
    currency = pricing.market(cart.market).currency
    if card.currency != currency:
        words = _("This gift card is in %(its)s and your cart in %(ours)s.")
        raise GiftCardProblem(words % {"its": card.currency, "ours": currency})
    if not card.is_usable:
        raise GiftCardProblem(_("There is nothing left on this gift card."))
    if str(card.id) not in cart.gift_cards:
        if len(cart.gift_cards) >= MOST_CARDS:
            raise GiftCardProblem(_("No more than five gift cards can pay for one order."))
        touch(cart, gift_cards=[*cart.gift_cards, str(card.id)])
    return card


@transaction.atomic
def drop_gift_card(*, token: str, account_id: UUID) -> None:
    """Take a gift card off the cart. Does nothing if it is not there."""
    cart = locked(token)
    left = [each for each in cart.gift_cards if each != str(account_id)]
    if left != cart.gift_cards:
        touch(cart, gift_cards=left)


@transaction.atomic
def use_store_credit(*, token: str, on: bool) -> None:
    """Whether the store credit of who is signed in pays first; it does nothing for who is not."""
    cart = locked(token)
    if cart.use_credit != on:
        touch(cart, use_credit=on)

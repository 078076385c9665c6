"""Gift cards: on a cart, and what is left on one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.decorators import decorate_view

from nitka.faces.api.cart_forms import Code
from nitka.faces.api.cart_shapes import Cart, shown
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language
from nitka.ground.web.idempotency import idempotent
from nitka.ground.web.limits import check, client_address, refuse_used_up
from nitka.sale.checkout import actions as checkout
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money

router = Router()
# As many wrong codes as somebody with a stack of old cards may type, and far too few to find one.
TRIES = "20/h"


class Balance(Schema):
    currency: str
    balance_minor: int
    expires_at: str | None


@router.post("/carts/{token}/gift-cards", response={200: Cart, **REFUSALS}, summary="Let a gift card pay")
@decorate_view(idempotent)
def use(request: HttpRequest, token: str, new: Code, language: Language = FALLBACK) -> Any:
    tries = f"gift_card:{client_address(request)}"
    refuse_used_up(tries, TRIES)
    try:
        checkout.apply_gift_card(token=token, code=new.code)
    except checkout.GiftCardProblem:
        check(tries, TRIES)
        raise
    return shown(token, language)


@router.delete("/carts/{token}/gift-cards/{card_id}", response={200: Cart, **REFUSALS}, summary="Take a gift card off")
@decorate_view(idempotent)
def drop(request: HttpRequest, token: str, card_id: UUID, language: Language = FALLBACK) -> Any:
    checkout.drop_gift_card(token=token, account_id=card_id)
    return shown(token, language)


@router.post("/gift-cards/balance", response={200: Balance, **REFUSALS}, summary="What is left on a gift card")
def balance(request: HttpRequest, asked: Code) -> Any:
    """The code is sent in the body, so that no address and no log ever holds it."""
    check(f"gift_card_asked:{client_address(request)}", "120/h")
    tries = f"gift_card_balance:{client_address(request)}"
    refuse_used_up(tries, TRIES)
    try:
        card = money.gift_card(asked.code)
    except payments.UnknownGiftCardProblem:
        check(tries, TRIES)
        raise
    until = card.expires_at.isoformat() if card.expires_at else None
    return Balance(currency=card.currency, balance_minor=card.balance_minor, expires_at=until)

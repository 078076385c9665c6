"""Verbs of checkout."""

from nitka.sale.checkout.actions.codes import CodeProblem, apply_coupon, drop_coupon
from nitka.sale.checkout.actions.credit import GiftCardProblem, apply_gift_card, drop_gift_card, use_store_credit
from nitka.sale.checkout.actions.filling import (
    choose_delivery,
    choose_payment,
    fill_in,
    set_address,
    set_contact,
    set_country,
)
from nitka.sale.checkout.actions.for_companies import accept_quote, ask_for_approval, ask_for_quote, buy_for
from nitka.sale.checkout.actions.joining import join_carts, switch_market
from nitka.sale.checkout.actions.lines import (
    accept_prices,
    add_to_cart,
    change_line,
    empty_cart,
    remove_line,
    restore_cart,
    restore_line,
)
from nitka.sale.checkout.actions.placing import close_cart, finish, place
from nitka.sale.checkout.actions.quick_order import PutLine, PutMany, Wanted, put_many
from nitka.sale.checkout.actions.telling import keep_what_was_told
from nitka.sale.checkout.problems import (
    CartChangedProblem,
    CartProblem,
    CountryProblem,
    EmptyCartProblem,
    ForbiddenProblem,
    MissingProblem,
    NoCartProblem,
    NotSoldProblem,
    PriceChangedProblem,
    SoldOutProblem,
)

__all__ = [
    "CartChangedProblem",
    "CartProblem",
    "CodeProblem",
    "CountryProblem",
    "EmptyCartProblem",
    "ForbiddenProblem",
    "GiftCardProblem",
    "MissingProblem",
    "NoCartProblem",
    "NotSoldProblem",
    "PriceChangedProblem",
    "PutLine",
    "PutMany",
    "SoldOutProblem",
    "Wanted",
    "accept_prices",
    "accept_quote",
    "add_to_cart",
    "apply_coupon",
    "apply_gift_card",
    "ask_for_approval",
    "ask_for_quote",
    "buy_for",
    "change_line",
    "choose_delivery",
    "choose_payment",
    "close_cart",
    "drop_coupon",
    "drop_gift_card",
    "empty_cart",
    "fill_in",
    "finish",
    "join_carts",
    "keep_what_was_told",
    "place",
    "put_many",
    "remove_line",
    "restore_cart",
    "restore_line",
    "set_address",
    "set_contact",
    "set_country",
    "switch_market",
    "use_store_credit",
]

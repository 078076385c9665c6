"""With what a difference is paid, or where it goes: a gift card or store credit, a saved means, or as it was paid.

Written as one word, which pages, bots and the API hand on: `credit:<account>`, `saved:<means>`, `original`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.people.customers import queries as people
from nitka.sale.orders import refunding
from nitka.sale.orders.change_problems import MeansProblem, TooLittleProblem
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import RefundTooHighProblem
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import PaymentView

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Means:
    """One means of a customer. `kind`: credit (gift card or store credit), saved, or original."""

    kind: str
    id: UUID | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


@dataclass(frozen=True, slots=True)
class MeansChoice:
    """A means as a page offers it. `balance_minor` is None for what has no balance."""

    value: str
    name: str
    balance_minor: int | None = None


def read(text: str) -> Means:
    """The means that a word names; no word is as it was paid. Raises MeansProblem for a word that names none."""
    kind, _colon, rest = (text or ORIGINAL).partition(":")
    if kind == ORIGINAL and not rest:
        return Means(ORIGINAL)
    try:
        if kind in ("credit", "saved"):
            return Means(kind, UUID(rest))
    except ValueError:
        pass
    raise MeansProblem(_("Choose one of your means of payment."))


def refuse_unfit(order: Order, means: Means, minor: int, *, anywhere: bool) -> None:
    """Raises where the means is not the customer's, holds too little, or cannot take money that it did not pay.

    `minor`: above zero is to pay, below zero goes back. `anywhere`: the policy lets money go to any of their means.
    """
    if means.kind == "credit":
        return _refuse_account(order, means, minor)
    if means.kind == "saved":
        return _refuse_saved(order, means, minor, anywhere)
    if minor > 0:
        raise MeansProblem(_("Choose how you pay the difference."))
    return None


def _refuse_account(order: Order, means: Means, minor: int) -> None:
    account = payment_queries.credit_account(means.id) if means.id else None
    if account is None or not _is_whose(order, account.customer_id) or account.currency != order.currency:
        raise MeansProblem(_("This gift card or credit cannot be used for this order."))
    if not account.is_open or minor > account.balance_minor:
        raise TooLittleProblem(
            _("There is not enough left on it. Choose another means of payment."), balance_minor=account.balance_minor
        )


def _refuse_saved(order: Order, means: Means, minor: int, anywhere: bool) -> None:
    saved = payment_queries.saved_mean(means.id) if means.id else None
    if saved is None or not _is_whose(order, saved.customer_id):
        raise MeansProblem(_("Choose one of your means of payment."))
    if minor < 0 and not anywhere and not any(_paid_by(each, means) for each in paying(order.id)):
        raise MeansProblem(_("Money can go back to how you paid, or to a gift card of yours."))


def _is_whose(order: Order, customer_id: UUID | None) -> bool:
    if customer_id is None or order.customer_id is None:
        return False
    return customer_id == order.customer_id or customer_id in people.proved_ids_of(order.customer_id)


def paying(order_id: UUID) -> list[PaymentView]:
    """The payments of an order of which something is still here, the newest first."""
    return [each for each in reversed(payment_queries.payments_of(order_id)) if each.refundable_minor > 0]


def pay_from_credit(order: Order, means: Means, minor: int, key: str) -> UUID:
    """Pay from a gift card or store credit, at once; the payment's id. In the caller's transaction."""
    assert means.id
    return payments.pay_with_credit(
        reference=order.id, label=order.code, account_id=means.id, minor=minor, key=key
    )  # fmt: skip


def give_back(order: Order, means: Means, minor: int, key: str) -> None:
    """Let so much go back to a means. Never more than is here (RefundTooHighProblem).

    Money for a means that did not pay it cannot be sent by a gateway: a person sends it, and ticks it off.
    """
    own = next((each for each in paying(order.id) if _paid_by(each, means) and each.refundable_minor >= minor), None)
    if means.kind != "saved":
        to = str(means.id) if means.id else ORIGINAL
        refunding.refund_order(order_id=order.id, minor=minor, key=key, to=to, reason="changed")
    elif own:
        refunding.refund_order(order_id=order.id, minor=minor, key=key, to=own.id, reason="changed")
    else:
        _by_hand(order, minor, key)


def _by_hand(order: Order, minor: int, key: str) -> None:
    found = next((each for each in paying(order.id) if each.refundable_minor >= minor), None)
    if found is None:
        raise RefundTooHighProblem(_("No more than what was paid can go back."))
    payments.refund(payment_id=found.id, minor=minor, key=key, by_hand=True)


def _paid_by(payment: PaymentView, means: Means) -> bool:
    return str(means) == of_payment(payment)


def of_payment(payment: PaymentView) -> str:
    """The word of the means that a payment was made with; "original" where it is none that is kept."""
    if payment.provider in ("gift_card", "store_credit"):
        return f"credit:{payment.choice}"
    return f"saved:{payment.mean_id}" if payment.mean_id else ORIGINAL


def choices(order: Order, *, minor: int = 0) -> tuple[MeansChoice, ...]:
    """What the order's customer may choose for so much (above zero: to pay), in the active language."""
    if order.customer_id is None:
        return ()
    ids = people.proved_ids_of(order.customer_id)
    found = [
        MeansChoice(f"credit:{each.id}", _credit_name(each), each.balance_minor)
        for each in payment_queries.credit_of(*ids)
        if each.currency == order.currency and each.is_open and each.balance_minor >= max(0, minor)
    ]
    saved: Sequence[Any] = [each for id_ in ids for each in payment_queries.saved_means(id_)]
    found += [
        MeansChoice(f"saved:{each.id}", f"{each.brand or each.name} •• {each.last4}".strip(" •")) for each in saved
    ]
    return tuple(found)


def _credit_name(account: Any) -> str:
    if account.kind == "gift_card":
        return _("Gift card …%(end)s") % {"end": account.hint}
    return _("Store credit")

"""What goes back of an order, over all the means it was paid by.

Money first returns to where money came from: the main payment, then later ones, then gift cards and store credit.
Each payment's row guards that no more goes back of it than came; the order's lock makes refunds of one order come one
after another, and the key makes the same refund happen once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.ids import new_id
from nitka.sale.orders import placing, steps
from nitka.sale.orders.models import MoneyBack, Order
from nitka.sale.orders.problems import OrderProblem, RefundTooHighProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Status
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import PaymentView

CREDIT = ("gift_card", "store_credit")


@dataclass(frozen=True, slots=True)
class RefundPart:
    """What goes back of one payment. `into` is the account of credit that gets it, where the payer does not."""

    payment_id: UUID
    provider: str
    minor: int
    refund_id: UUID
    into: UUID | None = None


@dataclass(frozen=True, slots=True)
class RefundDone:
    """One refund of an order, in its parts."""

    id: UUID
    minor: int
    currency: str
    to: str
    parts: tuple[RefundPart, ...]


@transaction.atomic
def refund_order(
    *, order_id: UUID, minor: int, key: str, to: str | UUID = "original", reason: str = "", actor: str = "",
    lines: Mapping[UUID, int] | None = None,
) -> RefundDone:  # fmt: skip
    """Send `minor` units of what was paid for an order back; the same key does it once.

    `to`: "original" (the means that paid, by what each can still give back), "credit" (the customer's store credit),
    "gift_card" (a new card, mailed to the buyer), the id of one payment, or the id of a gift card or account of store
    credit of this customer. `lines`: pieces by line that the money is for; the credit note names them, and takes their
    taxes back. Credit is there at once; a gateway is asked by a task; transfers and cash wait for a
    person. Raises RefundTooHighProblem (with `refundable_minor`) for more than was paid and is not back yet.
    """
    order = steps.lock(order_id)
    if order is None or order.status == Status.AWAITING:
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    known = MoneyBack.objects.filter(key=key).first()
    if known:
        return _as_done(known)
    paid = payments_to_refund(order.id)
    into = _account_for(order, to, minor, key) if _is_credit(to, paid) else None
    if not _is_credit(to, paid) and str(to) != "original":
        paid = [each for each in paid if str(each.id) == str(to)]
    shares = _shares(paid, minor)
    row = MoneyBack(id=new_id(), order=order, key=key, minor=minor, to=str(to), reason=reason[:300], actor=actor)
    row.lines = {str(line_id): pieces for line_id, pieces in (lines or {}).items() if pieces > 0}
    row.parts = [_send(payment, part, row.id, into) for payment, part in shares]
    row.save(force_insert=True)
    return _as_done(row)


def payments_to_refund(order_id: UUID) -> list[PaymentView]:
    """The order's payments that hold something, in the order in which it goes back."""
    paid = [each for each in payment_queries.payments_of(order_id) if each.refundable_minor > 0]
    return sorted(paid, key=lambda each: each.provider in CREDIT)


def refundable(order_id: UUID) -> int:
    """How much of what was paid for the order can still go back, in minor units."""
    return sum(each.refundable_minor for each in payments_to_refund(order_id))


def lines_of(refund_id: UUID) -> dict[UUID, int] | None:
    """The pieces that a refund was for; None where it was for no goods in particular."""
    row = MoneyBack.objects.filter(parts__contains=[{"refund_id": str(refund_id)}]).first()
    return {UUID(line_id): pieces for line_id, pieces in row.lines.items()} if row and row.lines else None


def refund_all(order: Order, *, key: str, reason: str = "", actor: str = "") -> int:
    """Everything that was paid goes back the way it came. The order is locked. Returns the minor units."""
    minor = refundable(order.id)
    if minor:
        refund_order(order_id=order.id, minor=minor, key=key, reason=reason, actor=actor)
    return minor


def _shares(paid: Sequence[PaymentView], minor: int) -> list[tuple[PaymentView, int]]:
    most = sum(each.refundable_minor for each in paid)
    if not 0 < minor <= most:
        raise RefundTooHighProblem(_("No more than what was paid can go back."), refundable_minor=most)
    shares, left = [], minor
    for each in paid:
        part = min(left, each.refundable_minor)
        if part:
            shares.append((each, part))
        left -= part
    return shares


def _is_credit(to: str | UUID, paid: Sequence[PaymentView]) -> bool:
    return str(to) != "original" and all(str(each.id) != str(to) for each in paid)


def _account_for(order: Order, to: str | UUID, minor: int, key: str) -> UUID:
    """The account that shall get it; a new card is made empty here and filled by the refund itself."""
    if to == "credit":
        if order.customer_id is None:
            raise OrderProblem(_("Nobody is known for this order. Choose a gift card instead."), code=order.code)
        return payments.store_credit_account(order.customer_id, order.currency)
    if to == "gift_card":
        return payments.open_gift_card(
            currency=order.currency, minor=minor, recipient=order.email, language=order.language,
            customer_id=order.customer_id,
        ).account_id  # fmt: skip
    account = payment_queries.credit_account(UUID(str(to))) if _is_id(to) else None
    used = {each.choice for each in payment_queries.payments_of(order.id) if each.provider in CREDIT}
    is_theirs = account and order.customer_id and account.customer_id == order.customer_id
    if account is None or not (is_theirs or str(account.id) in used):
        raise OrderProblem(_("This cannot be paid back to there. Choose another way."), code=order.code)
    return account.id


def _is_id(to: str | UUID) -> bool:
    try:
        UUID(str(to))
    except ValueError:
        return False
    return True


def _send(payment: PaymentView, minor: int, batch: UUID, into: UUID | None) -> dict[str, Any]:
    refund_id = payments.refund(payment_id=payment.id, minor=minor, key=f"{batch}:{payment.id}", into=into)
    return {"payment_id": str(payment.id), "provider": payment.provider, "minor": minor, "refund_id": str(refund_id),
            "into": str(into) if into else None}  # fmt: skip


def _as_done(row: MoneyBack) -> RefundDone:
    parts = tuple(
        RefundPart(
            UUID(part["payment_id"]), part["provider"], part["minor"], UUID(part["refund_id"]),
            UUID(part["into"]) if part["into"] else None,
        )
        for part in row.parts
    )  # fmt: skip
    return RefundDone(row.id, row.minor, row.order.currency, row.to, parts)

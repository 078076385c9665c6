"""Lines of the bank's statement become payments of orders: by the code in their text, or by a person."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.ids import read_code
from nitka.ground.problem import Problem
from nitka.sale.orders import placing, steps
from nitka.sale.orders.actions.confirm_bank_payment import BY_TRANSFER, confirm_bank_payment
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import OrderProblem, UnknownOrderProblem
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.queries import LineView


@dataclass(frozen=True, slots=True)
class StatementBooked:
    """What a statement came to: lines booked on orders, lines for a person, and lines that were known before."""

    booked: int
    left: int
    known: int


def import_statement(*, raw: bytes, name: str, currency: str = "EUR", actor: str = "") -> StatementBooked:
    """Read a statement (CAMT.053 or CSV) and book what names its order; the same file twice books nothing twice.

    A line whose text names no order is booked where exactly one open order has its amount and its payer's name; every
    other line waits for a person. Each line is a transaction of its own. Raises StatementProblem.
    """
    kept = payments.keep_statement(raw=raw, name=name, currency=currency, actor=actor)
    booked = 0
    for line_id in kept.new:
        line = money.statement_line(line_id)
        order_id = _order_for(line) if line else None
        if order_id is None:
            continue
        try:
            book_line(line_id=line_id, order_id=order_id, actor=actor)
            booked += 1
        except Problem:
            continue  # it stays in the list, where a person sees why
    return StatementBooked(booked, len(kept.new) - booked, kept.known)


@transaction.atomic
def book_line(*, line_id: UUID, order_id: UUID, actor: str = "") -> str:
    """Book a line of the statement on an order. Returns what it was: "whole", "part", "over", "twice" or "late".

    What is too much, came twice, or came for an order that is off is set aside to be sent back by hand. Raises
    OrderProblem for another currency and for a line that is done already.
    """
    order = steps.lock(order_id)
    if order is None or order.status in (Order.Status.AWAITING, Order.Status.FAILED):
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    line = money.statement_line(line_id)
    if line is None or line.state != "open":
        raise OrderProblem(_("This line was dealt with already."), code=order.code)
    if line.currency != order.currency:
        words = _("The line is in %(its)s and the order in %(ours)s.")
        raise OrderProblem(words % {"its": line.currency, "ours": order.currency}, code=order.code)
    outcome = _book(order, line, actor)
    if not payments.finish_line(line_id=line.id, outcome=outcome, reference=order.id, actor=actor):
        raise OrderProblem(_("This line was dealt with already."), code=order.code)
    return outcome


def assign_line(*, line_id: UUID, code: str, actor: str = "") -> str:
    """`book_line` by the order's code, however it was typed. Raises UnknownOrderProblem."""
    order_id = Order.objects.filter(code=read_code(code)).values_list("id", flat=True).first()
    if order_id is None:
        raise UnknownOrderProblem(_("There is no order of that code."))
    return book_line(line_id=line_id, order_id=order_id, actor=actor)


def _book(order: Order, line: LineView, actor: str) -> str:
    payment = money.payment(order.payment_id) if order.payment_id else None
    if order.paid or order.payment_method not in BY_TRANSFER or payment is None:
        return _came_twice(order, line)
    missing = payment.minor - payment.captured_minor
    status = confirm_bank_payment(order_id=order.id, minor=line.minor, actor=actor)
    if status == Order.Status.CANCELLED:
        return "late"
    if line.minor > missing > 0:
        payments.refund(payment_id=payment.id, minor=line.minor - missing, key=f"over:{line.id}")
        return "over"
    return "whole" if line.minor == missing else "part"


def _came_twice(order: Order, line: LineView) -> str:
    """The order was paid already, or by other means: the money is noted beside it and goes back by hand."""
    payment_id = payments.open_payment(
        reference=order.id, label=order.code, provider="bank_transfer", minor=line.minor, currency=line.currency,
        key=f"statement:{line.id}",
    )  # fmt: skip
    payments.confirm_received(payment_id=payment_id, minor=line.minor)
    payments.refund(payment_id=payment_id, minor=line.minor, key=f"twice:{line.id}")
    return "twice"


def _order_for(line: LineView) -> UUID | None:
    match = money.match_of(line)
    if match.sure:
        return match.references[0]
    if len(match.references) != 1:
        return None
    order = Order.objects.filter(id=match.references[0]).first()
    return order.id if order and _same_person(order.name, line.payer) else None


def _same_person(ours: str, theirs: str) -> bool:
    """The same words, in any order: banks write the family name first, in capitals."""
    names, written = set(ours.casefold().split()), set(theirs.casefold().replace(",", " ").split())
    return len(names) > 1 and names == written

"""Settling: whoever hears of money (return page, webhook, poll, sweeper) calls this, under the order's lock."""

from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import placing, promising, risking, sourcing, steps
from nitka.sale.orders.links import order_link_token
from nitka.sale.orders.models import Order, OrderStep
from nitka.sale.orders.problems import PaymentDeclinedProblem, UnknownOrderProblem
from nitka.sale.orders.refunding import CREDIT
from nitka.sale.orders.steps import Kind, Status
from nitka.sale.orders.views import Placed
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Next, Outcome, PaymentView
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.actions import NothingHeld, OutOfStock
from nitka.shelf.pricing import actions as pricing

log = structlog.get_logger(__name__)


def settle(*, order_id: UUID) -> Placed:
    """Ask the gateway about the order's payment and do what follows; repeatable, in any order, from anywhere.

    Network first, then one transaction under the order's lock. Raises PaymentDeclinedProblem where the card was
    declined just now or before, UnknownOrderProblem.
    """
    row = Order.objects.filter(id=order_id).first()
    if row is None:
        raise UnknownOrderProblem(_("There is no such order."))
    outcome = payments.ask(payment_id=row.payment_id) if row.payment_id and row.status == Status.AWAITING else None
    return settle_with(row, outcome)


def settle_with(row: Order, outcome: Outcome | None, answer: Next | None = None) -> Placed:
    """Apply news to the order and say how it stands."""
    settled = settle_rows(order_id=row.id, outcome=outcome) if row.payment_id else row
    if settled.status == Status.FAILED:
        raise PaymentDeclinedProblem(
            _("The card was declined. Nothing was charged; try again or pay another way."), code=settled.code
        )
    return Placed(row.id, row.code, answer, order_link_token(row.id), settled.status)


@transaction.atomic
def settle_rows(*, order_id: UUID, outcome: Outcome | None = None) -> Order:
    """The part without network: webhooks call it with nothing, for their news is stored already."""
    order = steps.lock(order_id)
    if order is None or order.payment_id is None:
        raise UnknownOrderProblem(_("There is no such order."))
    payment = payments.settle(payment_id=order.payment_id, outcome=outcome)
    if payment.state == "captured" and not order.paid:
        money_is_here(order, payment)
    elif payment.state == "authorised" and not order.secured:
        money_is_set_aside(order, payment)
    elif payment.state in ("failed", "cancelled") and order.status == Status.AWAITING:
        fail(order)
    if payment_queries.knows_cards(payment.provider):
        risking.look_again(order)
    return order


@transaction.atomic
def settle_beside(*, order_id: UUID, payment_id: UUID) -> None:
    """News of a payment that is not the order's main one, such as a difference in price: money alone changes."""
    if steps.lock(order_id):
        payments.settle(payment_id=payment_id)


def money_is_set_aside(order: Order, payment: PaymentView) -> None:
    """The whole amount is authorised: the order stands, and is paid when it leaves. The order is locked.

    Where it cannot stand any more the money is let go of; nothing was taken.
    """
    stands = order.status in (Status.AWAITING, Status.FAILED) and _has_goods(order)
    if not stands or (order.status == Status.FAILED and order.credit_minor and not _takes_credit_again(order)):
        payments.void(payment_id=payment.id)
        if order.status == Status.AWAITING:
            fail(order)
        return
    placing.place(order, paid=False, secured=True, hold_until=None)


def money_is_here(order: Order, payment: PaymentView) -> None:
    """The whole amount was captured. The order is locked."""
    if was_called_off(order):
        send_back(order, payment, reason="late")
    elif order.status in (Status.AWAITING, Status.FAILED, Status.CANCELLED) and not _has_goods(order):
        send_back(order, payment, reason="paid_twice" if _was_tried_again(order) else "sold_out")
    elif order.status != Status.AWAITING and order.credit_minor and not _takes_credit_again(order):
        send_back(order, payment, reason="late")
    elif order.status in (Status.AWAITING, Status.FAILED):
        placing.place(order, paid=True, hold_until=None)
    elif order.status == Status.CANCELLED:
        _revive(order)
    elif order.secured or order.payment_method in payment_queries.PAID_LATER:
        # Its goods were promised and kept from the placing on, whenever the money is taken.
        steps.add_steps(order, Kind.PAID, paid=True)
        placing.tell_paid(order, with_placing=False)
    else:
        steps.add_steps(order, Kind.PAID, paid=True, hold_until=None, promise=promising.counted_from_now(order))
        _keep_for_good(order)
        placing.tell_paid(order, with_placing=False)


def was_called_off(order: Order) -> bool:
    """Whether somebody wanted the order to be cancelled: only one that merely lacked its money may come back."""
    if order.status != Status.CANCELLED:
        return False
    step = OrderStep.objects.filter(order_id=order.id, kind=Kind.CANCELLED).first()
    return step is None or step.detail.get("reason") != "overdue"


def fail(order: Order) -> None:
    """The card was declined or given up: everything is free again, the cart too. The order is locked."""
    inventory.release(reference=order.id)
    pricing.give_back_promotions(reference=order.id)
    give_credit_back(order)
    payments.note_declined(order.id)
    steps.write(order, status=Status.FAILED, cart_id=None, hold_until=None)


def abandon(*, order_id: UUID) -> str:
    """Give up an order that waits for its card, at the gateway first; the status afterwards. Network, then rows.

    `failed`: the cart is free. `paid`: the money came in that very moment, so the order stands. `awaiting`: the
    gateway does not answer, so nobody may try again yet.
    """
    row = Order.objects.filter(id=order_id).first()
    if row is None or row.payment_id is None or row.status != Status.AWAITING:
        return row.status if row else Status.FAILED
    payments.cancel(payment_id=row.payment_id)
    return settle_rows(order_id=order_id).status


def _has_goods(order: Order) -> bool:
    """Whether the goods are (still or again) held for this order, for as long as it takes."""
    if order.status == Status.AWAITING:
        try:
            inventory.extend_hold(reference=order.id, until=None)
            return True
        except NothingHeld:
            log.info("hold_was_gone", order=order.code)
    elif _was_tried_again(order):
        return False
    wanted = placing.pieces_wanted(order.id)
    try:
        places = sourcing.preferred(wanted, order.country)
        inventory.hold(reference=order.id, lines=wanted, until=None, prefer=places)
    except OutOfStock:
        return False
    return order.status == Status.CANCELLED or _takes_cart_back(order)


def _was_tried_again(order: Order) -> bool:
    """A failed order whose cart became another order must not be paid beside it."""
    if order.status != Status.FAILED or order.came_from_cart is None:
        return False
    return Order.objects.filter(came_from_cart=order.came_from_cart).exclude(id=order.id).exclude(
        status__in=[Status.FAILED, Status.CANCELLED]
    ).exists()  # fmt: skip


def _takes_cart_back(order: Order) -> bool:
    if order.came_from_cart is None or order.cart_id == order.came_from_cart:
        return True
    try:
        with transaction.atomic():
            steps.write(order, cart_id=order.came_from_cart)
        return True
    except IntegrityError:
        order.cart_id = None
        inventory.release(reference=order.id)
        return False


def _keep_for_good(order: Order) -> None:
    try:
        inventory.extend_hold(reference=order.id, until=None)
    except NothingHeld:
        log.info("goods_left_before_payment", order=order.code)


def _revive(order: Order) -> None:
    """The money came after the order was cancelled for want of it, and the goods are still there."""
    placing.lapse_cancellation(order)
    steps.add_steps(order, Kind.PAID, paid=True, hold_until=None, promise=promising.counted_from_now(order))
    placing.tell_paid(order, with_placing=False)


def give_credit_back(order: Order) -> int:
    """What gift cards and store credit paid returns to them, once: a payment gives back only what it still holds."""
    if not order.credit_minor:
        return 0
    back = 0
    for each in payment_queries.payments_of(order.id):
        if each.provider in CREDIT and each.refundable_minor:
            payments.refund(payment_id=each.id, minor=each.refundable_minor, key=f"release:{each.id}")
            back += each.refundable_minor
    return back


def _takes_credit_again(order: Order) -> bool:
    """The order lives again: its gift cards pay once more, if there still is enough on them. Its goods are held."""
    used = [each for each in payment_queries.payments_of(order.id) if each.provider in CREDIT]
    try:
        with transaction.atomic():
            for each in used[-len({each.choice for each in used}) :]:
                payments.pay_with_credit(
                    reference=order.id, label=order.code, account_id=UUID(each.choice), minor=each.minor,
                    key=f"again:{each.id}",
                )  # fmt: skip
        return True
    except payments.CreditProblem:
        inventory.release(reference=order.id)
        if order.status == Status.FAILED:
            steps.write(order, cart_id=None)
        return False


def send_back(order: Order, payment: PaymentView, *, reason: str) -> None:
    """The money came too late: it goes back, and the shopper is told. The order is locked."""
    refund = payment.refundable_minor
    # Transfers come in parts: what has come altogether names this one.
    payments.refund(payment_id=payment.id, minor=refund, key=f"late:{payment.id}:{payment.captured_minor}")
    pricing.give_back_promotions(reference=order.id)
    refund += give_credit_back(order)
    placing.cancel(order, reason=reason, refund_minor=refund)

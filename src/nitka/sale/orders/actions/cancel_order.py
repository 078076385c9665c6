"""Cancelling, and what is never paid."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.orders import placing, steps
from nitka.sale.orders.actions.settle import abandon, settle_rows
from nitka.sale.orders.facts import PaymentOverdue
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import TooLateToCancelProblem, UnknownOrderProblem
from nitka.sale.orders.steps import OPEN, Kind, Status
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Outcome
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing

REMIND_BEFORE = timedelta(days=3)
GIVE_UP_ASKING = timedelta(hours=12)


@transaction.atomic
def cancel_order(*, order_id: UUID, actor: str = "", reason: str = "shop", note: str = "") -> int | None:
    """Call an order off before it leaves: goods and coupon are free again, what was paid goes back. Returns the minor
    units that go back; None the second time, when it does nothing.

    `reason`: shopper, shop or overdue; `note` is for the shopper to read. Raises TooLateToCancelProblem once shipped.
    """
    order = steps.lock(order_id)
    if order is None or order.status in (Status.AWAITING, Status.FAILED):
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    if order.status == Status.CANCELLED:
        return None
    if order.status not in OPEN:
        raise TooLateToCancelProblem(
            _("The parcel has left. You can send it back within 14 days of delivery."), code=order.code
        )
    inventory.release(reference=order.id)
    pricing.give_back_promotions(reference=order.id)
    refund = _give_money_back(order)
    placing.cancel(order, reason=reason, refund_minor=refund, actor=actor, note=note)
    return refund


def _give_money_back(order: Order) -> int:
    if order.payment_id is None:
        return 0
    # Nobody else is paid or settled for this order meanwhile: its row is locked.
    payment = payment_queries.payment(order.payment_id)
    if payment is None:
        return 0
    if payment.refundable_minor:
        payments.refund(payment_id=payment.id, minor=payment.refundable_minor, key=f"cancel:{order.id}")
    elif payment.state in ("started", "action"):
        payments.settle(payment_id=payment.id, outcome=Outcome(state="cancelled"))
    return payment.refundable_minor


def expire(*, order_id: UUID) -> str:
    """Let go of an order whose time to be paid is over; the status afterwards. Asks the gateway first where one knows
    of it, so that an order whose money is there is settled, not dropped. Outside of a transaction."""
    row = Order.objects.filter(id=order_id).first()
    if row is None or row.paid or row.hold_until is None or row.hold_until > clock.now():
        return row.status if row else Status.FAILED
    if row.status == Status.AWAITING:
        status = abandon(order_id=order_id)
        if status == Status.AWAITING and row.hold_until + GIVE_UP_ASKING < clock.now():
            # The gateway is silent for good. Should it have charged after all, `settle` sees to that when it tells.
            return settle_rows(order_id=order_id, outcome=Outcome(state="cancelled")).status
        return status
    return _expire_placed(order_id)


@transaction.atomic
def _expire_placed(order_id: UUID) -> str:
    order = steps.lock(order_id)
    if (
        order
        and order.status == Status.PLACED
        and not order.paid
        and order.hold_until
        and order.hold_until <= clock.now()
    ):
        cancel_order(order_id=order_id, reason="overdue")
        return Status.CANCELLED
    return order.status if order else Status.FAILED


@transaction.atomic
def remind_of_payment(*, order_id: UUID) -> bool:
    """Tell the shopper, once, that a bank transfer is missing, some days before the order is cancelled."""
    order = steps.lock(order_id)
    if order is None or order.paid or order.status != Status.PLACED or order.hold_until is None:
        return False
    if order.hold_until - REMIND_BEFORE > clock.now() or steps.has(order, Kind.OVERDUE):
        return False
    steps.add_steps(order, Kind.OVERDUE)
    tell(PaymentOverdue(order_id=order.id, code=order.code, customer_id=order.customer_id))
    return True

"""What orders do when something was told."""

from datetime import date

from nitka.ground.facts.actions import tell
from nitka.ground.facts.contract import reacts_to
from nitka.ground.problem import Problem
from nitka.sale.orders import actions, inviting, mails, news, refunding, steps
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.facts import (
    DeliveryDelayed,
    OrderCancelled,
    OrderChanged,
    OrderDelivered,
    OrderPacked,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    OrderShipped,
    OrderShortened,
    PaymentOverdue,
    WithdrawalDeclared,
)
from nitka.sale.orders.models import Order
from nitka.sale.orders.steps import Kind, Status
from nitka.sale.payments.facts import CaptureAnswered, GatewayTold, MoneyReturned
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.facts import ParcelDelivered, ParcelOutForDelivery, PromiseAtRisk


@reacts_to(OrderPlaced)
def write_of_placing(fact: OrderPlaced) -> None:
    """To the shopper and to the shop."""
    mails.order_placed(fact.order_id)
    mails.new_order_for_merchant(fact.order_id)


@reacts_to(OrderPaid)
def write_of_payment(fact: OrderPaid) -> None:
    """A card that was paid with the order is told by the mail of the order; cash at the door needs no mail."""
    if fact.with_placing:
        return
    order = Order.objects.only("status", "payment_method").get(id=fact.order_id)
    if order.payment_method != "cash_on_delivery":
        mails.payment_received(fact.order_id)


@reacts_to(OrderPacked)
def write_of_packing(fact: OrderPacked) -> None:
    mails.order_packed(fact.order_id)


@reacts_to(OrderShipped)
def write_of_shipping(fact: OrderShipped) -> None:
    mails.order_shipped(fact.order_id, fact.shipment_id)
    news.shipped(fact.order_id)


@reacts_to(ParcelOutForDelivery)
def push_that_it_comes_today(fact: ParcelOutForDelivery) -> None:
    """By push alone, to whoever asked for it: a mail would be read in the evening."""
    news.comes_today(fact.reference)


@reacts_to(PromiseAtRisk)
def note_delay(fact: PromiseAtRisk) -> None:
    """The order keeps the new day."""
    actions.note_delay(order_id=fact.reference, new_day=date.fromisoformat(fact.new_day), cause=fact.cause)


@reacts_to(DeliveryDelayed)
def write_of_delay(fact: DeliveryDelayed) -> None:
    """Told before the day is over, with what the shopper may choose."""
    mails.delivery_delayed(fact.order_id, cause=fact.cause, promised_on=date.fromisoformat(fact.promised_on))
    news.delayed(fact.order_id, date.fromisoformat(fact.new_day))


@reacts_to(OrderDelivered)
def write_of_delivery(fact: OrderDelivered) -> None:
    mails.order_delivered(fact.order_id)
    news.delivered(fact.order_id)


@reacts_to(OrderDelivered)
def invite_to_review(fact: OrderDelivered) -> None:
    """Who has the goods may review them as their buyer, and is asked to some days later."""
    inviting.invite(fact.order_id)


@reacts_to(OrderCancelled)
def write_of_cancellation(fact: OrderCancelled) -> None:
    mails.order_cancelled(fact.order_id, reason=fact.reason, refund_minor=fact.refund_minor)


@reacts_to(OrderShortened)
def write_of_shortening(fact: OrderShortened) -> None:
    mails.order_shortened(fact.order_id, minor=fact.minor)


@reacts_to(OrderChanged)
def write_of_change(fact: OrderChanged) -> None:
    mails.order_changed(fact.order_id, what=fact.what, difference_minor=fact.difference_minor)


@reacts_to(PaymentOverdue)
def write_of_missing_payment(fact: PaymentOverdue) -> None:
    mails.payment_overdue(fact.order_id)


@reacts_to(WithdrawalDeclared)
def write_of_withdrawal(fact: WithdrawalDeclared) -> None:
    """The law asks for the confirmation without delay."""
    mails.withdrawal_received(fact.withdrawal_id)
    mails.withdrawal_for_merchant(fact.withdrawal_id)


@reacts_to(GatewayTold)
def settle_by_webhook(fact: GatewayTold) -> None:
    """The news are stored rows already, so no network is needed."""
    main = Order.objects.filter(id=fact.reference).values_list("payment_id", flat=True).first()
    if main == fact.payment_id and main:
        actions.settle_rows(order_id=fact.reference)
    elif main:
        actions.settle_beside(order_id=fact.reference, payment_id=fact.payment_id)
    for change_id in OrderChange.objects.filter(order_id=fact.reference, state=OrderChange.State.OPEN).values_list(
        "id", flat=True
    ):
        actions.finish_change(change_id=change_id)


@reacts_to(CaptureAnswered)
def note_money_taken(fact: CaptureAnswered) -> None:
    """The parcel left, and the gateway gave what it had set aside: the order is paid once all of it is here."""
    if fact.taken and Order.objects.filter(id=fact.reference, payment_id=fact.payment_id).exists():
        actions.settle_rows(order_id=fact.reference)


@reacts_to(MoneyReturned)
def note_refund(fact: MoneyReturned) -> None:
    """The thread of the order shows that money went back, or that somebody must send it."""
    order = steps.lock(fact.reference)
    # What never was an order gives its credit back without a word: nothing was charged.
    if order and order.status not in (Status.AWAITING, Status.FAILED):
        detail = {"refund_id": str(fact.refund_id), "minor": fact.minor, "by_hand": fact.by_hand}
        steps.add_steps(order, Kind.REFUNDED, detail=detail, refunded_minor=order.refunded_minor + fact.minor)
        tell(
            OrderRefunded(
                order_id=order.id, code=order.code, customer_id=order.customer_id, minor=fact.minor,
                currency=fact.currency, by_hand=fact.by_hand,
            )
        )  # fmt: skip
        reason = "cancelled" if order.status == Status.CANCELLED else "refunded"
        actions.issue_credit_note(
            order_id=order.id, minor=fact.minor, key=str(fact.refund_id), reason=reason,
            lines=refunding.lines_of(fact.refund_id),
        )  # fmt: skip


@reacts_to(ParcelDelivered)
def deliver_by_carrier(fact: ParcelDelivered) -> None:
    """The carrier says that the parcel was received; the order is delivered with the last of its parcels."""
    order = Order.objects.filter(id=fact.reference, status=Status.SHIPPED).first()
    sent = [parcel for parcel in shipping.shipments_of(fact.reference) if not parcel.reverse]
    if order and all(parcel.state in ("delivered", "announced") for parcel in sent):
        try:
            actions.deliver_order(order_id=order.id, actor="carrier")
        except Problem:
            return  # somebody was quicker

"""From the shelf to the doorstep: packed, shipped, delivered."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.sale.orders import invoices, placing, steps
from nitka.sale.orders.facts import OrderDelivered, OrderPacked, OrderShipped
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import AlreadyDoneProblem, NotPaidProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Kind, Status
from nitka.sale.orders.viewing import promise_of
from nitka.sale.payments import actions as payments
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as shipping_queries
from nitka.shelf.inventory import actions as inventory


@transaction.atomic
def pack_order(*, order_id: UUID, actor: str = "") -> None:
    """The goods are in the box. Refuses an unpaid order, but for cash on delivery (NotPaidProblem), and a second time
    (AlreadyDoneProblem)."""
    order = _locked(order_id)
    _refuse_unpaid(order)
    if order.status not in (Status.PLACED, Status.PAID):
        raise AlreadyDoneProblem(_("This order is past packing."), status=order.status)
    steps.add_steps(order, Kind.PACKED, actor=actor)
    tell(OrderPacked(order_id=order.id, code=order.code, customer_id=order.customer_id))


@transaction.atomic
def ship_order(*, order_id: UUID, carrier: str, tracking_number: str = "", actor: str = "") -> UUID:
    """The parcel left: stock goes down, the invoice gets its number, the shopper is told. Returns the shipment's id.

    Without a number the carrier's provider gives one. An order that was not packed is packed by this. Refuses what is
    not paid (but for cash on delivery), and a second time.
    """
    order = _locked(order_id)
    _refuse_unpaid(order)
    if order.status not in (Status.PLACED, Status.PAID, Status.PACKED):
        raise AlreadyDoneProblem(_("This order has left already, or was cancelled."), status=order.status)
    inventory.take(reference=order.id)
    parcel = shipping.ship(
        reference=order.id, carrier=carrier, tracking_number=tracking_number, promised_on=promise_of(order).day_to
    )
    kinds = [Kind.SHIPPED] if order.status == Status.PACKED else [Kind.PACKED, Kind.SHIPPED]
    steps.add_steps(order, *kinds, actor=actor, detail={"shipment_id": str(parcel.id)}, hold_until=None)
    invoices.issue(order)
    tell(
        OrderShipped(
            order_id=order.id, code=order.code, customer_id=order.customer_id, shipment_id=parcel.id, carrier=carrier
        )
    )
    return parcel.id


@transaction.atomic
def deliver_order(*, order_id: UUID, actor: str = "") -> bool:
    """The shopper has it; cash on delivery is paid by this. Returns whether that was news: the second time it is not.

    Raises AlreadyDoneProblem for an order that has not left.
    """
    order = _locked(order_id)
    if order.status == Status.DELIVERED:
        return False
    if order.status != Status.SHIPPED:
        raise AlreadyDoneProblem(_("This order has not left yet."), status=order.status)
    for parcel in shipping_queries.shipments_of(order.id):
        shipping.mark_delivered(shipment_id=parcel.id)
    was_paid = order.paid
    if not was_paid and order.payment_id:
        payments.confirm_received(payment_id=order.payment_id, minor=order.due_minor)
    kinds = [Kind.DELIVERED] if was_paid else [Kind.DELIVERED, Kind.PAID]
    steps.add_steps(order, *kinds, actor=actor, paid=True)
    tell(OrderDelivered(order_id=order.id, code=order.code, customer_id=order.customer_id))
    if not was_paid:
        placing.tell_paid(order, with_placing=False)
    return True


def _locked(order_id: UUID) -> Order:
    order = steps.lock(order_id)
    if order is None or order.status in (Status.AWAITING, Status.FAILED):
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    return order


def _refuse_unpaid(order: Order) -> None:
    if not order.paid and order.payment_method != "cash_on_delivery":
        raise NotPaidProblem(_("This order is not paid yet."), code=order.code)

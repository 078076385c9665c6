"""From the shelf to the doorstep: packed, shipped, delivered."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.sale.orders import parcels, placing, promising, steps
from nitka.sale.orders.capturing import take_money
from nitka.sale.orders.facts import OrderDelivered, OrderPacked, OrderShipped
from nitka.sale.orders.invoicing import issuing
from nitka.sale.orders.models import Order, OrderLine, ParcelLine
from nitka.sale.orders.problems import (
    AlreadyDoneProblem,
    NotPaidProblem,
    TooManyPiecesProblem,
    UnderReviewProblem,
    UnknownOrderProblem,
)
from nitka.sale.orders.steps import Kind, Status
from nitka.sale.orders.viewing import promise_of
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
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
def ship_order(
    *, order_id: UUID, carrier: str, tracking_number: str = "", lines: Mapping[UUID, int] | None = None,
    location: str = "", shipment_id: UUID | None = None, actor: str = "",
) -> UUID:  # fmt: skip
    """A parcel left: stock goes down, the invoice gets its number, the shopper is told. Returns the shipment's id.

    `lines`: pieces by line that are in this parcel; None: all that is still to be sent. `location`: where they lay;
    empty: wherever they were held. `shipment_id`: the announced parcel that it is; without it or a number the
    carrier's provider gives one. Refuses what is not paid (but for cash on delivery), pieces that have left already or
    were never bought, and a second time for the whole.
    """
    order = _locked(order_id)
    _refuse_unpaid(order)
    if order.status not in steps.TO_SEND:
        raise AlreadyDoneProblem(_("This order has left already, or was cancelled."), status=order.status)
    rows = {row.id: row for row in placing.line_rows(order.id)}
    sent = _pieces_to_send(rows, lines)
    _take(order, rows, sent, location)
    before = parcels.contents_of(order.id) if order.status == Status.PART_SHIPPED else {}
    shipping.keep_promises(given=list(promising.given(order)))
    parcel = shipping.ship(
        reference=order.id, carrier=carrier, tracking_number=tracking_number, promised_on=promise_of(order).given_day,
        option=order.delivery_code, country=order.country, location=location, shipment_id=shipment_id,
        nth=len(before) + 1,
    )  # fmt: skip
    _note_what_left(rows, sent, parcel.id)
    whole = not any(_to_send(row) for row in rows.values())
    detail = {"shipment_id": str(parcel.id)} | ({} if lines is None else {"pieces": sum(sent.values())})
    until = None if whole else order.hold_until
    steps.add_steps(order, *_steps_of_leaving(order, whole), actor=actor, detail=detail, hold_until=until)
    take_money(order, key=f"ship:{parcel.id}", minor=None if whole else _worth(order, rows, sent), final=whole)
    issuing.issue(order)
    tell(
        OrderShipped(
            order_id=order.id, code=order.code, customer_id=order.customer_id, shipment_id=parcel.id, carrier=carrier,
            whole=whole,
        )
    )  # fmt: skip
    return parcel.id


def _pieces_to_send(rows: Mapping[UUID, OrderLine], lines: Mapping[UUID, int] | None) -> dict[UUID, int]:
    if lines is None:
        return {line_id: left for line_id, row in rows.items() if (left := _to_send(row))}
    for line_id, pieces in lines.items():
        row = rows.get(line_id)
        if row is None or not 0 < pieces <= _to_send(row):
            raise TooManyPiecesProblem(
                _("More pieces than are still to be sent. Look at the order again."),
                line_id=str(line_id), to_send=_to_send(row) if row else 0,
            )  # fmt: skip
    if not lines:
        raise TooManyPiecesProblem(_("Choose at least one piece that is in the parcel."))
    return dict(lines)


def _to_send(row: OrderLine) -> int:
    return max(0, row.quantity - row.shipped - row.cancelled)


def _take(order: Order, rows: Mapping[UUID, OrderLine], sent: Mapping[UUID, int], location: str) -> None:
    if not location and sum(sent.values()) == sum(row.quantity for row in rows.values()):
        inventory.take(reference=order.id)
        return
    wanted: dict[UUID, int] = {}
    for line_id, pieces in sent.items():
        variant_id = rows[line_id].variant_id
        if variant_id:
            wanted[variant_id] = wanted.get(variant_id, 0) + pieces
    inventory.take(reference=order.id, lines=wanted, location=location or None)


def _note_what_left(rows: Mapping[UUID, OrderLine], sent: Mapping[UUID, int], shipment_id: UUID) -> None:
    for line_id, pieces in sent.items():
        rows[line_id].shipped += pieces
        rows[line_id].boxed = 0
    OrderLine.objects.bulk_update([rows[line_id] for line_id in sent], ["shipped", "boxed"])
    ParcelLine.objects.bulk_create(
        ParcelLine(line_id=line_id, shipment_id=shipment_id, pieces=pieces) for line_id, pieces in sent.items()
    )


def _worth(order: Order, rows: Mapping[UUID, OrderLine], sent: Mapping[UUID, int]) -> int:
    """What these pieces cost, with tax; the first parcel bears the way and the fee of all."""
    minor = sum(
        (rows[line_id].total_minor + (0 if order.tax_included else rows[line_id].tax_minor)) * pieces
        // rows[line_id].quantity
        for line_id, pieces in sent.items()
    )  # fmt: skip
    if sum(row.shipped for row in rows.values()) == sum(sent.values()):
        minor += order.delivery_minor + order.payment_fee_minor
        minor += 0 if order.tax_included else order.delivery_tax_minor
    return minor


def _steps_of_leaving(order: Order, whole: bool) -> list[str]:
    if not whole:
        return [Kind.PART_SHIPPED]
    return [Kind.SHIPPED] if order.status in (Status.PACKED, Status.PART_SHIPPED) else [Kind.PACKED, Kind.SHIPPED]


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
        if parcel.state == "shipped" and not parcel.reverse:
            shipping.mark_delivered(shipment_id=parcel.id)
    was_paid = order.paid or order.payment_method != "cash_on_delivery"
    if not was_paid and order.payment_id:
        payments.confirm_received(payment_id=order.payment_id, minor=order.due_minor)
    kinds = [Kind.DELIVERED] if was_paid else [Kind.DELIVERED, Kind.PAID]
    steps.add_steps(order, *kinds, actor=actor, paid=order.paid or not was_paid)
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
    if order.review in ("pending", "refused"):
        raise UnderReviewProblem(_("This order waits for a look at it. Clear or refuse it first."), code=order.code)
    if not order.paid and not order.secured and order.payment_method not in payment_queries.PAID_LATER:
        raise NotPaidProblem(_("This order is not paid yet."), code=order.code)

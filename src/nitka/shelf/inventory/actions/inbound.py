"""Goods on their way from suppliers: announced, dearer by their way, received in parts."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import buying
from nitka.shelf.inventory.actions.stock import receive
from nitka.shelf.inventory.levels import Grade
from nitka.shelf.inventory.models import InboundLine, InboundShipment, PurchaseLine, PurchaseOrder
from nitka.shelf.inventory.problems import BuyingProblem

State = InboundShipment.State


@transaction.atomic
def announce_inbound(
    *, purchase_id: UUID, expected_on: date, lines: Mapping[UUID, int] | None = None, carrier: str = "",
    tracking_number: str = "", freight_minor: int = 0, duty_minor: int = 0, other_minor: int = 0,
    split_by: str = "value",
) -> UUID:  # fmt: skip
    """A supplier sent goods of a purchase: pieces by variant, or all that was not announced yet.

    What the way costs (in the currency of the purchase) is shared by value or weight. Refuses more than was ordered.
    """
    purchase = _purchase(purchase_id)
    if purchase.state != PurchaseOrder.State.SENT:
        raise BuyingProblem(_("Send the order to the supplier first."))
    open_lines = {each.variant_id: each for each in buying.purchase_view(purchase).lines}
    wanted = dict(lines) if lines is not None else {v: e.pieces - e.announced for v, e in open_lines.items()}
    wanted = {variant_id: pieces for variant_id, pieces in wanted.items() if pieces}
    for variant_id, pieces in wanted.items():
        line = open_lines.get(variant_id)
        if line is None or not 0 < pieces <= line.pieces - line.announced:
            raise BuyingProblem(_("More than was ordered cannot be on its way."), variant_id=str(variant_id))
    if not wanted:
        raise BuyingProblem(_("All of this order was announced already."))
    shipment = InboundShipment.objects.create(
        purchase=purchase, expected_on=expected_on, carrier=carrier, tracking_number=tracking_number
    )
    InboundLine.objects.bulk_create(
        InboundLine(shipment=shipment, line_id=open_lines[variant_id].id, pieces=pieces)
        for variant_id, pieces in sorted(wanted.items())
    )
    change_inbound(
        shipment_id=shipment.id, freight_minor=freight_minor, duty_minor=duty_minor, other_minor=other_minor,
        split_by=split_by,
    )  # fmt: skip
    return shipment.id


@transaction.atomic
def change_inbound(
    *, shipment_id: UUID, expected_on: date | None = None, freight_minor: int | None = None,
    duty_minor: int | None = None, other_minor: int | None = None, split_by: str | None = None,
) -> None:  # fmt: skip
    """Another day, or what the way really cost: the bill of the forwarder often comes after the goods."""
    row = _locked(shipment_id)
    costs = {"freight_minor": freight_minor, "duty_minor": duty_minor, "other_minor": other_minor}
    if any(cost is not None and cost < 0 for cost in costs.values()):
        raise BuyingProblem(_("Pieces and costs are not below zero."))
    if split_by is not None and split_by not in InboundShipment.SplitBy.values:
        raise BuyingProblem(_("Costs are shared by value or by weight."))
    for name, value in {**costs, "expected_on": expected_on, "split_by": split_by}.items():
        if value is not None:
            setattr(row, name, value)
    row.save()
    lines = list(InboundLine.objects.filter(shipment=row).select_related("line").order_by("line_id"))
    variants = catalog.variants({each.line.variant_id for each in lines})
    weights = [each.pieces * (variants[each.line.variant_id].weight_g or 0) for each in lines]
    values = [each.pieces * each.line.cost_minor for each in lines]
    total = row.freight_minor + row.duty_minor + row.other_minor
    for each, extra in zip(lines, buying.extras(total, values, weights, row.split_by), strict=True):
        each.extra_minor = extra
    InboundLine.objects.bulk_update(lines, ["extra_minor"])


@transaction.atomic
def receive_inbound(
    *, shipment_id: UUID, good: Mapping[UUID, int], damaged: Mapping[UUID, int] | None = None
) -> bool:  # fmt: skip
    """So many pieces arrived, good and damaged by variant; more may follow. Returns whether all is here now.

    Good ones are on the shelf at once. Refuses more than was announced, so that a form sent twice counts once where
    all came; with all here the shipment is received, and the purchase closed when nothing is missing.
    """
    row = _locked(shipment_id)
    if row.state != State.IN_TRANSIT:
        raise BuyingProblem(_("This shipment was received already."))
    good = {variant_id: n for variant_id, n in good.items() if n}
    bad = {variant_id: n for variant_id, n in (damaged or {}).items() if n}
    if not good and not bad:
        raise BuyingProblem(_("Say how many pieces arrived: at least one."))
    lines = {each.line.variant_id: each for each in InboundLine.objects.filter(shipment=row).select_related("line")}
    for variant_id in sorted(good.keys() | bad.keys()):
        line, fine, broken = lines.get(variant_id), good.get(variant_id, 0), bad.get(variant_id, 0)
        if line is None or min(fine, broken) < 0 or line.received + line.damaged + fine + broken > line.pieces:
            raise BuyingProblem(_("More arrived than was announced. Count again, or announce another shipment."))
        InboundLine.objects.filter(id=line.id).update(received=F("received") + fine, damaged=F("damaged") + broken)
        PurchaseLine.objects.filter(id=line.line_id).update(received=F("received") + fine + broken)
    number, place = str(row.purchase), row.purchase.location.code
    if good:
        receive(lines=good, location=place, reference=row.id, reason=number)
    if bad:
        receive(lines=bad, location=place, reference=row.id, reason=number, grade=Grade.DAMAGED)
    return _finish(row)


@transaction.atomic
def close_inbound(*, shipment_id: UUID) -> None:
    """The rest of a shipment will not come; it may be announced anew. Does nothing the second time."""
    row = _locked(shipment_id)
    if row.state == State.IN_TRANSIT:
        row.state, row.received_at = State.CLOSED, clock.now()
        row.save(update_fields=["state", "received_at"])


def _finish(row: InboundShipment) -> bool:
    open_pieces = InboundLine.objects.filter(shipment=row, pieces__gt=F("received") + F("damaged"))
    if open_pieces.exists():
        return False
    row.state, row.received_at = State.RECEIVED, clock.now()
    row.save(update_fields=["state", "received_at"])
    if not PurchaseLine.objects.filter(purchase=row.purchase, pieces__gt=F("received")).exists():
        PurchaseOrder.objects.filter(id=row.purchase_id).update(state=PurchaseOrder.State.CLOSED)
    return True


def _purchase(purchase_id: UUID) -> PurchaseOrder:
    rows = PurchaseOrder.objects.select_for_update(of=("self",)).select_related("supplier", "location")
    row = rows.filter(id=purchase_id).first()
    if row is None:
        raise BuyingProblem(_("There is no such purchase order."))
    return row


def _locked(shipment_id: UUID) -> InboundShipment:
    """The purchase first, then the shipment: two shipments of one purchase never wait for each other in a circle."""
    purchase_id = InboundShipment.objects.filter(id=shipment_id).values_list("purchase_id", flat=True).first()
    if purchase_id is None:
        raise BuyingProblem(_("There is no such shipment."))
    purchase = _purchase(purchase_id)
    row = InboundShipment.objects.select_for_update().get(id=shipment_id)
    row.purchase = purchase
    return row

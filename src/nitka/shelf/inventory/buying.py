"""What is bought, as values, and how the cost of its way is shared. Private to inventory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nitka.ground import money
from nitka.shelf.inventory.models import InboundLine, InboundShipment, PurchaseLine, PurchaseOrder, Supplier


@dataclass(frozen=True, slots=True)
class SupplierView:
    """A company that goods are bought from."""

    id: UUID
    code: str
    name: str
    email: str
    country: str
    language: str
    currency: str
    lead_days: int
    active: bool


@dataclass(frozen=True, slots=True)
class PurchaseLineView:
    """Pieces of a variant in a purchase: ordered, announced as on their way, received."""

    id: UUID
    variant_id: UUID
    pieces: int
    cost_minor: int
    received: int
    announced: int = 0

    @property
    def missing(self) -> int:
        """What has not arrived yet."""
        return self.pieces - self.received


@dataclass(frozen=True, slots=True)
class InboundLineView:
    """Pieces in a shipment; `landed_minor` is what all of them cost with their share of the way."""

    line_id: UUID
    variant_id: UUID
    pieces: int
    received: int
    damaged: int
    extra_minor: int
    landed_minor: int


@dataclass(frozen=True, slots=True)
class InboundView:
    """Goods on their way to a location, or arrived."""

    id: UUID
    purchase_id: UUID
    number: str
    supplier: str
    location: str
    state: str
    carrier: str
    tracking_number: str
    expected_on: date
    currency: str
    freight_minor: int
    duty_minor: int
    other_minor: int
    split_by: str
    lines: tuple[InboundLineView, ...]


@dataclass(frozen=True, slots=True)
class PurchaseView:
    """A purchase order with its lines and the shipments announced for it."""

    id: UUID
    number: str
    supplier: SupplierView
    location: str
    currency: str
    state: str
    by_machine: bool
    note: str
    expected_on: date | None
    made_at: datetime
    sent_at: datetime | None
    lines: tuple[PurchaseLineView, ...]
    inbound: tuple[InboundView, ...] = ()

    @property
    def total_minor(self) -> int:
        """What the goods cost, without their way."""
        return sum(line.pieces * line.cost_minor for line in self.lines)


def extras(total_minor: int, values: Sequence[int], weights: Sequence[int], split_by: str) -> list[int]:
    """The share of each line in what the way costs: by value or by weight, whole, summing exactly (largest remainder).

    Where no line has a weight (or a value) it falls back on the other, and then on equal parts.
    """
    chosen = weights if split_by == "weight" and any(weights) else values
    if not any(chosen):
        chosen = weights if any(weights) else [1] * len(values)
    return money.split(total_minor, chosen) if values else []


def supplier_view(row: Supplier) -> SupplierView:
    """The row as a value."""
    return SupplierView(
        row.id, row.code, row.name, row.email, row.country, row.language, row.currency, row.lead_days, row.active
    )


def inbound_views(shipments: Sequence[InboundShipment]) -> tuple[InboundView, ...]:
    """The rows (with their purchase, supplier and location) as values. One query for the lines."""
    lines: dict[UUID, list[InboundLineView]] = {row.id: [] for row in shipments}
    rows = InboundLine.objects.filter(shipment_id__in=lines).select_related("line").order_by("line__variant_id")
    for row in rows:
        goods = row.pieces * row.line.cost_minor
        lines[row.shipment_id].append(
            InboundLineView(
                row.line_id, row.line.variant_id, row.pieces, row.received, row.damaged, row.extra_minor,
                goods + row.extra_minor,
            )
        )  # fmt: skip
    return tuple(
        InboundView(
            row.id, row.purchase_id, str(row.purchase), row.purchase.supplier.name, row.purchase.location.code,
            row.state, row.carrier, row.tracking_number, row.expected_on, row.purchase.currency, row.freight_minor,
            row.duty_minor, row.other_minor, row.split_by, tuple(lines[row.id]),
        )
        for row in shipments
    )  # fmt: skip


def purchase_view(row: PurchaseOrder) -> PurchaseView:
    """The row (with supplier and location) as a value. Three queries."""
    shipments = InboundShipment.objects.filter(purchase=row).select_related("purchase__supplier", "purchase__location")
    inbound = inbound_views(list(shipments.order_by("expected_on", "id")))
    announced: dict[UUID, int] = {}
    for shipment in inbound:
        for part in shipment.lines:
            # What a closed shipment did not bring may be announced again.
            there = part.pieces if shipment.state == "in_transit" else part.received + part.damaged
            announced[part.line_id] = announced.get(part.line_id, 0) + there
    lines = PurchaseLine.objects.filter(purchase=row).order_by("variant__sku")
    return PurchaseView(
        row.id, str(row), supplier_view(row.supplier), row.location.code, row.currency, row.state, row.by_machine,
        row.note, row.expected_on, row.made_at, row.sent_at,
        tuple(
            PurchaseLineView(
                each.id, each.variant_id, each.pieces, each.cost_minor, each.received, announced.get(each.id, 0)
            )
            for each in lines
        ),
        inbound,
    )  # fmt: skip

"""Questions about stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from nitka.shelf.inventory import buying, reordering
from nitka.shelf.inventory.buying import InboundView, PurchaseView, SupplierView
from nitka.shelf.inventory.models import (
    Forecast,
    Hold,
    InboundLine,
    InboundShipment,
    Location,
    PurchaseOrder,
    StockAlert,
    StockLevel,
    StockMove,
    Supplier,
    SupplierItem,
)
from nitka.shelf.inventory.reordering import DeadStock, Need, RuleView

__all__ = [
    "FEW", "Band", "DeadStock", "HoldView", "InboundView", "LandedCost", "LedgerGap", "LevelView", "LocationView",
    "MoveView", "Need", "Outlook", "PurchaseView", "RuleView", "SupplierItemView", "SupplierView", "alerted",
    "alerts_waiting", "available", "band", "dead_stock", "held", "inbound", "landed_costs", "ledger_gaps", "level_rows",
    "levels", "locations", "moves_of", "needs", "outlook", "overdue_holds", "purchase", "purchase_rows", "reorder_rule",
    "supplier_items", "suppliers",
]  # fmt: skip

Band = Literal["none", "few", "many"]
FEW = 5


@dataclass(frozen=True, slots=True)
class LocationView:
    """A place that holds goods."""

    id: UUID
    code: str
    name: str
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class HoldView:
    """Pieces of one variant at one location that are (or were) kept for a reference."""

    variant_id: UUID
    location: str
    quantity: int
    state: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class LevelView:
    """Stock of one variant at one location."""

    location: str
    on_hand: int
    reserved: int
    damaged: int = 0

    @property
    def available(self) -> int:
        """What can still be promised to somebody."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class MoveView:
    """A line of the stock ledger; pieces below zero went."""

    variant_id: UUID
    location: str
    kind: str
    grade: str
    pieces: int
    reference: UUID | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LedgerGap:
    """A level that is not the sum of its moves: what it says, and what they say."""

    variant_id: UUID
    location: str
    on_hand: int
    damaged: int
    moved_good: int
    moved_damaged: int


@dataclass(frozen=True, slots=True)
class SupplierItemView:
    """What a variant costs at a supplier, a piece, in its currency."""

    variant_id: UUID
    supplier: str
    supplier_sku: str
    cost_minor: int
    currency: str
    pack: int
    minimum: int
    preferred: bool


@dataclass(frozen=True, slots=True)
class LandedCost:
    """What the pieces that arrived last cost altogether, with their way; divide by `pieces` for one."""

    variant_id: UUID
    pieces: int
    goods_minor: int
    extra_minor: int
    currency: str

    @property
    def total_minor(self) -> int:
        """Goods and their way."""
        return self.goods_minor + self.extra_minor


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of a variant in a week, and how far a week may be off."""

    weekly: float
    spread: float
    weeks: int
    point: int
    quantity: int
    made_at: datetime


def band(available: int) -> Band:
    """How much is there in words: `none`, `few` (1 to 5) or `many`."""
    return "none" if available <= 0 else "few" if available <= FEW else "many"


def available(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Pieces that can still be promised, over all locations; zero for a variant without stock. One query."""
    counts = dict.fromkeys(variant_ids, 0)
    rows = (
        StockLevel.objects.filter(variant_id__in=counts)
        .values_list("variant_id")
        .annotate(free=Sum(F("on_hand") - F("reserved")))
    )
    return counts | dict(rows)


def levels(variant_ids: Iterable[UUID]) -> dict[UUID, tuple[LevelView, ...]]:
    """Stock by variant and location, locations by code. One query."""
    found: dict[UUID, list[LevelView]] = {variant_id: [] for variant_id in variant_ids}
    rows = StockLevel.objects.filter(variant_id__in=found).order_by("location__code")
    columns = "variant_id", "location__code", "on_hand", "reserved", "damaged"
    for variant_id, *level in rows.values_list(*columns):
        found[variant_id].append(LevelView(*level))
    return {variant_id: tuple(views) for variant_id, views in found.items()}


def held(reference: UUID) -> tuple[HoldView, ...]:
    """All holds of the reference, also those that ended (see `state`), oldest first."""
    rows = Hold.objects.filter(reference=reference).order_by("made_at", "id")
    return tuple(
        HoldView(*row) for row in rows.values_list("variant_id", "location__code", "quantity", "state", "expires_at")
    )


def held_for(references: Iterable[UUID]) -> tuple[tuple[UUID, HoldView], ...]:
    """What is (or was) kept for these references, each with its reference, oldest first. One query."""
    rows = Hold.objects.filter(reference__in=list(references)).order_by("made_at", "id")
    values = rows.values_list("reference", "variant_id", "location__code", "quantity", "state", "expires_at")
    return tuple((row[0], HoldView(*row[1:])) for row in values)


def overdue_holds(at: datetime) -> tuple[UUID, ...]:
    """References whose goods are still held although their time was up at that moment, longest overdue first."""
    rows = Hold.objects.filter(state=Hold.State.HELD, expires_at__lte=at).order_by("expires_at", "reference")
    return tuple(dict.fromkeys(rows.values_list("reference", flat=True)))


def moves_of(variant_id: UUID, *, limit: int = 100) -> tuple[MoveView, ...]:
    """The latest lines of the ledger of a variant, newest first. One query."""
    rows = StockMove.objects.filter(variant_id=variant_id).order_by("-at", "-id")
    columns = "variant_id", "location__code", "kind", "grade", "pieces", "reference", "reason", "at"
    return tuple(MoveView(*row) for row in rows.values_list(*columns)[:limit])


def ledger_gaps() -> tuple[LedgerGap, ...]:
    """Levels whose counts are not the sum of their moves: none, unless somebody wrote to the tables by hand."""
    sums = {
        (variant, place): (good, damaged)
        for variant, place, good, damaged in StockMove.objects.values_list("variant_id", "location_id").annotate(
            good=Coalesce(Sum("pieces", filter=Q(grade="good")), 0),
            damaged=Coalesce(Sum("pieces", filter=Q(grade="damaged")), 0),
        )
    }
    columns = "variant_id", "location_id", "location__code", "on_hand", "damaged"
    return tuple(
        LedgerGap(variant, code, on_hand, damaged, *sums.get((variant, place), (0, 0)))
        for variant, place, code, on_hand, damaged in StockLevel.objects.values_list(*columns)
        if sums.get((variant, place), (0, 0)) != (on_hand, damaged)
    )


def locations() -> tuple[LocationView, ...]:
    """All places that hold goods, by code."""
    rows = Location.objects.order_by("code")
    return tuple(LocationView(*row) for row in rows.values_list("id", "code", "name", "country", "zone"))


def level_rows() -> QuerySet[StockLevel]:
    """Stock levels for back-office tables."""
    return StockLevel.objects.select_related("variant", "location").order_by("variant_id", "location__code")


def suppliers(*, active: bool = False) -> tuple[SupplierView, ...]:
    """All suppliers (or those that are bought from now), by name."""
    rows = Supplier.objects.filter(active=True) if active else Supplier.objects.all()
    return tuple(buying.supplier_view(row) for row in rows)


def supplier_items(*, supplier: str = "", variant_ids: Iterable[UUID] | None = None) -> tuple[SupplierItemView, ...]:
    """What suppliers ask for variants, by SKU."""
    rows = (
        SupplierItem.objects.all() if variant_ids is None else SupplierItem.objects.filter(variant_id__in=variant_ids)
    )
    rows = rows.filter(supplier__code=supplier) if supplier else rows
    columns = (
        "variant_id", "supplier__code", "supplier_sku", "cost_minor", "supplier__currency", "pack", "minimum",
        "preferred",
    )  # fmt: skip
    return tuple(SupplierItemView(*row) for row in rows.order_by("variant__sku").values_list(*columns))


def purchase_rows() -> QuerySet[PurchaseOrder]:
    """Purchase orders for back-office tables, newest first."""
    return PurchaseOrder.objects.select_related("supplier", "location").order_by("-number")


def purchase(purchase_id: UUID) -> PurchaseView | None:
    """A purchase order with its lines and shipments."""
    row = purchase_rows().filter(id=purchase_id).first()
    return buying.purchase_view(row) if row else None


def inbound(*, state: str = "in_transit") -> tuple[InboundView, ...]:
    """Shipments of suppliers in that state, soonest expected first. Two queries."""
    rows = InboundShipment.objects.filter(state=state).select_related("purchase__supplier", "purchase__location")
    return buying.inbound_views(list(rows.order_by("expected_on", "id")))


def landed_costs(variant_ids: Iterable[UUID]) -> dict[UUID, LandedCost]:
    """What the last shipment that brought a variant cost, with its way. One query."""
    found: dict[UUID, LandedCost] = {}
    rows = (
        InboundLine.objects.filter(line__variant_id__in=list(variant_ids), received__gt=0)
        .select_related("line", "shipment__purchase")
        .order_by("shipment__made_at")
    )
    for row in rows:
        found[row.line.variant_id] = LandedCost(
            row.line.variant_id, row.pieces, row.pieces * row.line.cost_minor, row.extra_minor,
            row.shipment.purchase.currency,
        )  # fmt: skip
    return found


def needs(variant_ids: Iterable[UUID] | None = None, *, low: bool = False) -> tuple[Need, ...]:
    """How variants with a forecast or a rule stand, what lasts shortest first; `low`: those to order."""
    return tuple(need for need in reordering.needs(variant_ids) if need.is_low or not low)


def outlook(variant_id: UUID) -> Outlook | None:
    """The forecast of a variant, or None where it was never wanted."""
    columns = "weekly", "spread", "weeks", "point", "quantity", "made_at"
    row = Forecast.objects.filter(variant_id=variant_id).values_list(*columns).first()
    return Outlook(*row) if row else None


def reorder_rule(variant_id: UUID) -> RuleView:
    """What the merchant said of a variant; all None where nothing was said."""
    return reordering.rules([variant_id]).get(variant_id, RuleView())


def dead_stock(*, since: datetime, limit: int = 200) -> tuple[DeadStock, ...]:
    """What lies there since before that moment and nobody bought since, the most pieces first."""
    return tuple(reordering.dead(since, limit))


def alerted(email: str, variant_ids: Iterable[UUID], since: datetime) -> set[UUID]:
    """Of these variants those of which this address was told since then that they are back, or is in a moment."""
    rows = StockAlert.objects.filter(email=email.lower(), variant_id__in=list(variant_ids))
    rows = rows.filter(Q(sent_at__gte=since) | Q(sent_at__isnull=True))
    found = dict(rows.order_by(F("sent_at").asc(nulls_first=True)).values_list("variant_id", "sent_at"))
    soon = available(id_ for id_, sent_at in found.items() if sent_at is None)
    return {id_ for id_, sent_at in found.items() if sent_at is not None or soon[id_] > 0}


def alerts_waiting(variant_ids: Iterable[UUID] | None = None) -> dict[UUID, int]:
    """How many people wait for a mail, by variant, the most wanted first."""
    rows = StockAlert.objects.filter(sent_at__isnull=True)
    rows = rows if variant_ids is None else rows.filter(variant_id__in=list(variant_ids))
    return dict(rows.values_list("variant_id").annotate(n=Count("id")).order_by("-n", "variant_id"))

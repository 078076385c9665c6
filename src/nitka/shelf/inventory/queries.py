"""Questions about stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from nitka.shelf.inventory.models import Hold, Location, StockLevel, StockMove

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

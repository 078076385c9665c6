"""The rows that stock lies in: how they are locked, changed and told of. Private to inventory.

Locks are always taken in one order: the reference, then levels by (variant, location).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries
from nitka.shelf.inventory.facts import AvailabilityChanged
from nitka.shelf.inventory.models import Location, StockLevel, StockMove
from nitka.shelf.inventory.problems import StockProblem

Kind, Grade = StockMove.Kind, StockMove.Grade

# Levels and the ledger are written by one statement, so that neither can be without the other. A level is made where
# goods arrive for the first time; CHECKs refuse what would leave less than is promised.
_BOOK = """
WITH change AS (
    SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::int[], %s::int[], %s::int[])
        AS c(level_id, variant_id, location_id, good, reserved, damaged)
), fresh AS (
    INSERT INTO inventory_levels (id, variant_id, location_id, on_hand, reserved, damaged)
    SELECT level_id, variant_id, location_id, good, reserved, damaged FROM change
    WHERE NOT EXISTS (
        SELECT 1 FROM inventory_levels l
        WHERE l.variant_id = change.variant_id AND l.location_id = change.location_id
    )
    ON CONFLICT (variant_id, location_id) DO UPDATE
        SET on_hand = inventory_levels.on_hand + EXCLUDED.on_hand,
            damaged = inventory_levels.damaged + EXCLUDED.damaged
), moved AS (
    UPDATE inventory_levels l
    SET on_hand = l.on_hand + c.good, reserved = l.reserved + c.reserved, damaged = l.damaged + c.damaged
    FROM change c WHERE l.variant_id = c.variant_id AND l.location_id = c.location_id
)
INSERT INTO inventory_moves (id, variant_id, location_id, kind, grade, pieces, reference, reason, at)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::int[], %s::uuid[], %s::text[],
                     %s::timestamptz[])
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one level: good pieces, promised pieces, damaged pieces; above zero they come."""

    variant_id: UUID
    location_id: UUID
    good: int = 0
    reserved: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A level as `hold` needs it."""

    id: UUID
    variant_id: UUID
    location_id: UUID
    product_id: UUID
    location: str
    free: int  # when it was read, without a lock


@dataclass(frozen=True, slots=True)
class Band:
    """What can be promised of a variant before and after."""

    product_id: UUID
    variant_id: UUID
    before: int
    after: int


def place_of(code: str) -> UUID:
    """The location of that code. Raises StockProblem where there is none."""
    found = Location.objects.filter(code=code).values_list("id", flat=True).first()
    if found is None:
        raise StockProblem(_("There is no location %(code)s.") % {"code": code}, location=code)
    return found


def lock(variant_ids: Iterable[UUID]) -> list[StockLevel]:
    """The levels of the variants, locked in the one order."""
    rows = StockLevel.objects.select_for_update().filter(variant_id__in=list(variant_ids))
    return list(rows.order_by("variant_id", "location_id"))


def free_levels(variant_ids: Iterable[UUID]) -> list[Level]:
    """The levels of the variants, not locked."""
    rows = StockLevel.objects.filter(variant_id__in=list(variant_ids)).order_by("location_id")
    columns = "id", "variant_id", "location_id", "variant__product_id", "location__code"
    return [Level(*row) for row in rows.values_list(*columns, F("on_hand") - F("reserved"))]


def book(
    changes: Sequence[Change], *, kind: str, reference: UUID | None = None, reason: str = "", quiet: bool = False
) -> None:
    """Change levels and write the ledger in one statement; the levels must be locked. Tells new bands unless `quiet`.

    Reservations alone write no line: they move no goods.
    """
    merged = _merged(changes)
    if not merged:
        return
    before = [] if quiet else lock({change.variant_id for change in merged})
    lines = [
        (change, grade, pieces)
        for change in merged
        for grade, pieces in ((Grade.GOOD, change.good), (Grade.DAMAGED, change.damaged))
        if pieces
    ]
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _BOOK,
            [
                [new_id() for _each in merged], [each.variant_id for each in merged],
                [each.location_id for each in merged], [each.good for each in merged],
                [each.reserved for each in merged], [each.damaged for each in merged],
                [new_id() for _each in lines], [each.variant_id for each, _g, _n in lines],
                [each.location_id for each, _g, _n in lines], [str(kind)] * len(lines),
                [str(grade) for _each, grade, _n in lines], [pieces for _each, _g, pieces in lines],
                [reference] * len(lines), [reason] * len(lines), [now] * len(lines),
            ],
        )  # fmt: skip
    if not quiet:
        gains: dict[UUID, int] = {}
        for change in merged:
            gains[change.variant_id] = gains.get(change.variant_id, 0) + change.good - change.reserved
        tell_gains(before, gains)


def _merged(changes: Iterable[Change]) -> list[Change]:
    """One change a level, in the order of the locks, those that change nothing left out."""
    sums: dict[tuple[UUID, UUID], tuple[int, int, int]] = {}
    for each in changes:
        good, reserved, damaged = sums.get((each.variant_id, each.location_id), (0, 0, 0))
        sums[each.variant_id, each.location_id] = good + each.good, reserved + each.reserved, damaged + each.damaged
    return [Change(*key, *counts) for key, counts in sorted(sums.items()) if any(counts)]


def tell_gains(before: Iterable[StockLevel], gains: Mapping[UUID, int]) -> None:
    """Tell the bands that change when so many pieces more can be promised than in these levels."""
    free = dict.fromkeys(gains, 0)
    for level in before:
        if level.variant_id in free:
            free[level.variant_id] += level.on_hand - level.reserved
    moved = [v for v, gain in gains.items() if queries.band(free[v]) != queries.band(free[v] + gain)]
    if moved:
        products = catalog.products_of_variants(moved)
        tell_bands(Band(products[v], v, free[v], free[v] + gains[v]) for v in moved)


def tell_bands(changes: Iterable[Band]) -> None:
    """Tell those that are in another band than before."""
    for each in changes:
        band = queries.band(each.after)
        if band != queries.band(each.before):
            tell(AvailabilityChanged(product_id=each.product_id, variant_id=each.variant_id, band=band))

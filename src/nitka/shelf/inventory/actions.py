"""What can be done with stock.

Locks are always taken in one order: the reference, then levels by (variant, location). A variant that lies at one
place is guarded by the UPDATE itself; one at several is locked as a whole, so that the sum over places is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.shelf.inventory import queries
from nitka.shelf.inventory.facts import AvailabilityChanged
from nitka.shelf.inventory.models import Adjustment, Hold, Location, StockLevel

State = Hold.State


class StockProblem(Problem):
    """Stock cannot be changed that way."""

    code = "stock_problem"


class OutOfStock(StockProblem):
    """Fewer pieces can be promised than were asked for."""

    code = "out_of_stock"

    def __init__(self, *, variant_id: UUID, available: int) -> None:
        message = (
            ngettext("Only %(n)d piece is left.", "Only %(n)d pieces are left.", available) % {"n": available}
            if available
            else _("This is sold out.")
        )
        super().__init__(message, variant_id=str(variant_id), available=available)
        self.variant_id, self.available = variant_id, available


class NothingHeld(StockProblem):
    """The reference has no goods in the state that the verb needs."""

    code = "nothing_held"


class GoodsLeft(StockProblem):
    """The goods have left already; they come back by `restock`."""

    code = "goods_left"


class AlreadyHeld(StockProblem):
    """The reference holds other goods than these."""

    code = "already_held"


@transaction.atomic
def put_location(*, code: str, name: str, country: str, zone: str) -> UUID:
    """Make or change a place that holds goods, found by its code. `zone` is an IANA name."""
    clock.zone(zone)
    values = {"name": name, "country": country.upper(), "zone": zone}
    location, _made = Location.objects.update_or_create(code=code, defaults=values)
    return location.id


@transaction.atomic
def set_stock(*, levels: Sequence[tuple[UUID, str, int]], history: bool = False) -> int:
    """Write how many pieces lie where: (variant, code of the location, on hand). Returns how many levels changed.

    For any number of levels. With `history` nothing is told: whoever imports rebuilds what depends on it. Raises
    StockProblem for an unknown location, or for a level below what is promised to customers.
    """
    places = dict(Location.objects.values_list("code", "id"))
    if unknown := sorted({code for _variant, code, _on_hand in levels} - places.keys()):
        raise StockProblem(_("There is no location %(code)s.") % {"code": unknown[0]}, location=unknown[0])
    target = {(variant, places[code]): on_hand for variant, code, on_hand in levels}
    before = {(level.variant_id, level.location_id): level for level in _lock({variant for variant, _p in target})}
    _refuse_below_promised(target, before)
    changed = {
        key: on_hand for key, on_hand in sorted(target.items()) if key not in before or before[key].on_hand != on_hand
    }
    _write_levels(changed)
    if not history:
        gains: dict[UUID, int] = {}
        for key, on_hand in changed.items():
            gains[key[0]] = gains.get(key[0], 0) + on_hand - (before[key].on_hand if key in before else 0)
        _tell_new_bands(before.values(), gains)
    return len(changed)


def _refuse_below_promised(
    target: Mapping[tuple[UUID, UUID], int], before: Mapping[tuple[UUID, UUID], StockLevel]
) -> None:
    for key, on_hand in target.items():
        if on_hand < 0:
            raise StockProblem(_("Stock cannot be below zero."), variant_id=str(key[0]))
        promised = before[key].reserved if key in before else 0
        if on_hand < promised:
            raise StockProblem(
                ngettext(
                    "%(n)d piece is promised to customers; cancel orders before you lower the stock.",
                    "%(n)d pieces are promised to customers; cancel orders before you lower the stock.",
                    promised,
                )
                % {"n": promised},
                variant_id=str(key[0]),
                reserved=promised,
            )


def _write_levels(levels: Mapping[tuple[UUID, UUID], int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inventory_levels (id, variant_id, location_id, on_hand, reserved)"
            " SELECT *, 0 FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::int[])"
            " ON CONFLICT (variant_id, location_id) DO UPDATE SET on_hand = EXCLUDED.on_hand",
            [[new_id() for _key in levels], [key[0] for key in levels], [key[1] for key in levels], [*levels.values()]],
        )


@transaction.atomic
def adjust_stock(*, variant_id: UUID, location: str, by: int, reason: str) -> int:
    """Add (or, below zero, take away) pieces that were found, broken or counted anew. Returns what is on hand now.

    Raises StockProblem for an unknown location, or where fewer would be left than are promised to customers.
    """
    place = Location.objects.filter(code=location).first()
    if place is None:
        raise StockProblem(_("There is no location %(code)s.") % {"code": location}, location=location)
    on_hand = next((each.on_hand for each in _lock([variant_id]) if each.location_id == place.id), 0)
    set_stock(levels=[(variant_id, location, on_hand + by)])
    Adjustment.objects.create(variant_id=variant_id, location=place, by=by, reason=reason)
    return on_hand + by


@transaction.atomic
def hold(*, reference: UUID, lines: Mapping[UUID, int], until: datetime | None) -> None:
    """Keep goods for a reference, all or nothing: pieces by variant, until a moment or (None) until it is told.

    Does nothing where the reference holds (or has taken) just these. Goods that were released may be held again.
    Each variant comes from the location that has most of it, and from the next ones if that is too little. Raises
    OutOfStock for the first variant by key that is short, AlreadyHeld where the reference holds something else.
    """
    if not lines or min(lines.values()) < 1:
        raise ValueError("A hold keeps at least one piece of each variant.")
    _one_at_a_time(reference)
    if _stands(reference, lines):
        return
    levels: dict[UUID, list[_Level]] = {}
    for row in _free_levels(lines):
        levels.setdefault(row.variant_id, []).append(row)
    holds: list[Hold] = []
    moves: list[_Move] = []
    for variant_id in sorted(lines):
        move, parts = _reserve(variant_id, lines[variant_id], levels.get(variant_id, []))
        moves.append(move)
        holds += [
            Hold(reference=reference, variant_id=variant_id, location_id=place, quantity=n, expires_at=until)
            for place, n in parts
        ]
    Hold.objects.bulk_create(holds)
    _tell_moves(moves)


@transaction.atomic
def extend_hold(*, reference: UUID, until: datetime | None) -> None:
    """Keep what is held for longer, or (None) until it is told. Raises NothingHeld where nothing is held any more."""
    if not Hold.objects.filter(reference=reference, state=State.HELD).update(expires_at=until):
        raise NothingHeld(_("The goods are not kept for this order any more."))


@transaction.atomic
def release(*, reference: UUID) -> None:
    """Give held goods back to the shelf. Does nothing the second time, or where nothing was held.

    Raises GoodsLeft where the goods were taken: those come back by `restock`.
    """
    if not _end_holds(reference, from_state=State.HELD, to_state=State.RELEASED, on_hand=0, reserved=-1) and (
        Hold.objects.filter(reference=reference, state=State.TAKEN).exists()
    ):
        raise GoodsLeft(_("These goods have left the warehouse already."))


@transaction.atomic
def take(*, reference: UUID) -> None:
    """The held goods leave the warehouse. Does nothing the second time; raises NothingHeld where they were released."""
    if not _end_holds(reference, from_state=State.HELD, to_state=State.TAKEN, on_hand=-1, reserved=-1) and (
        not Hold.objects.filter(reference=reference, state__in=[State.TAKEN, State.RESTOCKED]).exists()
    ):
        raise NothingHeld(_("The goods are not kept for this order any more."))


@transaction.atomic
def restock(*, reference: UUID) -> None:
    """Goods that were taken are back on the shelf. Does nothing the second time; raises NothingHeld if none left."""
    if not _end_holds(reference, from_state=State.TAKEN, to_state=State.RESTOCKED, on_hand=1, reserved=0) and (
        not Hold.objects.filter(reference=reference, state=State.RESTOCKED).exists()
    ):
        raise NothingHeld(_("No goods of this order have left the warehouse."))


@dataclass(frozen=True, slots=True)
class _Level:
    id: UUID
    variant_id: UUID
    location_id: UUID
    product_id: UUID


@dataclass(frozen=True, slots=True)
class _Move:
    product_id: UUID
    variant_id: UUID
    before: int
    after: int


def _one_at_a_time(reference: UUID) -> None:
    # Rows of the reference may not exist yet, so there is nothing else to lock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hold {reference}"])


def _stands(reference: UUID, lines: Mapping[UUID, int]) -> bool:
    standing: dict[UUID, int] = {}
    rows = Hold.objects.filter(reference=reference, state__in=[State.HELD, State.TAKEN])
    for variant_id, quantity in rows.values_list("variant_id", "quantity"):
        standing[variant_id] = standing.get(variant_id, 0) + quantity
    if standing and standing != dict(lines):
        raise AlreadyHeld(_("Other goods are kept for this order already; release them first."))
    return bool(standing)


def _free_levels(variant_ids: Iterable[UUID]) -> list[_Level]:
    rows = StockLevel.objects.filter(variant_id__in=list(variant_ids)).order_by("location_id")
    return [_Level(*row) for row in rows.values_list("id", "variant_id", "location_id", "variant__product_id")]


def _reserve(variant_id: UUID, quantity: int, levels: list[_Level]) -> tuple[_Move, list[tuple[UUID, int]]]:
    if len(levels) == 1:
        left = _guarded_update(levels[0].id, quantity)
        if left is None:
            raise OutOfStock(variant_id=variant_id, available=queries.available([variant_id])[variant_id])
        parts = [(levels[0].location_id, quantity)]
    else:
        locked = _lock([variant_id])
        free = [level.on_hand - level.reserved for level in locked]
        if sum(free) < quantity:
            raise OutOfStock(variant_id=variant_id, available=sum(free))
        parts = []
        for level, part in zip(locked, fill(quantity, free), strict=True):
            if part and _guarded_update(level.id, part) is not None:
                parts.append((level.location_id, part))
        left = sum(free) - quantity
    return _Move(levels[0].product_id, variant_id, left + quantity, left), parts


def fill(quantity: int, free: Sequence[int]) -> list[int]:
    """How many pieces come from each place: from the fullest first, ties from the first; they must suffice."""
    parts = [0] * len(free)
    for place in sorted(range(len(free)), key=lambda i: (-free[i], i)):
        parts[place] = min(quantity, max(0, free[place]))
        quantity -= parts[place]
    return parts


def _guarded_update(level_id: UUID, quantity: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inventory_levels SET reserved = reserved + %s WHERE id = %s AND on_hand - reserved >= %s"
            " RETURNING on_hand - reserved",
            [quantity, level_id, quantity],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _lock(variant_ids: Iterable[UUID]) -> list[StockLevel]:
    rows = StockLevel.objects.select_for_update().filter(variant_id__in=list(variant_ids))
    return list(rows.order_by("variant_id", "location_id"))


def _end_holds(reference: UUID, *, from_state: str, to_state: str, on_hand: int, reserved: int) -> int:
    """Move the holds of a reference to their next state, and stock with them (`on_hand`, `reserved`: -1, 0 or 1)."""
    rows = Hold.objects.select_for_update().filter(reference=reference, state=from_state)
    holds = list(rows.order_by("variant_id", "location_id"))
    if not holds:
        return 0
    levels = _lock({each.variant_id for each in holds})
    at = {(level.variant_id, level.location_id): level for level in levels}
    for each in holds:
        level = at[each.variant_id, each.location_id]
        StockLevel.objects.filter(id=level.id).update(
            on_hand=F("on_hand") + on_hand * each.quantity, reserved=F("reserved") + reserved * each.quantity
        )
    Hold.objects.filter(id__in=[each.id for each in holds]).update(state=to_state, changed_at=clock.now())
    gains: dict[UUID, int] = {}
    for each in holds:
        gains[each.variant_id] = gains.get(each.variant_id, 0) + (on_hand - reserved) * each.quantity
    _tell_new_bands(levels, gains)
    return len(holds)


def _tell_new_bands(before: Iterable[StockLevel], gains: Mapping[UUID, int]) -> None:
    free = dict.fromkeys(gains, 0)
    for level in before:
        if level.variant_id in free:
            free[level.variant_id] += level.on_hand - level.reserved
    moved = [v for v, gain in gains.items() if queries.band(free[v]) != queries.band(free[v] + gain)]
    if moved:
        products = {level.variant_id: level.product_id for level in _free_levels(moved)}
        _tell_moves(_Move(products[v], v, free[v], free[v] + gains[v]) for v in moved)


def _tell_moves(moves: Iterable[_Move]) -> None:
    for move in moves:
        band = queries.band(move.after)
        if band != queries.band(move.before):
            tell(AvailabilityChanged(product_id=move.product_id, variant_id=move.variant_id, band=band))

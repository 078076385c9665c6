"""Goods that are kept for somebody, and let go.

A variant that lies at one place is guarded by the UPDATE itself; one at several is locked as a whole, so that the sum
over places is exact. A hold writes no line of the ledger: nothing moves before the goods leave.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.shelf.inventory import levels, queries
from nitka.shelf.inventory.models import Hold
from nitka.shelf.inventory.problems import AlreadyHeld, GoodsLeft, NothingHeld, OutOfStock

State = Hold.State
# Codes of locations, or how to choose them from the free pieces by location and variant. The chooser is asked only
# where a variant lies at several places, and only advises: what is taken is guarded by the levels' own locks.
Preferred = Sequence[str] | Callable[[Mapping[str, Mapping[UUID, int]]], Sequence[str]]


@transaction.atomic
def hold(
    *, reference: UUID, lines: Mapping[UUID, int], until: datetime | None, prefer: Preferred = ()
) -> None:  # fmt: skip
    """Keep goods for a reference, all or nothing: pieces by variant, until a moment or (None) until it is told.

    Does nothing where the reference holds (or has taken) just these. Goods that were released may be held again.
    Each variant comes from the locations that are preferred (codes, first of all the first), then from the one that
    has most of it, and from the next ones if that is too little. Raises OutOfStock for the first variant by key that
    is short, AlreadyHeld where the reference holds something else.
    """
    if not lines or min(lines.values()) < 1:
        raise ValueError("A hold keeps at least one piece of each variant.")
    one_at_a_time(reference)
    if _stands(reference, lines):
        return
    _keep(reference, lines, until, prefer)


@transaction.atomic
def hold_again(
    *, reference: UUID, lines: Mapping[UUID, int], until: datetime | None, prefer: Preferred = ()
) -> None:  # fmt: skip
    """Change what is kept for a reference to just these pieces, all or nothing: an order was changed.

    What was taken already is not touched and not counted. What is still wanted stays where it lies; what is not goes
    back to the shelf. No pieces at all release everything. Raises OutOfStock, and then nothing has changed.
    """
    one_at_a_time(reference)
    held = list(Hold.objects.filter(reference=reference, state=State.HELD).order_by("variant_id", "-quantity"))
    levels.lock({each.variant_id for each in held} | set(lines))
    wanted = {variant_id: pieces for variant_id, pieces in lines.items() if pieces > 0}
    give_back, ended = [], []
    for each in held:
        keep = min(each.quantity, wanted.get(each.variant_id, 0))
        wanted[each.variant_id] = wanted.get(each.variant_id, 0) - keep
        if keep < each.quantity:
            give_back.append(levels.Change(each.variant_id, each.location_id, reserved=keep - each.quantity))
            ended.append((each, keep))
    levels.book(give_back, kind="")
    now = clock.now()
    for each, keep in ended:
        rest = {"quantity": keep} if keep else {"state": State.RELEASED}
        Hold.objects.filter(id=each.id).update(changed_at=now, **rest)
    Hold.objects.filter(reference=reference, state=State.HELD).update(expires_at=until)
    if more := {variant_id: pieces for variant_id, pieces in wanted.items() if pieces > 0}:
        standing = Hold.objects.filter(reference=reference, state=State.HELD)
        _keep(reference, more, until, prefer, {(each.variant_id, each.location_id): each for each in standing})


def extend_hold(*, reference: UUID, until: datetime | None) -> None:
    """Keep what is held for longer, or (None) until it is told. Raises NothingHeld where nothing is held any more."""
    if not Hold.objects.filter(reference=reference, state=State.HELD).update(expires_at=until):
        raise NothingHeld(_("The goods are not kept for this order any more."))


@transaction.atomic(savepoint=False)
def hold_first(
    *, reference: UUID, lines: Mapping[UUID, int], until: datetime | None, prefer: Preferred = ()
) -> None:  # fmt: skip
    """`hold` for a reference that the caller has made in this very transaction: nobody else can know of it, so
    nobody is asked. OutOfStock ends the caller's transaction (or its savepoint) as a whole."""
    if not lines or min(lines.values()) < 1:
        raise ValueError("A hold keeps at least one piece of each variant.")
    _keep(reference, lines, until, prefer)


@transaction.atomic
def release(*, reference: UUID) -> None:
    """Give held goods back to the shelf. Does nothing the second time, or where nothing was held.

    Raises GoodsLeft where the goods were taken: those come back by `restock`. After a partial `take` it gives back
    what is still held.
    """
    rows = Hold.objects.select_for_update().filter(reference=reference, state=State.HELD)
    held = list(rows.order_by("variant_id", "location_id"))
    if not held:
        if Hold.objects.filter(reference=reference, state=State.TAKEN).exists():
            raise GoodsLeft(_("These goods have left the warehouse already."))
        return
    levels.book([levels.Change(each.variant_id, each.location_id, reserved=-each.quantity) for each in held], kind="")
    Hold.objects.filter(id__in=[each.id for each in held]).update(state=State.RELEASED, changed_at=clock.now())


def one_at_a_time(reference: UUID) -> None:
    """Whoever else does something with the goods of this reference waits."""
    # Rows of the reference may not exist yet, so there is nothing else to lock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hold {reference}"])


def fill(quantity: int, free: Sequence[int], first: Sequence[int] = ()) -> list[int]:
    """How many pieces come from each place: from the `first` places in their order, then from the fullest first, ties
    from the first; they must suffice."""
    parts = [0] * len(free)
    rest = sorted(set(range(len(free))) - set(first), key=lambda i: (-free[i], i))
    for place in [*first, *rest]:
        parts[place] = min(quantity, max(0, free[place]))
        quantity -= parts[place]
    return parts


def _stands(reference: UUID, lines: Mapping[UUID, int]) -> bool:
    standing: dict[UUID, int] = {}
    rows = Hold.objects.filter(reference=reference, state__in=[State.HELD, State.TAKEN])
    for variant_id, quantity in rows.values_list("variant_id", "quantity"):
        standing[variant_id] = standing.get(variant_id, 0) + quantity
    if standing and standing != dict(lines):
        raise AlreadyHeld(_("Other goods are kept for this order already; release them first."))
    return bool(standing)


def _keep(
    reference: UUID, lines: Mapping[UUID, int], until: datetime | None, prefer: Preferred,
    standing: Mapping[tuple[UUID, UUID], Hold] = MappingProxyType({}),
) -> None:  # fmt: skip
    found: dict[UUID, list[levels.Level]] = {}
    for row in levels.free_levels(lines):
        found.setdefault(row.variant_id, []).append(row)
    # Where each variant lies at one place the holds are written first, so that others wait for its level no longer than
    # from the guarded update to the commit: a hot item is sold by many at once.
    simple = not standing and all(len(found.get(variant_id, ())) == 1 for variant_id in lines)
    if simple:
        _write_holds(reference, {(v, found[v][0].location_id): n for v, n in lines.items()}, until)
    codes = _chosen(prefer, [] if simple else [each for some in found.values() for each in some])
    bands: list[levels.Band] = []
    kept: dict[tuple[UUID, UUID], int] = {}
    for variant_id in sorted(lines):
        band, parts = _reserve(variant_id, lines[variant_id], found.get(variant_id, []), codes)
        bands.append(band)
        kept |= {(variant_id, place): pieces for place, pieces in parts}
    if not simple:
        _write_holds(reference, {key: pieces for key, pieces in kept.items() if key not in standing}, until)
    for key in kept.keys() & standing.keys():
        Hold.objects.filter(id=standing[key].id).update(quantity=standing[key].quantity + kept[key])
    levels.tell_bands(bands)


def _chosen(prefer: Preferred, there: Sequence[levels.Level]) -> Sequence[str]:
    if not callable(prefer):
        return prefer
    free: dict[str, dict[UUID, int]] = {}
    for level in there:
        free.setdefault(level.location, {})[level.variant_id] = max(0, level.free)
    return prefer(free) if len(free) > 1 else ()


def _write_holds(reference: UUID, parts: Mapping[tuple[UUID, UUID], int], until: datetime | None) -> None:
    Hold.objects.bulk_create(
        Hold(reference=reference, variant_id=variant_id, location_id=place, quantity=pieces, expires_at=until)
        for (variant_id, place), pieces in parts.items()
    )


def _reserve(
    variant_id: UUID, quantity: int, there: list[levels.Level], prefer: Sequence[str]
) -> tuple[levels.Band, list[tuple[UUID, int]]]:
    if len(there) == 1:
        left = _guarded_update(there[0].id, quantity)
        if left is None:
            raise OutOfStock(variant_id=variant_id, available=queries.available([variant_id])[variant_id])
        parts = [(there[0].location_id, quantity)]
    else:
        locked = levels.lock([variant_id])
        free = [level.on_hand - level.reserved for level in locked]
        if sum(free) < quantity:
            raise OutOfStock(variant_id=variant_id, available=sum(free))
        codes = {each.location_id: each.location for each in there}
        at = {codes.get(level.location_id, ""): place for place, level in enumerate(locked)}
        first = [at[code] for code in dict.fromkeys(prefer) if code in at]
        parts = []
        for level, part in zip(locked, fill(quantity, free, first), strict=True):
            if part and _guarded_update(level.id, part) is not None:
                parts.append((level.location_id, part))
        left = sum(free) - quantity
    return levels.Band(there[0].product_id, variant_id, left + quantity, left), parts


def _guarded_update(level_id: UUID, quantity: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inventory_levels SET reserved = reserved + %s WHERE id = %s AND on_hand - reserved >= %s"
            " RETURNING on_hand - reserved",
            [quantity, level_id, quantity],
        )
        row = cursor.fetchone()
    return row[0] if row else None

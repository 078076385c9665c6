"""Places, and goods that come, move, are counted and graded."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import clock
from nitka.shelf.inventory import levels
from nitka.shelf.inventory.levels import Change, Grade, Kind
from nitka.shelf.inventory.models import Location, StockLevel
from nitka.shelf.inventory.problems import StockProblem


@transaction.atomic
def put_location(*, code: str, name: str, country: str, zone: str) -> UUID:
    """Make or change a place that holds goods, found by its code. `zone` is an IANA name."""
    clock.zone(zone)
    values = {"name": name, "country": country.upper(), "zone": zone}
    location, _made = Location.objects.update_or_create(code=code, defaults=values)
    return location.id


@transaction.atomic
def set_stock(*, levels: Sequence[tuple[UUID, str, int]], history: bool = False) -> int:
    """Write how many good pieces lie where: (variant, code of the location, on hand). Returns how many levels changed.

    For any number of levels. With `history` nothing is told: whoever imports rebuilds what depends on it. Raises
    StockProblem for an unknown location, or for a level below what is promised to customers.
    """
    places = dict(Location.objects.values_list("code", "id"))
    if unknown := sorted({code for _variant, code, _on_hand in levels} - places.keys()):
        raise StockProblem(_("There is no location %(code)s.") % {"code": unknown[0]}, location=unknown[0])
    target = {(variant, places[code]): on_hand for variant, code, on_hand in levels}
    before = {(each.variant_id, each.location_id): each for each in _lock({variant for variant, _p in target})}
    changes = []
    for key, on_hand in target.items():
        there = before.get(key)
        _refuse_below_promised(key[0], on_hand, there.reserved if there else 0)
        if there is None or there.on_hand != on_hand:
            changes.append(Change(*key, good=on_hand - (there.on_hand if there else 0)))
    empty = [Change(*key) for key, on_hand in target.items() if not on_hand and key not in before]
    StockLevel.objects.bulk_create(
        [StockLevel(variant_id=each.variant_id, location_id=each.location_id) for each in empty], ignore_conflicts=True
    )
    _book(changes, kind=Kind.COUNT, quiet=history)
    return len(changes)


@transaction.atomic
def adjust_stock(*, variant_id: UUID, location: str, by: int, reason: str) -> int:
    """Add (or, below zero, take away) good pieces that were found, broken or counted anew. Returns what is on hand now.

    Raises StockProblem for an unknown location, or where fewer would be left than are promised to customers.
    """
    place = levels.place_of(location)
    there = _level(variant_id, place)
    on_hand = (there.on_hand if there else 0) + by
    _refuse_below_promised(variant_id, on_hand, there.reserved if there else 0)
    levels.book([Change(variant_id, place, good=by)], kind=Kind.ADJUSTMENT, reason=reason)
    return on_hand


@transaction.atomic
def receive(
    *, lines: Mapping[UUID, int], location: str, reference: UUID | None = None, reason: str = "",
    grade: str = Grade.GOOD,
) -> None:  # fmt: skip
    """Goods arrived from a supplier: pieces by variant. Damaged ones are kept apart and never sold.

    Each call receives anew; whoever may call twice guards it (a purchase order does). Refuses nothing and less.
    """
    if not lines or min(lines.values()) < 1:
        raise StockProblem(_("Say how many pieces arrived: at least one."))
    place = levels.place_of(location)
    good = grade == Grade.GOOD
    changes = [
        Change(variant_id, place, good=pieces if good else 0, damaged=0 if good else pieces)
        for variant_id, pieces in lines.items()
    ]
    levels.book(changes, kind=Kind.RECEIPT, reference=reference, reason=reason)


@transaction.atomic
def transfer(*, variant_id: UUID, pieces: int, source: str, target: str, reason: str = "") -> None:
    """Carry good pieces from one location to another. Refuses more than is free there: promised pieces stay."""
    here, there = levels.place_of(source), levels.place_of(target)
    level = _level(variant_id, here)
    _refuse_more_than(level.on_hand - level.reserved if level else 0, pieces)
    if here != there:
        levels.book(
            [Change(variant_id, here, good=-pieces), Change(variant_id, there, good=pieces)],
            kind=Kind.TRANSFER, reason=reason,
        )  # fmt: skip


@transaction.atomic
def grade_stock(*, variant_id: UUID, location: str, pieces: int, to: str, reason: str) -> None:
    """Grade pieces that lie at a location anew: good ones as `damaged`, damaged ones as `good`, or damaged ones as
    `gone` (thrown away). Refuses more than lie there free."""
    place = levels.place_of(location)
    level = _level(variant_id, place)
    if to == Grade.DAMAGED:
        _refuse_more_than(level.on_hand - level.reserved if level else 0, pieces)
        change = Change(variant_id, place, good=-pieces, damaged=pieces)
    elif to in (Grade.GOOD, "gone"):
        _refuse_more_than(level.damaged if level else 0, pieces)
        change = Change(variant_id, place, good=pieces if to == Grade.GOOD else 0, damaged=-pieces)
    else:
        raise StockProblem(_("Goods can be graded as good, damaged or gone."), grade=to)
    levels.book([change], kind=Kind.GRADE, reason=reason)


# `levels` is a word of set_stock's own door.
_lock, _book = levels.lock, levels.book


def _level(variant_id: UUID, place: UUID) -> StockLevel | None:
    return next((each for each in levels.lock([variant_id]) if each.location_id == place), None)


def _refuse_more_than(free: int, pieces: int) -> None:
    if pieces < 1 or pieces > free:
        raise StockProblem(
            ngettext("Only %(n)d free piece lies there.", "Only %(n)d free pieces lie there.", free) % {"n": free},
            available=free,
        )


def _refuse_below_promised(variant_id: UUID, on_hand: int, promised: int) -> None:
    if on_hand < 0:
        raise StockProblem(_("Stock cannot be below zero."), variant_id=str(variant_id))
    if on_hand < promised:
        raise StockProblem(
            ngettext(
                "%(n)d piece is promised to customers; cancel orders before you lower the stock.",
                "%(n)d pieces are promised to customers; cancel orders before you lower the stock.",
                promised,
            )
            % {"n": promised},
            variant_id=str(variant_id),
            reserved=promised,
        )

"""Goods that leave for somebody, and come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.inventory import levels
from nitka.shelf.inventory.actions.holding import one_at_a_time
from nitka.shelf.inventory.levels import Grade, Kind
from nitka.shelf.inventory.models import Hold
from nitka.shelf.inventory.problems import NothingHeld, StockProblem

State = Hold.State


@dataclass(frozen=True, slots=True)
class _Part:
    hold: Hold
    pieces: int


@transaction.atomic
def take(*, reference: UUID, lines: Mapping[UUID, int] | None = None, location: str | None = None) -> None:
    """The held goods leave the warehouse: all of them, or so many pieces of each variant, from one location or any.

    Without `lines` it does nothing the second time, and raises NothingHeld where the goods were released. With `lines`
    each call takes that many more, and NothingHeld is raised where fewer are held (there): nothing is taken then.
    """
    one_at_a_time(reference)
    place = levels.place_of(location) if location else None
    parts = _parts(reference, State.HELD, lines, place)
    if parts:
        levels.book(
            [levels.Change(each.hold.variant_id, each.hold.location_id, -each.pieces, -each.pieces) for each in parts],
            kind=Kind.SALE,
            reference=reference,
        )
        _turn(parts, State.TAKEN)
    elif not Hold.objects.filter(reference=reference, state__in=[State.TAKEN, State.RESTOCKED]).exists():
        raise NothingHeld(_("The goods are not kept for this order any more."))


@transaction.atomic
def restock(
    *, reference: UUID, lines: Mapping[UUID, int] | None = None, grade: str = Grade.GOOD, location: str | None = None
) -> None:
    """Goods that were taken came back: all of them, or so many pieces of each variant, to where they lay before or to
    one location. Graded `damaged` they lie there too, but are never sold.

    Without `lines` it does nothing the second time; raises NothingHeld where none (or, with `lines`, too few) left.
    """
    if grade not in Grade.values:
        raise StockProblem(_("Goods that come back are good or damaged."), grade=grade)
    one_at_a_time(reference)
    place = levels.place_of(location) if location else None
    parts = _parts(reference, State.TAKEN, lines, None)
    if parts:
        good = grade == Grade.GOOD
        levels.book(
            [
                levels.Change(
                    each.hold.variant_id, place or each.hold.location_id,
                    good=each.pieces if good else 0, damaged=0 if good else each.pieces,
                )
                for each in parts
            ],
            kind=Kind.RETURN,
            reference=reference,
        )  # fmt: skip
        _turn(parts, State.RESTOCKED)
    elif not Hold.objects.filter(reference=reference, state=State.RESTOCKED).exists():
        raise NothingHeld(_("No goods of this order have left the warehouse."))


def _parts(
    reference: UUID, state: str, lines: Mapping[UUID, int] | None, place: UUID | None
) -> list[_Part]:  # fmt: skip
    """The holds in that state, or as much of them as `lines` asks for; nothing where nothing is left and all is
    wanted."""
    rows = Hold.objects.select_for_update().filter(reference=reference, state=state)
    if place is not None:
        rows = rows.filter(location_id=place)
    holds = list(rows.order_by("variant_id", "location_id", "id"))
    if lines is None:
        return [_Part(each, each.quantity) for each in holds]
    if not lines or min(lines.values()) < 1:
        raise ValueError("At least one piece of each variant.")
    left = dict(lines)
    parts = []
    for each in holds:
        pieces = min(each.quantity, left.get(each.variant_id, 0))
        if pieces:
            left[each.variant_id] -= pieces
            parts.append(_Part(each, pieces))
    if short := {variant_id: pieces for variant_id, pieces in left.items() if pieces}:
        variant_id = min(short)
        raise NothingHeld(
            _("Fewer pieces than that belong to this order there; look at what is still open."),
            variant_id=str(variant_id), short=short[variant_id],
        )  # fmt: skip
    return parts


def _turn(parts: Sequence[_Part], state: str) -> None:
    """Whole rows go into their next state; of others the moved pieces become a row of their own."""
    now = clock.now()
    whole = [each.hold.id for each in parts if each.pieces == each.hold.quantity]
    Hold.objects.filter(id__in=whole).update(state=state, changed_at=now)
    split = [each for each in parts if each.pieces < each.hold.quantity]
    for each in split:
        Hold.objects.filter(id=each.hold.id).update(quantity=each.hold.quantity - each.pieces, changed_at=now)
    Hold.objects.bulk_create(
        Hold(
            id=new_id(), reference=each.hold.reference, variant_id=each.hold.variant_id,
            location_id=each.hold.location_id, quantity=each.pieces, state=state, made_at=each.hold.made_at,
        )
        for each in split
    )  # fmt: skip

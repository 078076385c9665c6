"""Which promotions a cart gets: lane after lane, each on what the ones before left.

In a lane that takes the best, the one that saves most counts (of equal ones the first by priority). In one where each
product gets its best, the one that takes most of its goods' price comes first, and the others get the goods that it
left. In one that takes all, they follow each other by priority until one stops the lane. A promotion that stands alone
is weighed against all others together. Delivery promotions are only gathered here, since they count by the option that
is chosen; in a lane that takes the best they count where nothing of that lane makes goods cheaper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from nitka.shelf.pricing.promotions import benefits
from nitka.shelf.pricing.promotions.benefits import Cut
from nitka.shelf.pricing.promotions.conditions import Moment, Unmet, unmet
from nitka.shelf.pricing.promotions.rules import DELIVERY, GIFT, Book, LaneView, Rule
from nitka.shelf.pricing.promotions.shelf import Shelf

_NOTHING: Unmet = ("nothing", None)
_SPENT: Unmet = ("spent", None)


@dataclass(frozen=True, slots=True)
class Given:
    """A promotion that the cart gets, what it takes off, and from which items."""

    rule: Rule
    minor: int
    parts: Sequence[tuple[int, int]] = ()


@dataclass(slots=True)
class Outcome:
    """What came of all promotions. `starts` is what goods cost where each lane began, `winners` who leads it."""

    left: list[int]
    given: list[Given] = field(default_factory=list)
    gifts: list[Given] = field(default_factory=list)
    delivery: list[tuple[LaneView, Rule]] = field(default_factory=list)
    starts: dict[str, list[int]] = field(default_factory=dict)
    winners: dict[str, Given] = field(default_factory=dict)
    refused: dict[UUID, Unmet] = field(default_factory=dict)
    beaten_by: dict[UUID, Rule] = field(default_factory=dict)
    locked: dict[str, set[int]] = field(default_factory=dict)

    @property
    def saved(self) -> int:
        """What goods and gifts save."""
        return sum(each.minor for each in (*self.given, *self.gifts))

    def has(self, rule: Rule) -> bool:
        """Whether the cart gets it."""
        ids = [each.rule.id for each in (*self.given, *self.gifts)] + [each.id for _lane, each in self.delivery]
        return rule.id in ids


@dataclass(frozen=True, slots=True)
class Sale:
    """What promotions are asked for: goods, moment, prices of the gifts that there are."""

    shelf: Shelf
    moment: Moment
    gifts: Mapping[UUID, int] = field(default_factory=dict)

    def worth(self, rule: Rule, left: Sequence[int], shelf: Shelf | None = None) -> Cut | Unmet:
        """What it takes off now; or why nothing: no goods for it, or its budget does not reach."""
        if rule.benefit.kind == GIFT:
            price = self.gifts.get(rule.benefit.variant) if rule.benefit.variant else None
            found = Cut((price or 0) * rule.benefit.pieces, ())
            if price is None:
                return _NOTHING
        else:
            found = benefits.cut(rule, shelf or self.shelf, left, self.moment.currency)
            if found.minor <= 0:
                return _NOTHING
        if rule.budgets is not None and found.minor > rule.budgets.get(self.moment.currency, 0):
            return _SPENT
        return found


def run(book: Book, sale: Sale, opened: frozenset[UUID]) -> Outcome:
    """Give what fits. `opened` are the promotions whose code is here; the others that need one are left out."""
    refused: dict[UUID, Unmet] = {}
    fits: list[Rule] = []
    if not sale.shelf.items:
        return Outcome(left=[])
    for rule in book.rules.values():
        if rule.needs_code and rule.id not in opened:
            continue
        if reason := unmet(rule, sale.moment, sale.shelf):
            refused[rule.id] = reason
        else:
            fits.append(rule)
    best = _walk(book, sale, {each.id for each in fits if not each.exclusive})
    for rule in fits:
        if rule.exclusive:
            best = _better(best, _walk(book, sale, {rule.id}), rule, fits)
    best.refused = {**refused, **best.refused}
    return best


def _better(best: Outcome, alone: Outcome, rule: Rule, fits: Sequence[Rule]) -> Outcome:
    """The one that saves more; a promotion that stands alone gives way to others that save as much."""
    if alone.refused:
        best.refused |= alone.refused
        return best
    empty = not (best.given or best.gifts or best.delivery)
    if alone.saved > best.saved or (empty and alone.has(rule)):
        alone.beaten_by = {each.id: rule for each in fits if each.id != rule.id}
        return alone
    best.refused[rule.id] = ("beaten", None)
    return best


def _walk(book: Book, sale: Sale, allowed: set[UUID]) -> Outcome:
    outcome = Outcome(left=list(sale.shelf.worth))
    for lane in book.lanes:
        if rules := [each for each in book.by_lane[lane.code] if each.id in allowed]:
            outcome.starts[lane.code] = list(outcome.left)
            _TAKES[lane.takes](outcome, sale, lane, rules)
    return outcome


def _take_best(outcome: Outcome, sale: Sale, lane: LaneView, rules: Sequence[Rule]) -> None:
    best: tuple[Rule, Cut] | None = None
    for rule in rules:
        if rule.benefit.kind == DELIVERY:
            continue
        found = sale.worth(rule, outcome.left)
        if not isinstance(found, Cut):
            outcome.refused[rule.id] = found
        elif best is None or found.minor > best[1].minor:
            best = rule, found
    if best is None:
        outcome.delivery += [(lane, each) for each in rules if each.benefit.kind == DELIVERY]
        return
    outcome.winners[lane.code] = _give(outcome, *best)
    outcome.beaten_by |= {
        each.id: best[0] for each in rules if each.id != best[0].id and each.id not in outcome.refused
    }


def _take_each(outcome: Outcome, sale: Sale, lane: LaneView, rules: Sequence[Rule]) -> None:
    start = outcome.starts[lane.code]
    found: list[tuple[Decimal, Rule, Cut]] = []
    for rule in rules:
        if rule.benefit.kind == DELIVERY:
            outcome.delivery.append((lane, rule))
            continue
        cut = sale.worth(rule, start)
        if isinstance(cut, Cut):
            worth = sum(start[each] for each in cut.places)
            found.append((Decimal(cut.minor) / worth if worth else Decimal(0), rule, cut))
        else:
            outcome.refused[rule.id] = cut
    locked = outcome.locked.setdefault(lane.code, set())
    taken_by: dict[int, Rule] = {}
    for _part, rule, first in sorted(found, key=lambda each: (-each[0], each[1].priority, each[1].id)):
        clash = next((each for each in first.places if each in locked), None)
        cut = sale.worth(rule, outcome.left, sale.shelf.without(locked)) if clash is not None else first
        if not isinstance(cut, Cut):
            outcome.beaten_by[rule.id] = taken_by[clash] if clash is not None else rule
            continue
        for place, _share in _give(outcome, rule, cut).parts:
            locked.add(place)
            taken_by[place] = rule


def _take_all(outcome: Outcome, sale: Sale, lane: LaneView, rules: Sequence[Rule]) -> None:
    stopped: Rule | None = None
    for rule in rules:
        if stopped:
            outcome.beaten_by[rule.id] = stopped
            continue
        if rule.benefit.kind == DELIVERY:
            outcome.delivery.append((lane, rule))
        else:
            found = sale.worth(rule, outcome.left)
            if not isinstance(found, Cut):
                outcome.refused[rule.id] = found
                continue
            _give(outcome, rule, found)
        stopped = rule if rule.stops_lane else None


_TAKES = {"best": _take_best, "each": _take_each, "all": _take_all}


def _give(outcome: Outcome, rule: Rule, found: Cut) -> Given:
    if rule.benefit.kind == GIFT:
        given = Given(rule, found.minor)
        outcome.gifts.append(given)
        return given
    given = Given(rule, found.minor, found.split(outcome.left))
    for place, part in given.parts:
        outcome.left[place] -= part
    outcome.given.append(given)
    return given

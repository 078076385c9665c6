"""From which places the goods of one order leave: rules without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

EXACT_UP_TO = 10  # places; more are chosen greedily


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Which places are liked best for some countries, and whether an order may leave in parts.

    `fewest`: as few parcels as possible. `order`: every line from the first place that has it. `together`: pieces are
    brought to the first place and leave in one parcel.
    """

    countries: frozenset[str] = frozenset()
    locations: tuple[str, ...] = ()
    strategy: str = "fewest"
    gather_days: int = 0


@dataclass(frozen=True, slots=True)
class ParcelPlan:
    """What leaves one place. `gathered`: pieces that are brought there from other places first."""

    location: str
    lines: Mapping[UUID, int]
    gathered: Mapping[str, Mapping[UUID, int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The parcels of an order, the first place first, and what nobody has."""

    parcels: tuple[ParcelPlan, ...]
    missing: Mapping[UUID, int]


def plan(
    lines: Mapping[UUID, int], stock: Mapping[str, Mapping[UUID, int]], rule: Sourcing | None = None
) -> Plan:  # fmt: skip
    """Parcels for these pieces from the stock by location and variant. Same input, same parcels.

    Never takes more than a place has, never plans a piece twice; what is not there at all is `missing`.
    """
    rule = rule or Sourcing()
    places = _liked(stock, rule.locations)
    missing = {
        variant: lacking
        for variant, pieces in lines.items()
        if (lacking := pieces - sum(max(0, stock[place].get(variant, 0)) for place in places)) > 0
    }
    wanted = {variant: pieces - missing.get(variant, 0) for variant, pieces in lines.items()}
    wanted = {variant: pieces for variant, pieces in wanted.items() if pieces > 0}
    if rule.strategy == "fewest":
        places = _fewest(wanted, stock, places)
    taken = _taken(wanted, stock, places)
    if rule.strategy == "together" and len(taken) > 1:
        hub = places[0]
        parts = {place: part for place, part in taken.items() if place != hub}
        return Plan((ParcelPlan(hub, wanted, parts),), missing)
    return Plan(tuple(ParcelPlan(place, part, {}) for place, part in taken.items()), missing)


def _liked(stock: Mapping[str, Mapping[UUID, int]], first: tuple[str, ...]) -> list[str]:
    return [code for code in first if code in stock] + sorted(code for code in stock if code not in first)


def _taken(
    wanted: Mapping[UUID, int], stock: Mapping[str, Mapping[UUID, int]], places: list[str]
) -> dict[str, dict[UUID, int]]:
    left, taken = dict(wanted), {}
    for place in places:
        part = {variant: min(pieces, stock[place].get(variant, 0)) for variant, pieces in left.items()}
        part = {variant: pieces for variant, pieces in part.items() if pieces > 0}
        if part:
            taken[place] = part
            left = {variant: pieces - part.get(variant, 0) for variant, pieces in left.items()}
    return taken


def _fewest(
    wanted: Mapping[UUID, int], stock: Mapping[str, Mapping[UUID, int]], places: list[str]
) -> list[str]:  # fmt: skip
    """The smallest set of places that has all of it; of equals the one liked best."""
    useful = [place for place in places if any(stock[place].get(variant, 0) > 0 for variant in wanted)]
    if len(useful) > EXACT_UP_TO:
        return _greedy(wanted, stock, useful)
    for size in range(len(useful) + 1):
        for some in combinations(useful, size):
            if all(sum(max(0, stock[place].get(v, 0)) for place in some) >= n for v, n in wanted.items()):
                return list(some)
    return useful


def _greedy(wanted: Mapping[UUID, int], stock: Mapping[str, Mapping[UUID, int]], places: list[str]) -> list[str]:
    left, chosen, rest = dict(wanted), [], list(places)
    while rest and any(left.values()):
        best = max(rest, key=lambda place: sum(min(n, max(0, stock[place].get(v, 0))) for v, n in left.items()))
        rest.remove(best)
        chosen.append(best)
        left = {v: n - min(n, max(0, stock[best].get(v, 0))) for v, n in left.items()}
    return chosen

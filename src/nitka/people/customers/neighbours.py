"""Reading the part of the evidence graph that a change can touch, and no more of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from nitka.people.customers.graph import DECIDED, MOST_NEIGHBOURS, Mark, Tie


class Known(NamedTuple):
    """A piece of evidence as it stands in the table."""

    kind: str
    value: str
    standing: int
    customer: UUID | None
    shared: bool
    first_seen: datetime


@dataclass
class Neighbourhood:
    """Evidence, the links among it, and which of it was read with all its links of the sort that was asked for."""

    known: dict[UUID, Known] = field(default_factory=dict)
    ties: set[Tie] = field(default_factory=set)
    complete: set[UUID] = field(default_factory=set)

    def marks(self) -> dict[UUID, Mark]:
        return {id_: Mark(row.kind, row.standing) for id_, row in self.known.items()}


# More rows than that are more than MOST_NEIGHBOURS neighbours, for there are eight reasons to link two.
_MOST_ROWS = MOST_NEIGHBOURS * 8 + 1
_KNOWN = """
SELECT id, kind, value, standing, customer_id, shared, first_seen FROM customers_evidence WHERE id = ANY(%s)
"""
_TIES = f"""
SELECT me.id, near.a, near.b, near.trust, near.id, near.kind, near.value, near.standing, near.customer_id,
    near.shared, near.first_seen
FROM customers_evidence me CROSS JOIN LATERAL (
    SELECT link.a, link.b, link.trust, other.*
    FROM (SELECT a, b, trust, b AS far FROM customers_links WHERE a = me.id AND undone_at IS NULL
          UNION ALL
          SELECT a, b, trust, a FROM customers_links WHERE b = me.id AND undone_at IS NULL) link
    JOIN customers_evidence other ON other.id = link.far
    WHERE (other.kind = 'device') = %s AND (link.trust > 0 OR (
        (me.kind = 'device' OR me.standing = 0) AND (other.kind = 'device' OR other.standing = 0)))
    LIMIT {_MOST_ROWS}) near
WHERE me.id = ANY(%s)
"""  # noqa: S608


# A claim stops to count when one of its ends rises; who was held by it has to be looked at again.
_CLAIMANTS = """
SELECT other.id FROM customers_evidence me
JOIN customers_links link ON link.trust = 0 AND link.undone_at IS NULL AND me.id IN (link.a, link.b)
JOIN customers_evidence other ON other.id IN (link.a, link.b) AND other.id <> me.id
WHERE me.id = ANY(%s) AND me.standing > 0 AND (other.customer_id IS NOT NULL OR other.shared)
"""


def claimants(ids: Collection[UUID]) -> set[UUID]:
    """Evidence that belongs to somebody, or to too many, and is linked with these by a mere claim."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMANTS, [list(ids)])
        return {row[0] for row in cursor.fetchall()}


def known(ids: Collection[UUID]) -> dict[UUID, Known]:
    """Evidence by id."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(ids)])
        return {row[0]: Known(*row[1:]) for row in cursor.fetchall()}


def of_people(ids: Iterable[UUID]) -> Neighbourhood:
    """All strong evidence that hangs together with these, devices aside."""
    found = Neighbourhood()
    found.known = {id_: row for id_, row in known(list(ids)).items() if row.kind != "device"}
    edge = set(found.known)
    while edge:
        found.complete |= edge
        edge = _widen(found, edge, devices=False)
    return found


def of_devices(ids: Iterable[UUID]) -> Neighbourhood:
    """These devices with all that hang on them, and whom they touch; `complete` are the devices to be decided."""
    found = Neighbourhood()
    found.known = {id_: row for id_, row in known(list(ids)).items() if row.kind == "device"}
    edge = set(found.known)
    while edge:
        found.complete |= edge
        edge = _widen(found, edge, devices=True)
    _widen(found, found.complete, devices=False)
    # Only with all its devices can be told whether an id has too many of them.
    persons = {id_ for id_, row in found.known.items() if row.kind != "device"}
    _widen(found, persons, devices=True)
    return found


def devices_at(ids: Collection[UUID]) -> set[UUID]:
    """The devices that are linked with these, living links only."""
    return {other for _me, _tie, other, _row in _read(ids, devices=True)}


def devices_of_the_crowded(ids: Collection[UUID]) -> set[UUID]:
    """The devices of ids that have too many of them, or had a moment ago: all of these come or go together."""
    around: dict[UUID, set[UUID]] = {}
    for me, _tie, other, _row in _read(ids, devices=True):
        around.setdefault(me, set()).add(other)
    crowded = {me: near for me, near in around.items() if len(near) > MOST_NEIGHBOURS // 2}
    mine = known(crowded)
    near = known({other for others in crowded.values() for other in others})
    return {
        other for me, others in crowded.items() for other in others
        if len(others) <= MOST_NEIGHBOURS or (mine[me].customer and mine[me].customer == near[other].customer)
    }  # fmt: skip


def _widen(found: Neighbourhood, edge: Collection[UUID], *, devices: bool) -> set[UUID]:
    """Add the neighbours of `edge`, and return those of them that are worth going on from."""
    around: dict[UUID, list[tuple[Tie, UUID]]] = {}
    for me, tie, other, row in _read(edge, devices=devices):
        found.ties.add(tie)
        found.known.setdefault(other, row)
        around.setdefault(me, []).append((tie, other))
    onward: set[UUID] = set()
    for me, near in around.items():
        crowded = len({other for _tie, other in near}) > MOST_NEIGHBOURS
        mine = found.known[me].customer
        for tie, other in near:
            # Behind a crowded id nothing hangs on it but what belonged to it before it was crowded.
            if not crowded or tie.trust == DECIDED or (mine and mine == found.known[other].customer):
                onward.add(other)
    return onward - found.complete


def _read(ids: Collection[UUID], *, devices: bool) -> Iterable[tuple[UUID, Tie, UUID, Known]]:
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_TIES, [devices, list(ids)])
        for me, a, b, trust, other, *row in cursor.fetchall():
            yield me, Tie(a, b, trust), other, Known(*row)

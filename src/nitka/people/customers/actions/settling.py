"""Writing down who is one person, after evidence or links changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection, transaction

from nitka.people.customers import neighbours, rows
from nitka.people.customers.graph import device_homes, strong_people
from nitka.people.customers.models import Evidence, Link

MOST_AT_ONCE = 1000
_NEWS = "SELECT id{ends} FROM {table} WHERE NOT settled ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"
_MOVE = """
UPDATE customers_evidence kept SET customer_id = new.customer, shared = new.shared
FROM unnest(%s::uuid[], %s::uuid[], %s::bool[]) AS new(id, customer, shared) WHERE kept.id = new.id
"""
_APART = """
UPDATE customers_links link SET apart = now.apart
FROM (SELECT l.id, l.undone_at IS NULL AND (x.customer_id IS NULL OR y.customer_id IS NULL
             OR x.customer_id <> y.customer_id) AS apart
      FROM customers_links l JOIN customers_evidence x ON x.id = l.a JOIN customers_evidence y ON y.id = l.b
      WHERE l.a = ANY(%(ids)s) OR l.b = ANY(%(ids)s)) now
WHERE link.id = now.id AND link.apart <> now.apart
"""


@transaction.atomic
def settle_links() -> int:
    """Settle some of the links and evidence that came since the last time; returns how many, 0 when none wait."""
    lock()
    with connection.cursor() as cursor:
        cursor.execute(_NEWS.format(ends=", a, b", table="customers_links"), [MOST_AT_ONCE])
        links = cursor.fetchall()
        cursor.execute(_NEWS.format(ends="", table="customers_evidence"), [MOST_AT_ONCE])
        alone = [row[0] for row in cursor.fetchall()]
    settle({end for _id, *ends in links for end in ends} | set(alone))
    Link.objects.filter(id__in=[row[0] for row in links]).update(settled=True)
    Evidence.objects.filter(id__in=alone).update(settled=True)
    return len(links) + len(alone)


def lock() -> None:
    """Let nobody else settle until this transaction ends; two who settle the same people would both make customers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('customers.people'))")


def settle(ids: Collection[UUID]) -> None:
    """Decide anew to whom these and all that hangs on them belong. Call it under the lock."""
    if not ids:
        return
    raised = set(Evidence.objects.filter(id__in=ids, settled=False).values_list("id", flat=True))
    ids = set(ids) | neighbours.claimants(raised)
    changed = _settle_people(ids)
    near = neighbours.devices_at(changed | raised) | neighbours.devices_of_the_crowded(ids)
    changed |= _settle_devices(ids | near)
    with connection.cursor() as cursor:
        cursor.execute(_APART, {"ids": list(ids | changed)})


def _settle_people(ids: Collection[UUID]) -> set[UUID]:
    found = neighbours.of_people(ids)
    decided = strong_people(found.marks(), found.ties)
    groups: dict[UUID, set[UUID]] = defaultdict(set)
    for id_ in found.complete - decided.nobody:
        groups[decided.group_of[id_]].add(id_)
    rows.let_go(found.complete & decided.nobody)
    home = rows.keep(list(groups.values()), found.known)
    return _move(found, ((id_, home.get(id_), id_ in decided.shared) for id_ in found.complete))


def _settle_devices(ids: Collection[UUID]) -> set[UUID]:
    found = neighbours.of_devices(ids)
    # Who is one person was decided already: each customer is one.
    person_of = {id_: row.customer for id_, row in found.known.items() if row.kind != "device" and row.customer}
    decided = device_homes(found.marks(), found.ties, person_of)
    homes = {id_: group if (group := decided.group_of[id_]) not in found.known else None for id_ in found.complete}
    return _move(found, ((id_, home, id_ in decided.shared) for id_, home in homes.items()))


def _move(found: neighbours.Neighbourhood, homes: Iterable[tuple[UUID, UUID | None, bool]]) -> set[UUID]:
    moved = [
        row for row in homes if (found.known[row[0]].customer, found.known[row[0]].shared) != (row[1], row[2])
    ]  # fmt: skip
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [list(column) for column in zip(*moved, strict=True)])
    return {row[0] for row in moved}

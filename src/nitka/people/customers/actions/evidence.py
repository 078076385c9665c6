"""Keeping evidence and links."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from nitka.ground.ids import new_id


class EvidenceRow(NamedTuple):
    """A piece of evidence on its way in: `id` is `queries.evidence_id(kind, value)` of the normal value."""

    id: UUID
    kind: str
    value: str
    standing: int
    source: str
    at: datetime


class LinkRow(NamedTuple):
    """A link on its way in, between the ids of two pieces of evidence, in any order."""

    a: UUID
    b: UUID
    reason: str
    trust: int
    source: str
    at: datetime


# A row that says nothing new is not even locked: collectors repeat themselves thousands of times a second.
_EVIDENCE = """
INSERT INTO customers_evidence AS kept (id, kind, value, standing, source, shared, settled, first_seen)
SELECT new.id, new.kind, new.value, new.standing, new.source, false, new.kind = 'device', new.at
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::smallint[], %s::text[], %s::timestamptz[])
    AS new(id, kind, value, standing, source, at)
WHERE NOT EXISTS (SELECT FROM customers_evidence old WHERE old.id = new.id AND old.standing >= new.standing)
ORDER BY new.id
ON CONFLICT (id) DO UPDATE SET standing = excluded.standing, settled = kept.kind = 'device'
WHERE kept.standing < excluded.standing
"""
_LINKS = """
INSERT INTO customers_links AS kept (id, a, b, reason, trust, source, at, settled, apart)
SELECT new.id, new.a, new.b, new.reason, new.trust, new.source, new.at, false, false
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::smallint[], %s::text[], %s::timestamptz[])
    AS new(id, a, b, reason, trust, source, at)
WHERE NOT EXISTS (SELECT FROM customers_links old WHERE old.a = new.a AND old.b = new.b AND old.reason = new.reason
                  AND old.trust >= new.trust)
  AND NOT EXISTS (SELECT FROM customers_links no WHERE no.a = new.a AND no.b = new.b AND no.undone_at IS NOT NULL
                  AND no.reason <> 'staff' AND no.trust >= new.trust)
ORDER BY new.a, new.b, new.reason
ON CONFLICT (a, b, reason) WHERE NOT reason = 'staff' DO UPDATE SET trust = excluded.trust, settled = false
WHERE kept.trust < excluded.trust AND kept.undone_at IS NULL
"""


def record(cursor: Any, evidence: Iterable[EvidenceRow], links: Iterable[LinkRow]) -> None:
    """Write evidence and links in the transaction of that psycopg cursor, each once; people are settled afterwards.

    Values must be normal already. Standing and trust only ever rise. What staff undid does not come back, under
    another reason neither, unless with more trust. Staff's own decisions do not come this way.
    """
    strongest: dict[UUID, EvidenceRow] = {}
    for row in evidence:
        held = strongest.get(row.id)
        if held is None or (row.standing, held.at) > (held.standing, row.at):
            strongest[row.id] = row
    if strongest:
        cursor.execute(_EVIDENCE, _columns(list(strongest.values())))
    best: dict[tuple[UUID, UUID, str], LinkRow] = {}
    for link in links:
        if link.a == link.b:
            continue
        turned = link if link.a < link.b else link._replace(a=link.b, b=link.a)
        key = (turned.a, turned.b, turned.reason)
        if key not in best or best[key].trust < turned.trust:
            best[key] = turned
    if best:
        cursor.execute(_LINKS, [[new_id() for _ in best], *_columns(list(best.values()))])


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]

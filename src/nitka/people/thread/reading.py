"""The one query of the thread: the newest of each id, merged.

Facts lie under the ids of parties, events under ids of evidence; both tables have an index by (id, at, key), so each
id costs as many rows as the page has, however long its history is. Within one moment facts come before events.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from nitka.people.events.queries import BOT

EVENT, FACT = 0, 1
_LOWEST, _HIGHEST_SEQ = UUID(int=0), 2**63 - 1

# PostgreSQL counts on the average visitor, who has few events, and would fetch and sort all of one who has many. These
# go with the query in one message, for its length only.
IN_ORDER = "SET LOCAL enable_bitmapscan = off;"
AS_BEFORE = "SET LOCAL enable_bitmapscan = on"

_COLUMNS = """1 AS source, f.at, f.id, 0::bigint AS seq, f.kind AS name, 0::smallint AS kind, 0 AS flags,
 NULL::uuid AS evidence, NULL::uuid AS device, f.payload AS data, NULL::jsonb AS context"""
_EVENT_COLUMNS = """0 AS source, e.at, NULL::uuid AS id, e.seq, e.name, e.kind, e.flags::int AS flags, e.evidence,
 e.device, e.properties AS data, e.context"""
_FACTS = """(SELECT t.* FROM unnest(%(whose)s::uuid[]) AS w(id) CROSS JOIN LATERAL (
 SELECT {columns} FROM facts f WHERE f.whose = w.id {where} ORDER BY f.at DESC, f.id DESC LIMIT %(limit)s) t)"""
_EVENTS = """(SELECT t.* FROM unnest(%(evidence)s::uuid[]) AS w(id) CROSS JOIN LATERAL (
 SELECT {columns} FROM events_events e WHERE e.evidence = w.id {where}
 ORDER BY e.at DESC, e.seq DESC LIMIT %(limit)s) t)"""
_MERGED = "SELECT * FROM ({parts}) m ORDER BY at DESC, source DESC, id DESC, seq DESC LIMIT %(limit)s"


@dataclass(frozen=True)
class Parties:
    """Whose thread is read: ids that facts lie under, and ids of evidence that events came with."""

    whose: tuple[UUID, ...]
    evidence: tuple[UUID, ...]


@dataclass(frozen=True, order=True)
class Place:
    """Where on a thread something lies. Later is greater."""

    at: datetime
    source: int
    key: str

    def text(self) -> str:
        """As an opaque word for addresses."""
        plain = f"{self.at.astimezone(UTC).isoformat()}|{self.source}|{self.key}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Row:
    """A line of either table."""

    place: Place
    kind: int
    name: str
    flags: int
    evidence: UUID | None
    device: UUID | None
    data: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What of a thread is read. `fact_kinds` None is all of them; `received_after` is a number of arrival."""

    before: Place | None = None
    fact_kinds: tuple[str, ...] | None = None
    events: bool = True
    bots: bool = False
    limit: int = 50
    after: datetime | None = None
    after_seq: int | None = None


def read_place(text: str) -> Place | None:
    """A place from an address; None for one that is broken, for people edit addresses."""
    try:
        at, source, key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or source not in ("0", "1"):
            return None
        normal = str(UUID(key)) if source == "1" else str(_number(key))
        return Place(moment, int(source), normal)
    except (ValueError, binascii.Error):
        return None


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _HIGHEST_SEQ:
        raise ValueError(text)
    return number


def statement(parties: Parties, wanted: Wanted) -> tuple[str, dict[str, Any]] | None:
    """The query and its values; None where nothing can be on such a thread."""
    values: dict[str, Any] = {
        "whose": list(parties.whose), "evidence": list(parties.evidence), "limit": wanted.limit,
        "kinds": list(wanted.fact_kinds or ()), "after": wanted.after, "after_seq": wanted.after_seq,
    }  # fmt: skip
    parts = []
    if parties.whose and wanted.fact_kinds != ():
        parts.append(_FACTS.format(columns=_COLUMNS, where=_facts_where(wanted, values)))
    if parties.evidence and wanted.events:
        parts.append(_EVENTS.format(columns=_EVENT_COLUMNS, where=_events_where(wanted, values)))
    return (_MERGED.format(parts=" UNION ALL ".join(parts)), values) if parts else None


def _facts_where(wanted: Wanted, values: dict[str, Any]) -> str:
    where = ""
    if wanted.before:
        values["before"] = wanted.before.at
        values["before_id"] = wanted.before.key if wanted.before.source == FACT else _LOWEST
        where += "AND (f.at, f.id) < (%(before)s, %(before_id)s::uuid)"
    if wanted.fact_kinds is not None:
        where += " AND f.kind = ANY(%(kinds)s)"
    if wanted.after:
        where += " AND f.at > %(after)s"
    return where


def _events_where(wanted: Wanted, values: dict[str, Any]) -> str:
    where = ""
    if wanted.before:
        values["before"] = wanted.before.at
        values["before_seq"] = int(wanted.before.key) if wanted.before.source == EVENT else _HIGHEST_SEQ
        # The first condition says nothing new; it lets PostgreSQL leave out the months that lie later.
        where += "AND e.at <= %(before)s AND (e.at, e.seq) < (%(before)s, %(before_seq)s)"
    # How fast a page was is counted elsewhere; several for each page would bury the story.
    where += " AND e.name <> 'Web Vital Measured'"
    if not wanted.bots:
        where += f" AND (e.flags & {BOT}) <> {BOT}"
    if wanted.after_seq is not None:
        where += " AND e.seq > %(after_seq)s AND e.at > %(oldest)s"
        values["oldest"] = (wanted.after or datetime.now(UTC)) - LATEST_ARRIVAL
    return where


# An event may come long after it happened (a phone in a tunnel). Later ones are seen when the page is opened anew.
LATEST_ARRIVAL = timedelta(days=2)


def read(parties: Parties, wanted: Wanted) -> list[Row]:
    """The newest rows, at most `wanted.limit`. One question, or none."""
    found = statement(parties, wanted)
    if found is None:
        return []
    sql, values = found
    with connection.cursor() as cursor:
        cursor.execute(f"{IN_ORDER} {sql}; {AS_BEFORE}", values)
        while cursor.description is None:
            cursor.nextset()
        return [_row(each) for each in cursor.fetchall()]


def _row(columns: Sequence[Any]) -> Row:
    source, at, fact_id, seq, name, kind, flags, evidence, device, data, context = columns
    key = str(fact_id) if source == FACT else str(seq)
    return Row(Place(at, source, key), kind, name or "", flags, evidence, device, _json(data), _json(context))


def _json(value: Any) -> dict[str, Any]:
    loaded = json.loads(value) if isinstance(value, str | bytes) else value
    return loaded if isinstance(loaded, dict) else {}

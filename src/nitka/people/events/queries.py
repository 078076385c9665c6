"""Questions about events."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from nitka.people.events.keys import Keys
from nitka.people.events.models import Kind, Source
from nitka.people.events.visit_queries import (
    DEFAULT_CHANNELS,
    ChannelNumbers,
    RuleView,
    SessionView,
    Trial,
    Who,
    channel_rules,
    quiet_hosts,
    sessions_by_channel,
    sessions_of,
    try_address,
)

__all__ = [
    "ADVERTISING", "ANALYTICS", "BOT", "CLOCK_CLAMPED", "DEBUG", "DEFAULT_CHANNELS", "KINDS", "LATE", "NUMBERS",
    "PERSONALISATION", "ChannelNumbers", "EventView", "RuleView", "SessionView", "SourceView", "Trial", "Who", "after",
    "between", "channel_rules", "events_of", "last_seq", "quiet_hosts", "sessions_by_channel", "sessions_of", "source",
    "sources", "try_address",
]  # fmt: skip

_keys = Keys()

# Bits of EventView.flags …
BOT, CLOCK_CLAMPED, LATE, DEBUG = 1, 2, 4, 8
# … and of EventView.consent.
ANALYTICS, PERSONALISATION, ADVERTISING = 1, 2, 4

KINDS: dict[int, str] = {int(kind): str(kind.label) for kind in Kind}
NUMBERS = {word: number for number, word in KINDS.items()}

_COLUMNS = (
    "seq, at, source, kind, name, evidence, device, flags, consent, properties::text, context::text,"
    " message_id, received_at"
)


@dataclass(frozen=True, slots=True)
class EventView:
    """One event. `kind` is a word (track, page …), `source` the id of a SourceView, flags and consent are bits."""

    seq: int
    at: datetime
    source: int
    kind: str
    name: str
    evidence: UUID
    device: UUID | None
    flags: int
    consent: int
    properties: dict[str, Any]
    context: dict[str, Any]
    message_id: str = ""
    received_at: datetime | None = None

    @property
    def is_bot(self) -> bool:
        return bool(self.flags & BOT)


@dataclass(frozen=True, slots=True)
class SourceView:
    id: int
    code: str
    name: str
    write_key: str
    kind: str
    trusted: bool
    own: bool
    created_at: datetime
    ended_at: datetime | None


def events_of(
    evidence_ids: Iterable[UUID],
    before: tuple[datetime, int] | None = None,
    limit: int = 50,
    kinds: Sequence[str] | None = None,
) -> list[EventView]:
    """The newest events under any of these evidence ids, newest first; `before` is (at, seq) of the last one seen.

    Each id gives its own newest ones from the index, so the cost grows with ids × limit and not with history.
    """
    ids = list(evidence_ids)
    if not ids or limit < 1:
        return []
    inner = ["evidence = own.id"]
    given: list[Any] = [ids]
    if before:
        inner.append("(at, seq) < (%s, %s)")
        given += before
    if kinds:
        inner.append("kind = ANY(%s)")
        given.append([NUMBERS[kind] for kind in kinds])
    return _rows(
        f"SELECT {_COLUMNS} FROM unnest(%s::uuid[]) AS own(id) CROSS JOIN LATERAL ("  # noqa: S608
        f" SELECT * FROM events_events WHERE {' AND '.join(inner)} ORDER BY at DESC, seq DESC LIMIT %s) AS each"
        " ORDER BY at DESC, seq DESC LIMIT %s",
        [*given, limit, limit],
    )


def after(seq: int, limit: int = 1000) -> list[EventView]:
    """Events with a higher sequence number, in its order, for followers.

    Numbers are given under a lock that is held until the commit, so nothing lower appears once a number was seen.
    """
    return _rows(f"SELECT {_COLUMNS} FROM events_events WHERE seq > %s ORDER BY seq LIMIT %s", [seq, limit])  # noqa: S608


def between(
    evidence_ids: Iterable[UUID], first: datetime, last: datetime, *, upto: int, limit: int = 10_000
) -> list[EventView]:
    """Events under these evidence ids from `first` to `last` inclusive, in order of time, none numbered over `upto`."""
    return _rows(
        f"SELECT {_COLUMNS} FROM events_events WHERE evidence = ANY(%s) AND at BETWEEN %s AND %s AND seq <= %s"  # noqa: S608
        " ORDER BY at, seq LIMIT %s",
        [list(evidence_ids), first, last, upto, limit],
    )


def last_seq() -> int:
    """The highest number so far, 0 where there is no event."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM events_events")
        return int(cursor.fetchone()[0])


def months_with_events(evidence_ids: Sequence[UUID] | None = None) -> list[date]:
    """The months (UTC) that hold events (under any of these evidence ids), oldest first."""
    sql = "SELECT DISTINCT date_trunc('month', at, 'UTC') AS month FROM events_events"
    sql += "" if evidence_ids is None else " WHERE evidence = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY month", [] if evidence_ids is None else [list(evidence_ids)])
        return [row[0].astimezone(UTC).date() for row in cursor.fetchall()]


def of_month(month: date, *, until: int, evidence_ids: Sequence[UUID] | None = None) -> Iterator[EventView]:
    """All events of a month (UTC) with numbers up to `until`, evidence by evidence, from a cursor in the database.

    Called inside of a transaction; a few thousand events are in memory at a time.
    """
    begin = datetime(month.year, month.month, 1, tzinfo=UTC)
    end = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    sql = f"SELECT {_COLUMNS} FROM events_events WHERE at >= %s AND at < %s AND seq <= %s"  # noqa: S608
    given: list[Any] = [begin, end, until]
    if evidence_ids is not None:
        sql += " AND evidence = ANY(%s)"
        given.append(list(evidence_ids))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY evidence, at DESC, seq DESC", given)
        while rows := cursor.fetchmany(2000):
            yield from (_event(row) for row in rows)


def sources() -> list[SourceView]:
    """All sources, also those that were ended, oldest first."""
    return [_source(row) for row in Source.objects.order_by("id")]


def source(code: str) -> SourceView | None:
    """The source of that code."""
    row = Source.objects.filter(code=code).first()
    return _source(row) if row else None


def source_of_key(write_key: str) -> SourceView | None:
    """The living source that sends with that key; remembered by the process for five seconds."""
    row = _keys.find(write_key)
    return _source(row) if row else None


def forget() -> None:
    """The next key is asked of the database again."""
    _keys.forget()


def _source(row: Source) -> SourceView:
    return SourceView(
        row.id, row.code, row.name, row.write_key, row.kind, row.trusted, row.own, row.created_at, row.ended_at
    )


def _rows(sql: str, given: list[Any]) -> list[EventView]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [_event(row) for row in cursor.fetchall()]


def _event(row: tuple[Any, ...]) -> EventView:
    seq, at, source, kind, name, evidence, device, flags, consent, properties, context, message_id, received = row
    return EventView(
        seq, at, source, KINDS[kind], name, evidence, device, flags, consent,
        orjson.loads(properties), orjson.loads(context), message_id, received,
    )  # fmt: skip

"""Questions of whoever wires up a sender: what has just come, what was not taken, and how much a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from nitka.ground import clock
from nitka.people.events.models import Rejected

# Figures are counted over the newest numbers alone, so that the page costs the same however many events there are.
LOOKED_AT = 50_000


@dataclass(frozen=True, slots=True)
class RejectedView:
    """What was not stored; `count` equal ones of one commit are one row."""

    id: int
    source: int
    at: datetime
    kind: str
    name: str
    reason: str
    count: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class MinuteNumbers:
    """What was stored in a minute, by who sent it."""

    minute: datetime
    people: int
    bots: int


def newest(
    *, after: int = 0, source: int | None = None, kind: int | None = None, bots: bool | None = None, limit: int = 100
) -> tuple[str, list[Any]]:
    """The part of a query behind FROM events_events that finds the newest events which fit, newest first."""
    wanted = ["seq > greatest(%s, (SELECT coalesce(max(seq), 0) FROM events_events) - %s)"]
    given: list[Any] = [after, LOOKED_AT]
    for column, value in (("source", source), ("kind", kind)):
        if value is not None:
            wanted.append(f"{column} = %s")
            given.append(value)
    if bots is not None:
        wanted.append("flags & 1 = %s")
        given.append(int(bots))
    return f"WHERE {' AND '.join(wanted)} ORDER BY seq DESC LIMIT %s", [*given, limit]


def rejected(*, after: int = 0, source: int | None = None, kind: str = "", limit: int = 100) -> list[RejectedView]:
    """What was not stored, newest first; `after` is the id of the last one seen."""
    rows = Rejected.objects.filter(id__gt=after).order_by("-id")
    if source is not None:
        rows = rows.filter(source=source)
    if kind:
        rows = rows.filter(type=kind)
    return [
        RejectedView(row.id, row.source, row.at, row.type, row.name, row.reason, row.count, row.excerpt)
        for row in rows[:limit]
    ]


def minutes(number: int = 30) -> list[MinuteNumbers]:
    """Events stored in each of the last minutes, oldest first, among the newest 50,000."""
    last = clock.now().replace(second=0, microsecond=0)
    first = last - timedelta(minutes=number - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT date_trunc('minute', received_at), count(*) FILTER (WHERE flags & 1 = 0),"
            " count(*) FILTER (WHERE flags & 1 = 1) FROM events_events"
            " WHERE seq > (SELECT coalesce(max(seq), 0) FROM events_events) - %s AND received_at >= %s GROUP BY 1",
            [LOOKED_AT, first],
        )
        found: dict[datetime, Sequence[int]] = {row[0]: row[1:] for row in cursor.fetchall()}
    each = [first + timedelta(minutes=minute) for minute in range(number)]
    return [MinuteNumbers(minute, *found.get(minute, (0, 0))) for minute in each]

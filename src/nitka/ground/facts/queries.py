"""Questions about facts and about reactions that failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from nitka.ground.facts.models import DeadLetter, FactRow


@dataclass(frozen=True)
class ToldFact:
    id: UUID
    kind: str
    subject: str
    payload: dict[str, Any]
    at: datetime


def told_about(subject: UUID | str) -> list[ToldFact]:
    """All facts of one subject, oldest first."""
    rows: Iterable[FactRow] = FactRow.objects.filter(subject=str(subject)).order_by("at", "id")
    return [ToldFact(row.id, row.kind, row.subject, row.payload, row.at) for row in rows]


def told_between(kinds: Iterable[str], since: datetime, until: datetime) -> list[ToldFact]:
    """Facts of these kinds from `since` on and before `until`, oldest first; their ids hold the time."""
    first, last = (UUID(int=int(moment.timestamp() * 1000) << 80) for moment in (since, until))
    rows = FactRow.objects.filter(id__gte=first, id__lt=last, kind__in=list(kinds)).order_by("id")
    return [ToldFact(row.id, row.kind, row.subject, row.payload, row.at) for row in rows]


def dead_letter_rows() -> QuerySet[DeadLetter]:
    """Reactions that failed at every try and wait for a person, newest first."""
    return DeadLetter.objects.filter(retried_at=None).select_related("fact").order_by("-at")


def jobs_waiting() -> dict[str, int]:
    """How many jobs are due and not started, by queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, count(*) FROM procrastinate_jobs"
            " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) GROUP BY 1"
        )
        return {name: int(count) for name, count in cursor.fetchall()}


def worker_seen_at() -> datetime | None:
    """The last heartbeat of any worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        row = cursor.fetchone()
    return row[0] if row else None

"""How long events are kept, and how they leave and come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.people.events import archive, erased
from nitka.people.events.actions.erasing import ARCHIVE_LOCK
from nitka.people.events.models import Source
from nitka.people.events.queries import KINDS, months_with_events
from nitka.people.events.storing import WRITERS_LOCK

AHEAD = 2
REPLAYED = 16  # a bit of an event's flags
FAR = date(9000, 1, 1)
_INSERT = """
WITH given AS (
    SELECT * FROM unnest(%s::timestamptz[], %s::smallint[], %s::text[], %s::smallint[], %s::text[], %s::uuid[],
        %s::uuid[], %s::int[], %s::smallint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::jsonb[],
        %s::jsonb[]) AS new(at, source, message_id, kind, name, evidence, device, flags, consent, received_at, sent_at,
        original_at, properties, context)
), fresh AS (
    SELECT DISTINCT ON (source, message_id) * FROM given
    WHERE NOT EXISTS (SELECT FROM events_events e WHERE e.evidence = given.evidence AND e.at = given.at
                      AND e.source = given.source AND e.message_id = given.message_id)
      AND NOT EXISTS (SELECT FROM customers_refusals r WHERE r.purpose = 'analytics'
                      AND r.evidence IN (given.evidence, given.device))
), keyed AS (
    INSERT INTO events_keys (source, message_id, received_at) SELECT source, message_id, now() FROM fresh
    ON CONFLICT DO NOTHING RETURNING source, message_id
)
INSERT INTO events_events (at, source, message_id, kind, name, evidence, device, flags, consent, received_at, sent_at,
                           original_at, properties, context)
SELECT fresh.* FROM fresh JOIN keyed USING (source, message_id) ORDER BY at
"""


class ArchiveProblem(Problem):
    """The files are not what events were exported to."""

    code = "archive_problem"
    status = 422


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: file name → events in it."""

    files: Mapping[str, int]

    @property
    def events(self) -> int:
        return sum(self.files.values())


@dataclass(frozen=True, slots=True)
class Replayed:
    """`known` were here already, or are of somebody who refused them or was erased since."""

    read: int
    stored: int

    @property
    def known(self) -> int:
        return self.read - self.stored


@transaction.atomic
def make_months_ready() -> None:
    """Partitions of this month and the next two."""
    month = clock.now().date().replace(day=1)
    with connection.cursor() as cursor:
        for _each in range(AHEAD + 1):
            cursor.execute("SELECT events_ensure_partition(%s)", [month])
            month = archive.month_after(month)


def export_events(*, to: Path, since: date | None = None, until: date | None = None) -> Exported:
    """Write events into one Parquet file (zstd) a month: those from `since` on and before `until`, days in UTC."""
    files = {}
    for month in months_with_events():
        begin, end = max(month, since or month), min(archive.month_after(month), until or FAR)
        if begin >= end:
            continue
        name = f"events-{month:%Y-%m}.parquet"
        with transaction.atomic():
            if written := archive.write(to / name, archive.begin_of(begin), archive.begin_of(end)):
                files[name] = written
    return Exported(files)


def replay_events(*, path: Path) -> Replayed:
    """Bring exported events back, from a file or from all of a folder; what is here already stays as it is.

    They get new numbers, so that followers read them, and are matched by source and message id. Who was erased since,
    stays so: also a file that was copied before brings nothing back. Sources that are not here are made, ended at
    once: nobody may send with their key. Raises ArchiveProblem.
    """
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise ArchiveProblem(_("There is no Parquet file in that folder."))
    read = stored = 0
    try:
        for each in files:
            for rows in archive.read(each):
                read += len(rows)
                stored += _store(rows)
    except archive.Unreadable as trouble:
        raise ArchiveProblem(_("%(name)s holds no exported events.") % {"name": each.name}) from trouble
    return Replayed(read, stored)


@transaction.atomic
def _store(rows: list[tuple[Any, ...]]) -> int:
    erased.hold_erasures()
    gone = erased.erased_until({row[6] for row in rows})
    rows = [row for row in rows if row[6] not in gone or row[10] > gone[row[6]]]
    if not rows:
        return 0
    sources = {code: _source(code) for code in {row[2] for row in rows}}
    columns = list(zip(*[_values(row, sources) for row in rows], strict=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])
        for month in sorted({row[1].date().replace(day=1) for row in rows}):
            _make_ready(cursor, month)
        cursor.execute(_INSERT, [list(column) for column in columns])
        return int(cursor.rowcount)


def _make_ready(cursor: Any, month: date) -> None:
    """A month that lies in the default partition already stays there: PostgreSQL refuses to part it."""
    end = archive.month_after(month)
    cursor.execute("SELECT EXISTS (SELECT FROM events_default WHERE at >= %s AND at < %s)",
                   [archive.begin_of(month), archive.begin_of(end)])  # fmt: skip
    if not cursor.fetchone()[0]:
        cursor.execute("SELECT events_ensure_partition(%s)", [month])


def _values(row: tuple[Any, ...], sources: Mapping[str, int]) -> tuple[Any, ...]:
    (_seq, at, source, message_id, kind, name, evidence, device, flags, consent, received, sent, original, properties,
     context) = row  # fmt: skip
    return (
        at, sources[source], message_id, kind, name or "", evidence, device, flags | REPLAYED, consent, received, sent,
        original, properties or "{}", context or "{}",
    )  # fmt: skip


def _source(code: str) -> int:
    row, _made = Source.objects.get_or_create(
        code=code,
        defaults={"name": code, "write_key": f"replayed-{code}", "kind": "server", "ended_at": clock.now()},
    )
    return row.id


def let_go(*, folder: Path, months: Mapping[str, int]) -> Exported:
    """Move events that are older than they are kept into Parquet files in the folder, and only then drop them here.

    `months` says for each kind (track, page, …) how many whole months are kept; a kind without a number stays. A month
    of which nothing is kept leaves as its whole partition.
    """
    files: dict[str, int] = {}
    today = clock.now().date().replace(day=1)
    for month in months_with_events():
        age = (today.year - month.year) * 12 + today.month - month.month
        old = sorted(number for number, kind in KINDS.items() if kind in months and age > months[kind])
        if old:
            files |= _leave(folder, month, old)
    return Exported(files)


def _leave(folder: Path, month: date, kinds: list[int]) -> dict[str, int]:
    whole = len(kinds) == len(KINDS)
    begin, end = archive.begin_of(month), archive.begin_of(archive.month_after(month))
    with transaction.atomic(), connection.cursor() as cursor:
        # Nothing is written meanwhile, so what is dropped is what was exported; who is erased meanwhile is erased in
        # the file, once it is there.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ARCHIVE_LOCK])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])
        path = _free(folder, f"events-{month:%Y-%m}" + ("" if whole else "-" + "-".join(KINDS[each] for each in kinds)))
        written = archive.write(path, begin, end, None if whole else kinds)
        if not written:
            return {}
        if archive.rows_in(path) != written:
            raise ArchiveProblem(_("The file %(name)s does not hold what was written.") % {"name": path.name})
        part = f"events_y{month:%Y}m{month:%m}"
        cursor.execute("SELECT to_regclass(%s)", [part])
        if whole and cursor.fetchone()[0]:
            cursor.execute(f'DROP TABLE "{part}"')
        cursor.execute("DELETE FROM events_events WHERE at >= %s AND at < %s AND kind = ANY(%s)", [begin, end, kinds])
    return {path.name: written}


def _free(folder: Path, stem: str) -> Path:
    """A name that no earlier file has: late events of a month that left already make a second file."""
    for number in range(1, 1000):
        path = folder / (f"{stem}.parquet" if number == 1 else f"{stem}.{number}.parquet")
        if not path.exists():
            return path
    raise ArchiveProblem(_("There are too many files of one month."))


def read_months(text: str) -> dict[str, int]:
    """`25` for all kinds, `track=37 page=13` for some of them; nothing: all is kept. Raises ArchiveProblem."""
    months: dict[str, int] = {}
    for word in text.replace(",", " ").split():
        kind, equals, number = word.rpartition("=")
        known = [kind] if equals else list(KINDS.values())
        if not number.isdigit() or (equals and kind not in KINDS.values()):
            raise ArchiveProblem(_("“%(word)s” is no number of months.") % {"word": word})
        months |= dict.fromkeys(known, int(number))
    return months

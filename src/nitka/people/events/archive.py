"""Events as Parquet files, out and in again. Plain types that DuckDB, Spark and pandas read alike: ids are text,
moments are UTC, properties and context are JSON as text."""

import csv
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

COLUMNS = {
    "seq": "BIGINT", "at": "TIMESTAMPTZ", "source": "VARCHAR", "message_id": "VARCHAR", "kind": "SMALLINT",
    "name": "VARCHAR", "evidence": "VARCHAR", "device": "VARCHAR", "flags": "INTEGER", "consent": "SMALLINT",
    "received_at": "TIMESTAMPTZ", "sent_at": "TIMESTAMPTZ", "original_at": "TIMESTAMPTZ", "properties": "VARCHAR",
    "context": "VARCHAR",
}  # fmt: skip


class Unreadable(Exception):
    """The file holds no exported events."""


# What differs once nobody stands behind an event, after the number that it is known by.
CHANGING = ("seq", "evidence", "device", "message_id", "properties", "context")
LONGEST_LINE = 16 << 20
AT_ONCE = 5_000
_SELECT = sql.SQL(
    "SELECT e.seq, e.at, s.code, e.message_id, e.kind, e.name, e.evidence, e.device, e.flags, e.consent, e.received_at,"
    " e.sent_at, e.original_at, e.properties, e.context FROM events_events e JOIN events_sources s ON s.id = e.source"
    " WHERE e.at >= {since} AND e.at < {until} {kinds} ORDER BY e.at, e.seq"
)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def write(path: Path, since: datetime, until: datetime, kinds: list[int] | None = None) -> int:
    """Write the events of that time (of these kinds) into a Parquet file; returns how many. The file appears whole or
    not at all, and not for none. What is read is one snapshot of the caller's transaction."""
    path.parent.mkdir(parents=True, exist_ok=True)
    of_kinds = sql.SQL("AND e.kind = ANY({})").format(sql.Literal(kinds)) if kinds else sql.SQL("")
    select = _SELECT.format(since=sql.Literal(since), until=sql.Literal(until), kinds=of_kinds)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        table, made = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with connection.cursor() as cursor, table.open("wb") as file:
            cursor.execute("SET LOCAL timezone = 'UTC'")
            with cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(select)) as copy:
                for block in copy:
                    file.write(block)
        if not table.stat().st_size:
            return 0
        rows = _to_parquet(table, made)
        made.replace(path)
    return rows


def change(path: Path, write_rows: Callable[[Any], None]) -> None:
    """Change rows of a file: `write_rows` writes the CHANGING columns of those that differ. All at once, or not."""
    names = CHANGING[1:]
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        table, made = Path(folder) / "changed.csv", Path(folder) / "rows.parquet"
        with table.open("w", newline="", encoding="utf-8") as file:
            write_rows(csv.writer(file, quoting=csv.QUOTE_NOTNULL))
        if not table.stat().st_size:
            return
        new = ", ".join(f"CASE WHEN new.seq IS NULL THEN old.{each} ELSE new.{each} END AS {each}" for each in names)
        with _duck() as duck:
            duck.execute(
                f"COPY (SELECT old.* REPLACE ({new}) FROM read_parquet({_quoted(path)}) AS old"  # noqa: S608
                f" LEFT JOIN {_lines(table, CHANGING)} AS new ON new.seq = old.seq ORDER BY old.at, old.seq)"
                f" TO {_quoted(made)} (FORMAT parquet, COMPRESSION zstd)"
            )
        if rows_in(made) != rows_in(path):
            raise OSError(f"{path.name} would not hold as many events as before.")
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(path)


def _to_parquet(table: Path, made: Path) -> int:
    with _duck() as duck:
        duck.execute(
            f"COPY (SELECT * FROM {_lines(table, COLUMNS)}) TO {_quoted(made)}"  # noqa: S608
            " (FORMAT parquet, COMPRESSION zstd)"
        )
        return rows_in(made)


def _lines(table: Path, columns: Iterable[str]) -> str:
    """A file of lines as PostgreSQL writes them: what is quoted is a text, what is empty without quotes is nothing."""
    types = ", ".join(f"'{name}': '{COLUMNS[name]}'" for name in columns)
    return (
        f"read_csv({_quoted(table)}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
        f" nullstr = '', allow_quoted_nulls = false, max_line_size = {LONGEST_LINE}, columns = {{{types}}})"
    )


def rows_in(path: Path) -> int:
    """How many events a file holds."""
    with _duck() as duck:
        found = duck.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        return int(found[0]) if found else 0


def evidence_in(path: Path) -> list[str]:
    """Whose events a file holds. Raises Unreadable for a file of something else."""
    import duckdb

    with _duck() as duck:
        try:
            found = duck.execute("SELECT DISTINCT evidence::VARCHAR FROM read_parquet(?)", [str(path)])
            return [row[0] for row in found.fetchall() if row[0]]
        except (duckdb.InvalidInputException, duckdb.BinderException) as trouble:
            raise Unreadable(path.name) from trouble


def read(path: Path, evidence: Collection[str] | None = None) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a file (under this evidence), a few thousand at a time, as COLUMNS. Raises Unreadable."""
    import duckdb

    with _duck() as duck:
        try:
            columns = ", ".join(_read_as(name) for name in COLUMNS)
            which = "" if evidence is None else " WHERE list_contains(?, evidence::VARCHAR)"
            given = [str(path)] if evidence is None else [str(path), list(evidence)]
            found = duck.execute(f"SELECT {columns} FROM read_parquet(?){which}", given)  # noqa: S608
            while rows := found.fetchmany(AT_ONCE):
                yield [tuple(map(_value, row)) for row in rows]
        except duckdb.Error as trouble:
            raise Unreadable(path.name) from trouble


def _read_as(name: str) -> str:
    # DuckDB gives moments with a zone to Python through a package that we have no other use for.
    return f'make_timestamp(epoch_us("{name}"))' if COLUMNS[name] == "TIMESTAMPTZ" else f'"{name}"'


def _value(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _duck() -> Any:
    import duckdb  # 0.2 s, which no page should pay

    made = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"},
    )
    made.execute("SET TimeZone = 'UTC'")
    return made


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def begin_of(day: date) -> datetime:
    """Midnight UTC, where months of events begin."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

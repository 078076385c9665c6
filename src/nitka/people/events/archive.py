"""Events as Parquet files, out and in again. Plain types that DuckDB, Spark and pandas read alike: ids are text,
moments are UTC, properties and context are JSON as text."""

import tempfile
from collections.abc import Iterator
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


def _to_parquet(table: Path, made: Path) -> int:
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    options = f"header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', " \
              f"allow_quoted_nulls = false, max_line_size = {LONGEST_LINE}, columns = {{{types}}}"  # fmt: skip
    with _duck() as duck:
        duck.execute(
            f"COPY (SELECT * FROM read_csv({_quoted(table)}, {options})) TO {_quoted(made)}"  # noqa: S608
            " (FORMAT parquet, COMPRESSION zstd)"
        )
        return rows_in(made)


def rows_in(path: Path) -> int:
    """How many events a file holds."""
    with _duck() as duck:
        found = duck.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        return int(found[0]) if found else 0


def read(path: Path) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a file, a few thousand at a time, in the order of COLUMNS. Raises Unreadable."""
    import duckdb

    with _duck() as duck:
        try:
            columns = ", ".join(_read_as(name) for name in COLUMNS)
            found = duck.execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)])  # noqa: S608
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

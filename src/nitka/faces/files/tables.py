"""Tables from files: CSV, packed or not, and Parquet; columns by name, rows with their numbers."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nitka.faces.files.problems import UnreadableFile
from nitka.faces.files.reading import code_page, csv_rows, lines, opened

PARQUET = b"PAR1"
DELIMITERS = ",;\t|"
AT_ONCE = 20_000
Row = tuple[int, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns, and its rows as often as they are asked for. Rows of CSV are text, those of Parquet values."""

    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def open_table(path: Path) -> Table:
    """The table in that file, whatever its name says. Raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFile(_("The file cannot be read: %(reason)s.") % {"reason": reason}) from error
    return _parquet(path) if start == PARQUET else _csv(path)


def _csv(path: Path) -> Table:
    delimiter = delimiter_of(path)
    letters = _letters(path)
    header = next(csv_rows(path, delimiter=delimiter, otherwise=letters), None)
    if header is None:
        raise UnreadableFile(_("The file is empty."))
    columns = tuple(name.strip() for name in header[1])

    def rows() -> Iterator[Row]:
        read = csv_rows(path, delimiter=delimiter, otherwise=letters)
        next(read, None)
        for number, row in read:
            if not row:
                continue
            if len(row) != len(columns):
                words = _("Line %(line)s has %(found)s fields, the first line has %(expected)s. Nothing was imported.")
                raise UnreadableFile(words % {"line": number, "found": len(row), "expected": len(columns)})
            yield number, row

    return Table(columns, rows)


def _letters(path: Path) -> str:
    """The page of lines that are no UTF-8. Histories of many years may hold both."""
    try:
        return code_page(path)
    except UnreadableFile:
        return "cp1252"


def delimiter_of(path: Path) -> str:
    """Whatever parts the first line into most."""
    with opened(path) as file:
        first = next((line for _number, line in lines(file)), None)
    if first is None:
        raise UnreadableFile(_("The file is empty."))
    text = first.decode("utf-8", errors="replace")
    return max(DELIMITERS, key=lambda each: len(next(csv.reader([text], delimiter=each), [])))


def _parquet(path: Path) -> Table:
    import duckdb  # 0.2 s to import, and few files are Parquet

    # A file is data: nothing else of the machine may be read on its behalf, and nothing fetched.
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "threads": "2",
    }

    def reader(columns: str = "*") -> Any:
        connection = duckdb.connect(":memory:", config=settings)
        # Moments with a zone come as UTC, whatever the machine's clock is set to.
        connection.execute("SET TimeZone = 'UTC'")
        try:
            return connection.execute(f"SELECT {columns} FROM read_parquet(?)", [_literal(path)])  # noqa: S608
        except duckdb.Error as error:
            raise UnreadableFile(_("The file is no Parquet that can be read. Nothing was imported.")) from error

    def rows() -> Iterator[Row]:
        found, number = reader(wanted), 0
        try:
            while batch := found.fetchmany(AT_ONCE):
                for row in batch:
                    number += 1
                    yield number, row
        except duckdb.Error as error:
            raise UnreadableFile(_("The file is damaged or breaks off. Nothing was imported.")) from error

    described = reader().description
    wanted = ", ".join(_as_read(str(each[0]), str(each[1])) for each in described)
    return Table(tuple(each[0] for each in described), rows)


def _as_read(name: str, kind: str) -> str:
    """DuckDB gives moments with a zone to Python through a package that we have no other use for."""
    column = '"' + name.replace('"', '""') + '"'
    # A "Z" is what tells them from moments on the file's own clock.
    zoned = "TIME ZONE" in kind or kind == "TIMESTAMPTZ"
    return f"strftime(make_timestamp(epoch_us({column})), '%Y-%m-%dT%H:%M:%S.%fZ')" if zoned else column


def _literal(path: Path) -> str:
    """The path as it is: DuckDB would take stars and brackets in a name for a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path.absolute()))

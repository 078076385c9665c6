"""Handing a person everything that is kept of them: to read, and for machines."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.belongings import Holding, Party, holdings
from nitka.ground.web.pages import render_text
from nitka.people.customers.actions.erasure import NoCustomer
from nitka.people.customers.parties import party_of, standing_row, sure_of

# A page that a browser still opens; the files for machines hold every row.
MOST_ROWS_TO_READ = 500


@dataclass(frozen=True)
class Exported:
    """What was handed out: rows of each table."""

    code: str
    language: str
    rows: dict[str, int]


@dataclass(frozen=True)
class Shelf:
    """One table in the page that people read."""

    title: str
    file: str
    count: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@transaction.atomic
def export_customer(*, code: str, to: IO[bytes]) -> Exported:
    """Write a ZIP with everything of a person, of merged rows and of every device and address that is surely theirs.

    `index.html` is to be read, in the customer's language; `data/<table>.json` holds all rows with all columns but
    keys and passwords; `files/` what was attached. One transaction, so all of one moment. Raises NoCustomer.
    """
    row = standing_row(code)
    if row is None:
        raise NoCustomer(_("No customer has the code %(code)s.") % {"code": code})
    party, counts = sure_of(party_of(row.id)), dict[str, int]()
    with translation.override(row.language), zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        shelves = []
        for label, holding in holdings().items():
            shelf = _write(archive, holding, party)
            if shelf.count:
                shelves.append(shelf)
                counts[label] = shelf.count
        context = {"language": row.language, "shelves": shelves, "code": row.code, "made_at": clock.now(),
                   "most": MOST_ROWS_TO_READ}  # fmt: skip
        archive.writestr("index.html", render_text("customers/export.html", context))
    return Exported(row.code, row.language, counts)


def _write(archive: zipfile.ZipFile, holding: Holding, party: Party) -> Shelf:
    """One table into the archive, row by row; what people read of it is answered."""
    name, count, shown = f"data/{holding.label}.json", 0, list[dict[str, Any]]()
    rows = _rows(archive, holding, party)
    first = next(rows, None)
    if first is None:
        return Shelf("", "", 0, (), ())
    # The files beside it are written before: an archive takes one entry at a time.
    lines = [first, *rows]
    with archive.open(name, "w") as file:
        file.write(b"[\n")
        for line in lines:
            file.write((b",\n" if count else b"") + json.dumps(line, ensure_ascii=False, default=str).encode())
            count += 1
            if count <= MOST_ROWS_TO_READ:
                shown.append(line)
        file.write(b"\n]\n")
    columns = tuple(column for column in first if any(line[column] not in ("", None, [], {}) for line in shown))
    words = tuple(tuple(_readable(line[column]) for column in columns) for line in shown)
    return Shelf(str(holding.title), name, count, columns, words)


def _rows(archive: zipfile.ZipFile, holding: Holding, party: Party) -> Iterator[dict[str, Any]]:
    model: Any = apps.get_model(holding.label)
    columns = [column for column in model._meta.concrete_fields if column.name not in holding.secret]
    for row in holding.find(party).iterator(chunk_size=2000):
        line = {}
        for column in columns:
            value = getattr(row, column.attname)
            if isinstance(value, bytes | memoryview):
                place = f"files/{holding.label}/{row.pk}/{getattr(row, 'name', '') or column.name}".replace("..", "_")
                archive.writestr(place, bytes(value))
                value = place
            line[column.attname] = _plain(value)
        yield line


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value


def _readable(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_readable(each)}" for name, each in value.items() if each not in ("", None))
    if isinstance(value, list):
        return "\n".join(map(_readable, value))
    return str(value)

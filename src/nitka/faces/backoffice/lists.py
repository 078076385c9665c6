"""What every list shares: keyset pages, and filters read from the address."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the keys of the pages before and after it (empty at the ends)."""

    rows: Sequence[Any]
    before: str = ""
    after: str = ""


def keyset(rows: "QuerySet[Any]", request: HttpRequest, *, by: str, size: int = PAGE_SIZE) -> Page:
    """The page that `?after=` or `?before=` asks for, by a column (`-placed_at` is newest first) and the id.

    Costs the same on the thousandth page as on the first, and rows that arrive meanwhile shift nothing.
    """
    column, falling = by.lstrip("-"), by.startswith("-")
    backwards = _read_key(request.GET.get("before", ""))
    forwards = None if backwards else _read_key(request.GET.get("after", ""))
    key = backwards or forwards
    down = falling != bool(backwards)
    if key and _fits(rows, column, key):
        rows = rows.filter(_beyond(column, key, down))
    sign = "-" if down else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}pk")[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    first, last = _make_key(found[0], column), _make_key(found[-1], column)
    has_before = more if backwards else bool(forwards)
    has_after = True if backwards else more
    return Page(found, before=first if has_before else "", after=last if has_after else "")


def _fits(rows: "QuerySet[Any]", column: str, key: tuple[str, str]) -> bool:
    """Whether somebody's address holds values that these columns can have."""
    model: Any = rows.model
    try:
        model._meta.pk.to_python(key[1])
        for part in column.split("__"):
            field = model._meta.get_field(part)
            model = field.related_model
        field.to_python(key[0])
    except ValidationError:
        return False
    return True


def _beyond(column: str, key: tuple[str, str], down: bool) -> Q:
    operator = "lt" if down else "gt"
    value, pk = key
    return Q(**{f"{column}__{operator}": value}) | Q(**{column: value, f"pk__{operator}": pk})


def _make_key(row: Any, column: str) -> str:
    value = row
    for part in column.split("__"):
        value = getattr(value, part)
    text = value.isoformat() if isinstance(value, datetime | date) else str(value)
    return base64.urlsafe_b64encode(f"{row.pk}|{text}".encode()).decode().rstrip("=")


def _read_key(text: str) -> tuple[str, str] | None:
    """The key of an address; a broken one is as none, for people edit addresses."""
    if not text:
        return None
    try:
        pk, _bar, value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition("|")
    except ValueError:
        return None
    return (value, pk) if pk and value and "\x00" not in value else None


def typed(request: HttpRequest, name: str = "q") -> str:
    """What was typed into a field of the filters, without what no keyboard makes."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def read_day(request: HttpRequest, name: str) -> date | None:
    """A day from the address (`2026-11-21`), or None."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def is_live(request: HttpRequest) -> bool:
    """Whether htmx asks for the list alone."""
    return request.headers.get("HX-Request") == "true"


def see_other(address: str) -> HttpResponse:
    """After a post: look at this page."""
    return HttpResponse(status=303, headers={"Location": address})

"""Lists by cursor: the thousandth page costs what the first does, and rows that arrive meanwhile shift nothing."""

import base64
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

Cursor = Annotated[str, StringConstraints(max_length=300, pattern=r"^[A-Za-z0-9_-]*$")]
Size = Annotated[int, Field(ge=1, le=200)]


class Listed[T](Schema):
    """A page of a list. `next_cursor`: null on the last one."""

    items: list[T]
    next_cursor: str | None


def listed(
    rows: "QuerySet[Any]", cursor: str, size: int, *, by: str, shape: Callable[[Any], Any]
) -> dict[str, Any]:  # fmt: skip
    """The page behind the cursor, by a column (`-placed_at`: newest first) and the id."""
    column, falls = by.lstrip("-"), by.startswith("-")
    if cursor:
        rows = rows.filter(_beyond(rows, column, "lt" if falls else "gt", cursor))
    sign = "-" if falls else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}pk")[: size + 1])
    more = len(found) > size
    return {
        "items": [shape(row) for row in found[:size]],
        "next_cursor": _key(found[size - 1], column) if more else None,
    }


def _key(row: Any, column: str) -> str:
    value = getattr(row, column)
    text = value.isoformat() if isinstance(value, datetime | date) else str(value)
    return base64.urlsafe_b64encode(f"{row.pk}|{text}".encode()).decode().rstrip("=")


def _beyond(rows: "QuerySet[Any]", column: str, operator: str, cursor: str) -> Q:
    meta: Any = rows.model._meta
    try:
        pk, bar, value = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        if not bar or "\x00" in value:
            raise ValueError
        place, key = meta.get_field(column).to_python(value), meta.pk.to_python(pk)
    except (ValueError, ValidationError):
        raise HttpError(400, _("This cursor is not one of ours. Begin without one.")) from None
    return Q(**{f"{column}__{operator}": place}) | Q(**{column: place, f"pk__{operator}": key})

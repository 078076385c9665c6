"""Writing the read model in bulk: delete and COPY in one transaction, then say what changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from nitka.ground.web import watching

KEPT_DAYS = 7  # a host that slept longer builds its index anew

_TABLES = {
    "search_texts": ("product_id", "language", "slug", "card", "data"),
    "search_offers": ("product_id", "card", "data"),
    "search_entries": ("product_id", "data"),
}


def replace_rows(product_ids: Sequence[UUID], rows: Mapping[str, Iterable[Sequence[Any]]]) -> None:
    """Put these rows in the place of all rows of these products, and tell the hosts and whoever keeps pages."""
    with connection.cursor() as cursor:
        for table, columns in _TABLES.items():
            cursor.execute(f"DELETE FROM {table} WHERE product_id = ANY(%s)", [list(product_ids)])  # noqa: S608
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows[table]:
                    copy.write_row(row)
    say_changed(product_ids)
    watching.say_changed(f"product:{product_id}" for product_id in product_ids)


def differing(product_ids: Sequence[UUID], rows: Mapping[str, Iterable[Sequence[Any]]]) -> list[UUID]:
    """Those products whose rows would not be the same as they are."""
    others: set[UUID] = set()
    with connection.cursor() as cursor:
        for table, columns in _TABLES.items():
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE product_id = ANY(%s)",  # noqa: S608
                [list(product_ids)],
            )
            others |= {row[0] for row in set(cursor.fetchall()) ^ {tuple(row) for row in rows[table]}}
    return [each for each in product_ids if each in others]


def say_changed(product_ids: Sequence[UUID | None]) -> None:
    """One change row each; None stands for the labels."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_changes (product_id, at) SELECT id, now() FROM unnest(%s::uuid[]) AS id",
            [list(product_ids)],
        )

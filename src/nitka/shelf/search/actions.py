"""What can be done to the read side. It owns no truth: everything here can be built again."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from nitka.ground.locale import LANGUAGES
from nitka.shelf.catalog import queries as catalog

from . import rows, tables
from .follow import here
from .models import FacetLabel, Signal, Stale, Synonym
from .problems import UnknownLanguage

_CHUNK = 400
MOST_AT_ONCE = 20  # products that are rebuilt while somebody waits, or compared with what stands there
_ONE_WRITER = 0x4E49544B  # advisory lock: two writers of one product's rows would meet in the unique key


def rebuild(*, product_ids: Sequence[UUID] | None = None, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the read-model rows of these products (all without ids) and tell every host's index.

    Each few hundred products are one transaction. `progress` gets (done, of). Returns how many were looked at; products
    that are not published, or gone, lose their rows.
    """
    everything = product_ids is None
    ids = catalog.product_ids() if product_ids is None else list(dict.fromkeys(product_ids))
    shared = rows.around() if len(ids) > _CHUNK else None  # a shop may have thousands of attributes
    for start in range(0, len(ids), _CHUNK):
        _write(ids[start : start + _CHUNK], shared)
        if progress:
            progress(min(start + _CHUNK, len(ids)), len(ids))
    if everything:
        _forget_others(ids)
    return len(ids)


@transaction.atomic
def _write(product_ids: Sequence[UUID], shared: rows.Around | None = None, *, only_others: bool = False) -> None:
    """`only_others`: what reads the same as before is left alone, and nobody told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER])
    made = rows.rows_of(product_ids, shared)
    written = {"search_texts": made.texts, "search_offers": made.offers, "search_entries": made.entries}
    if only_others and len(product_ids) <= MOST_AT_ONCE:
        product_ids = tables.differing(product_ids, written)
        written = {table: [row for row in some if row[0] in product_ids] for table, some in written.items()}
    if product_ids:
        tables.replace_rows(product_ids, written)
    if made.labels:
        FacetLabel.objects.bulk_create(
            [
                FacetLabel(code=code[:120], value=value[:120], name=dict(name), position=position)
                for (code, value), (name, position) in sorted(made.labels.items())
            ],
            update_conflicts=True,
            unique_fields=["code", "value"],
            update_fields=["name", "position"],
        )


@transaction.atomic
def _forget_others(ids: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT product_id FROM search_offers WHERE NOT product_id = ANY(%s)", [list(ids)])
        gone = [row[0] for row in cursor.fetchall()]
    if gone:
        tables.replace_rows(gone, {"search_texts": [], "search_offers": [], "search_entries": []})
    tables.say_changed([None])


@transaction.atomic
def rebuild_stale() -> int:
    """Rebuild the products that facts marked since the last time; one that is marked meanwhile waits for the next."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_stale WHERE product_id IN"
            " (SELECT product_id FROM search_stale ORDER BY product_id LIMIT %s FOR UPDATE SKIP LOCKED)"
            " RETURNING product_id",
            [_CHUNK],
        )
        ids = [row[0] for row in cursor.fetchall()]
    if ids:
        _write(ids, only_others=True)
    return len(ids)


@transaction.atomic
def rebuild_now(*, product_ids: Sequence[UUID]) -> None:
    """Rebuild a few products for somebody who waits. Whoever else writes is waited for half a second at most; after
    that it raises OperationalError, and the worker, which was told as well, has to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '500ms', true)")
    _write(product_ids, only_others=True)


_haste = threading.local()


@contextmanager
def without_haste() -> Iterator[None]:
    """For who loads much: what this thread changes meanwhile is left to the worker, or to a `rebuild` at the end."""
    before = is_in_haste()
    _haste.off = True
    try:
        yield
    finally:
        _haste.off = not before


def is_in_haste() -> bool:
    """Whether what this thread changes is to be shown right after its commit."""
    return not getattr(_haste, "off", False)


def mark_stale(*, product_id: UUID) -> None:
    """Note that a product's rows are out of date; many notes of one product are one rebuilding."""
    Stale.objects.bulk_create([Stale(product_id=product_id)], ignore_conflicts=True)


def mark_all_stale() -> None:
    """Note that every product's rows are out of date, as when a category is renamed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_stale SELECT product_id FROM search_offers ORDER BY product_id ON CONFLICT DO NOTHING"
        )


@transaction.atomic
def set_synonyms(*, language: str, groups: Sequence[Sequence[str]]) -> None:
    """Replace the synonyms of a language: in each group every wording finds what the others find.

    Empty wordings and groups of one are dropped. Raises UnknownLanguage.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    cleaned = [[term.strip() for term in group if term.strip()] for group in groups]
    Synonym.objects.filter(language=language).delete()
    Synonym.objects.bulk_create(
        Synonym(language=language, terms=terms, position=position)
        for position, terms in enumerate(cleaned)
        if len(terms) > 1
    )
    tables.say_changed([None])


@transaction.atomic
def set_signal(*, product_id: UUID, name: str, value: float) -> None:
    """Let a higher room raise (up to 1) or lower (down to -0.5) a product in the ranking; 0 takes the signal back."""
    if value:
        Signal.objects.update_or_create(product_id=product_id, name=name, defaults={"value": value})
    else:
        Signal.objects.filter(product_id=product_id, name=name).delete()
    tables.say_changed([product_id])


def follow_once() -> int:
    """Bring this host's index up to date; one process of a host writes, the others get 0. Returns products indexed."""
    return here()[1].once()


def build_index() -> int:
    """Build this host's index anew from the rows, beside the old one. Returns the number of products."""
    return here()[1].build()

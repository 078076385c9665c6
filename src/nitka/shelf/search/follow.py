"""Keeping this host's index in step with the database.

One process of a host holds the lock and writes; every process reads. The index is a derivative: whatever is wrong with
it, it is built anew from the rows.
"""

import fcntl
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection, transaction
from tantivy import Document, IndexWriter

from nitka.shelf.pricing import queries as pricing

from . import schema
from .entry import Entry
from .home import Home, Shelf
from .labelling import labels
from .models import ProductEntry, Signal
from .tables import KEPT_DAYS

_BATCH = 2000
_LABELS_EVERY = 5.0  # seconds; labels that come with products may lag this much
_NEWS = """
    SELECT c.seq, c.product_id FROM search_changes c WHERE c.xid >= %s ORDER BY c.seq
"""
_NOW = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, current_database(),
           (SELECT min(applied)::text FROM django_migrations)
"""


class Follower:
    """The one writer of a host. Cheap to ask: one query when there is nothing new."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._lock: IO[bytes] | None = None
        self._writer: IndexWriter | None = None
        self._writes_to: Path | None = None
        self._done: set[int] = set()
        self._labelled = 0.0

    def once(self) -> int:
        """Bring the index up to date. Returns the products indexed; 0 also when another process is the writer."""
        if not self._hold_lock():
            return 0
        with transaction.atomic():  # one snapshot for "what is finished" and "what is new"
            with connection.cursor() as cursor:
                cursor.execute(_NOW)
                oldest, database, born = cursor.fetchone()
                state = self.home.state()
                codes = market_codes()
                if not _usable(state, codes, f"{database} {born}", oldest):
                    return self._build(codes, {"database": f"{database} {born}", "floor": oldest})
                cursor.execute(_NEWS, [state["floor"]])
                news = cursor.fetchall()
            fresh = [(seq, product_id) for seq, product_id in news if seq not in self._done]
            count = self._apply(fresh, codes) if fresh else 0
        self._done = {seq for seq, _product_id in news}
        if fresh or oldest - state["floor"] > 10_000 or time.time() - state["at"] > 3600:
            self.home.keep_state({**state, "floor": oldest, "at": time.time()})
        return count

    def build(self) -> int:
        """Build the whole index anew, whatever state it is in."""
        if not self._hold_lock():
            return 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_NOW)
            oldest, database, born = cursor.fetchone()
            return self._build(market_codes(), {"database": f"{database} {born}", "floor": oldest})

    def close(self) -> None:
        """Let another process be the writer."""
        self._writer = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _hold_lock(self) -> bool:
        if self._lock:
            return True
        self.home.path.mkdir(parents=True, exist_ok=True)
        lock = (self.home.path / "writer.lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        return True

    def _build(self, codes: Sequence[str], state: dict[str, Any]) -> int:
        self._writer = None
        self._done = set()
        count = self.home.build(_documents(None, codes), codes, labels(), {**state, "at": time.time()})
        self._labelled = time.monotonic()
        return count

    def _apply(self, fresh: Sequence[tuple[int, UUID | None]], codes: Sequence[str]) -> int:
        products = list(dict.fromkeys(product_id for _seq, product_id in fresh if product_id))
        if len(products) < len(fresh) or time.monotonic() - self._labelled > _LABELS_EVERY:
            self.home.write_labels(labels())
            self._labelled = time.monotonic()
        if not products:
            return 0
        writer = self._open_writer()
        for start in range(0, len(products), _BATCH):
            batch = products[start : start + _BATCH]
            for product_id in batch:
                writer.delete_documents_by_term("id", str(product_id))
            for document in _documents(batch, codes):
                writer.add_document(document)
        writer.commit()
        return len(products)

    def _open_writer(self) -> IndexWriter:
        if self._writer is None or self._writes_to != self.home.current:
            self._writes_to = self.home.current
            self._writer = self.home.writer()
        return self._writer


def market_codes() -> tuple[str, ...]:
    """The markets that have a price column in the index."""
    return tuple(sorted(market.code for market in pricing.markets()))


def _usable(state: dict[str, Any], codes: Sequence[str], database: str, oldest: int) -> bool:
    return bool(
        state
        and state.get("version") == schema.version(codes)
        and state.get("database") == database
        and state["floor"] <= oldest
        and time.time() - state["at"] < (KEPT_DAYS - 1) * 86_400
    )


def _documents(product_ids: Sequence[UUID] | None, codes: Sequence[str]) -> Iterator[Document]:
    rows = ProductEntry.objects.order_by("product_id")
    signals = Signal.objects.all()
    if product_ids is not None:
        rows, signals = rows.filter(product_id__in=product_ids), signals.filter(product_id__in=product_ids)
    weights: dict[UUID, float] = {}
    for product_id, value in signals.values_list("product_id", "value"):
        weights[product_id] = weights.get(product_id, 0.0) + value
    for product_id, data in rows.values_list("product_id", "data").iterator(chunk_size=_BATCH):
        entry = Entry.from_dict(orjson.loads(data) | {"signal": _bounded(weights.get(product_id, 0.0))})
        card = orjson.dumps({"title": entry.title, "slug": entry.slug}).decode()
        yield schema.document(entry, codes, card)


def _bounded(weight: float) -> float:
    return min(max(weight, -0.5), 2.0)


_shelves: dict[Path, tuple[Shelf, Follower]] = {}


def here() -> tuple[Shelf, Follower]:
    """This process's reader and follower of the index under NITKA_HOME."""
    path = Path(settings.NITKA_HOME) / "search"
    if path not in _shelves:
        home = Home(path)
        _shelves[path] = (Shelf(home), Follower(home))
    return _shelves[path]

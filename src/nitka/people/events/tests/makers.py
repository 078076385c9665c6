"""Rows of events for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from nitka.ground import clock
from nitka.people.events.committing import Committer
from nitka.people.events.models import Event, Kind
from nitka.people.events.storing import Store


def event(*, evidence: UUID, name: str = "Product Viewed", kind: Kind = Kind.TRACK, at: datetime | None = None,
          **fields: Any) -> int:  # fmt: skip
    """Write one event as the collector would; returns its number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('events_seq')")
        seq = int(cursor.fetchone()[0])
    given = {"source": 1, "message_id": str(uuid4()), "consent": 1, **fields}
    Event.objects.create(seq=seq, at=at or clock.now(), evidence=evidence, name=name, kind=kind, **given)
    return seq


@contextmanager
def fresh_committer() -> Iterator[None]:
    """A committer that remembers nothing of rows that an earlier test has wiped away."""
    module = import_module("nitka.people.events.actions.collect")  # `actions.collect` is the verb

    store = Store()
    before, module._committer = module._committer, Committer(store)
    try:
        yield
    finally:
        store._leave()
        module._committer = before

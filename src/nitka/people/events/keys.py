"""Write keys, remembered by the process: a sender is recognised without a word to the database."""

import threading
import time

import psycopg
from django.db import DatabaseError, connection

from nitka.people.events.models import Source

FRESH_SECONDS = 5.0
# A key that was made a moment ago must not be answered "unknown": SDKs throw away what they sent with it.
DOUBT_SECONDS = 0.25


class Keys:
    """Rows of living sources by write key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, Source] = {}
        self._read_at = float("-inf")

    def find(self, key: str) -> Source | None:
        """The source of that key. Raises DatabaseError where it is not known and cannot be asked for."""
        row = self._rows.get(key)
        age = time.monotonic() - self._read_at
        if age > (FRESH_SECONDS if row else DOUBT_SECONDS):
            try:
                self._read()
            except (DatabaseError, psycopg.Error):
                if row is None:
                    raise
                return row
            row = self._rows.get(key)
        return row

    def forget(self) -> None:
        self._read_at = float("-inf")

    def _read(self) -> None:
        began = self._read_at
        with self._lock:
            if self._read_at != began:
                return  # somebody else did while we waited
            in_request = connection.in_atomic_block or connection.connection is not None
            try:
                self._rows = {row.write_key: row for row in Source.objects.filter(ended_at=None)}
            finally:
                if not in_request:
                    connection.close()  # back to the pool: no request of Django's will do it for us
            self._read_at = time.monotonic()

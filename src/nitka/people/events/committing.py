"""Group commit: who comes while a commit is under way waits for the next one, and shares it with all who came.

There is no thread of its own and no queue that outlives a request. The first to come leads: it commits what waits,
wakes whose events are in, and hands the lead to the next in line. Everybody answers only when its own commit is done.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from nitka.people.events.reading import Row

GROUP_EVENTS = 4000
WAITING_EVENTS = 20_000
WAIT_SECONDS = 8.0
# Commits one upon the other hold a handful of events each and cost as much as large ones.
PACE_SECONDS = 0.005


class Rejection:
    """Something that was not stored, for the debugger's log."""

    __slots__ = ("count", "excerpt", "kind", "name", "reason", "source")

    def __init__(self, source: int, kind: str, name: str, reason: str, excerpt: str = "", count: int = 1) -> None:
        self.source, self.kind, self.name, self.reason = source, kind, name, reason
        self.excerpt, self.count = excerpt, count


class Parcel:
    """The events of one request on their way, and what became of them."""

    __slots__ = ("done", "rejected", "rows", "trouble", "turn")

    def __init__(self, rows: Sequence[Row], rejected: list[Rejection]) -> None:
        self.rows, self.rejected = rows, rejected
        self.done = False
        self.trouble: BaseException | None = None
        self.turn = threading.Lock()
        self.turn.acquire()


class Busy(Exception):
    """More waits than can be committed soon."""


class Committer:
    """One for each process. `store` commits several parcels at once, or raises and has committed none."""

    def __init__(self, store: Callable[[Sequence[Parcel]], None]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._line: deque[Parcel] = deque()
        self._events = 0
        self._led = False
        self._ended = 0.0

    def commit(self, parcel: Parcel) -> None:
        """Return when the parcel is committed. Raises Busy, or what `store` raised for it."""
        with self._lock:
            if self._line and self._events + len(parcel.rows) > WAITING_EVENTS:
                raise Busy
            self._line.append(parcel)
            self._events += len(parcel.rows)
            lead = not self._led
            self._led = True
        if not lead:
            self._wait(parcel)
        if not parcel.done:
            self._lead()
        if parcel.trouble is not None:
            raise parcel.trouble

    def _wait(self, parcel: Parcel) -> None:
        """Until it is committed, or until it is our turn to lead."""
        if parcel.turn.acquire(timeout=WAIT_SECONDS):
            return
        with self._lock:
            if parcel in self._line and not (parcel is self._line[0] and not parcel.turn.locked()):
                self._line.remove(parcel)
                self._events -= len(parcel.rows)
                raise Busy
        parcel.turn.acquire()  # a leader has it in hand; the server's time-outs bound that

    def _lead(self) -> None:
        time.sleep(max(0.0, self._ended + PACE_SECONDS - time.monotonic()))
        group = self._take()
        trouble: BaseException | None = None
        try:
            self._store(group)
        except BaseException as raised:
            trouble = raised
        for parcel in group:
            parcel.trouble = parcel.trouble or trouble
            parcel.done = True
        self._ended = time.monotonic()
        with self._lock:
            heir = self._line[0] if self._line else None
            self._led = heir is not None
            if heir:
                heir.turn.release()
        for parcel in group:
            if parcel.turn.locked():
                parcel.turn.release()

    def _take(self) -> list[Parcel]:
        with self._lock:
            group = [self._line.popleft()]
            size = len(group[0].rows)
            while self._line and size + len(self._line[0].rows) <= GROUP_EVENTS:
                group.append(self._line.popleft())
                size += len(group[-1].rows)
            self._events -= size
        return group

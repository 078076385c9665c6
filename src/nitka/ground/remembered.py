"""What every request asks for and nearly never changes is kept in the process for two seconds.

Whoever learns that something changed empties all memories at once (`forget_all`); an answer that was being asked for
meanwhile may be of before the change, so it goes to who asked and is not kept. What a transaction saw may be its own
and never come true, so only other transactions are told it from memory.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakSet

from django.db import connection

FRESH_SECONDS = 2.0
_MOST_KEYS = 512
_memories: "WeakSet[RememberedBy[Any, Any]]" = WeakSet()


class RememberedBy[K: Hashable, T]:
    """The answer of `load` for each key, asked anew when it is older than some seconds or was forgotten."""

    def __init__(self, load: Callable[[K], T], seconds: float = FRESH_SECONDS) -> None:
        self._load = load
        self._seconds = seconds
        self._kept: dict[K, tuple[float, bool, T]] = {}
        _memories.add(self)

    def __call__(self, key: K) -> T:
        shelf = self._kept  # of now: an answer that comes after `forget` lands in a shelf that nobody looks into
        kept = shelf.get(key)
        inside, began = connection.in_atomic_block, time.monotonic()
        if kept is not None and began - kept[0] <= self._seconds and inside >= kept[1]:
            return kept[2]
        answer = self._load(key)
        if len(shelf) >= _MOST_KEYS:
            shelf.clear()
        shelf[key] = began, inside, answer
        return answer

    def forget(self) -> None:
        """The next question goes to the database."""
        self._kept = {}


class Remembered[T](RememberedBy[None, T]):
    """The same for what has one answer."""

    def __init__(self, load: Callable[[], T], seconds: float = FRESH_SECONDS) -> None:
        super().__init__(lambda _none: load(), seconds)

    def __call__(self, key: None = None) -> T:
        return super().__call__(None)


def forget_all() -> None:
    """Empty every memory of this process: something that pages show has changed."""
    for memory in list(_memories):
        memory.forget()

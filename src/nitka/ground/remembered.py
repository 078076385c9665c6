"""What every request asks for and nearly never changes is kept in the process for two seconds."""

import time
from collections.abc import Callable

FRESH_SECONDS = 2.0


class Remembered[T]:
    """The answer of `load`, asked anew when it is older than two seconds or was forgotten."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._kept: tuple[float, T] | None = None

    def __call__(self) -> T:
        kept = self._kept
        if kept is None or time.monotonic() - kept[0] > FRESH_SECONDS:
            self._kept = kept = time.monotonic(), self._load()
        return kept[1]

    def forget(self) -> None:
        """The next question goes to the database."""
        self._kept = None

"""What has changed since: each process looks at most twice a second, and gives out nothing when it cannot look.

Every change bumps a number, the generation. A page remembers the generation at which it was begun; it is good for as
long as nothing it shows got a later one. So a page that was begun before a change and finished after it is never given
out, whatever the threads do.
"""

import threading
import time
from collections.abc import Iterable

import orjson
from django.db import connection

from nitka.ground.remembered import forget_all
from nitka.ground.web.watching import EVERYTHING

LOOK_EVERY = 0.4  # seconds between two looks
LEASE = 1.2  # and how long the last one may be ago, while another thread looks
_TOO_LONG = 4 * 3600.0  # rows of changes are kept for six hours
_MOST_TAGS = 50_000
_NEVER = 1 << 62

# One statement is one snapshot. What was running at the last look, or runs now, is looked at again.
_NEWS = """
    WITH now AS (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest)
    SELECT oldest, (SELECT json_agg(json_build_array(seq, tag) ORDER BY seq)::text
                    FROM web_page_changes WHERE xid >= least(%s, oldest))
    FROM now
"""


class News:
    """The generations of all tags as this process knows them."""

    def __init__(self) -> None:
        self.generation = 1
        self._changed: dict[str, int] = {}
        self._floor = _NEVER
        self._done: set[int] = set()
        self._looked = -_TOO_LONG * 2
        self._looking = threading.Lock()

    def caught_up(self) -> bool:
        """Look if it is time to. False where the database could not be asked lately: then nothing may be given out."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return True
        # Only one thread looks; the others need not wait while the last look is not too long ago.
        if not self._looking.acquire(blocking=time.monotonic() - self._looked >= LEASE, timeout=-1):
            return True
        try:
            if time.monotonic() - self._looked >= LOOK_EVERY:
                self._look()
        except Exception:
            return time.monotonic() - self._looked < LEASE
        finally:
            self._looking.release()
        return True

    def changed_since(self, generation: int, tags: Iterable[str]) -> bool:
        """Whether any of these tags changed after that generation."""
        changed = self._changed
        return any(changed.get(tag, 0) > generation for tag in tags)

    def _look(self) -> None:
        began = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute(_NEWS, [self._floor])
            floor, rows = cursor.fetchone()
        news = orjson.loads(rows) if rows else []
        fresh = {tag for seq, tag in news if seq not in self._done}
        if self._floor == _NEVER or floor < self._floor or began - self._looked > _TOO_LONG:
            fresh = {EVERYTHING}  # the first look, another database, or a sleep: whatever was remembered is too old
        if fresh:
            self._note(fresh)
        self._done = {seq for seq, _tag in news}
        self._floor, self._looked = floor, began

    def _note(self, tags: set[str]) -> None:
        # First the memories, then the number: who begins a page at the new number finds the memories empty.
        forget_all()
        later = self.generation + 1
        if len(self._changed) > _MOST_TAGS:
            tags = {EVERYTHING}
            self._changed = dict.fromkeys(names_of_change(EVERYTHING), later)
        for tag in tags:
            for name in names_of_change(tag):
                self._changed[name] = later
        self.generation = later


def names_of_change(tag: str) -> tuple[str, ...]:
    """A change of "product:1" concerns what shows it ("product:1") and what shows some products ("product:")."""
    kind, colon, _name = tag.partition(":")
    return (tag, f"{kind}:", "*") if colon else (tag, "*")


def names_to_watch(tags: Iterable[str]) -> tuple[str, ...]:
    """What a page with these tags depends on: them, all names of their kind at once ("product:*"), and everything."""
    found = {EVERYTHING, *tags}
    found |= {f"{tag.partition(':')[0]}:*" for tag in tags if ":" in tag}
    return tuple(found)

"""Followers: what reads a growing table a little behind its end, for work that is too small to be a job each."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import close_old_connections, connection, transaction

from nitka.ground.facts.models import Cursor
from nitka.ground.troubles import where

Step = Callable[[], int]
AFTER_TROUBLE_SECONDS = 2.0
REST_SECONDS = 0.15
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Follower:
    """A step that is taken again and again; `every` is the rest, in seconds, when nothing was waiting."""

    name: str
    step: Step
    every: float


_followers: dict[str, Follower] = {}


def follows(name: str, *, every: float = 0.3) -> Callable[[Step], Step]:
    """Register a step: it reads some of what came since its cursor, and says how much that was.

    Each step is one transaction with its rows and its cursor. All workers together take one step of a name at a time.
    """

    def register(step: Step) -> Step:
        _followers[name] = Follower(name, step, every)
        return step

    return register


def followers() -> tuple[Follower, ...]:
    """All that loaded domains follow."""
    return tuple(_followers.values())


def cursor_of(name: str) -> int:
    """How far that follower has read; 0 at the beginning."""
    return Cursor.objects.filter(name=name).values_list("position", flat=True).first() or 0


def move_cursor(name: str, to: int) -> None:
    """Remember how far it has read, in the caller's transaction."""
    Cursor.objects.update_or_create(name=name, defaults={"position": to})


def take_step(follower: Follower) -> int:
    """One step in a transaction of its own; 0 as well where another worker is at it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('follower'), hashtext(%s))", [follower.name])
            if not cursor.fetchone()[0]:
                return 0
        return follower.step()


def catch_up() -> None:
    """Take the steps that wait, where no worker takes them: for commands that are run on their own."""
    for follower in followers():
        while take_step(follower):
            pass


def start_all() -> list[threading.Thread]:
    """Let each follower walk in a thread of its own for as long as the process lives."""
    threads = [
        threading.Thread(target=_walk, args=(follower,), daemon=True, name=follower.name) for follower in followers()
    ]
    for thread in threads:
        thread.start()
    return threads


def _walk(follower: Follower) -> None:
    while True:
        close_old_connections()
        began = time.monotonic()
        try:
            done = take_step(follower)
        except Exception as trouble:
            log.warning("follower_stumbled", follower=follower.name, error=where(trouble))
            connection.close()
            time.sleep(AFTER_TROUBLE_SECONDS)
            continue
        # It rests twice as long as it worked, for who waits for a page must not wait for what can be read later; and
        # long enough that a step is worth its transaction.
        time.sleep(max(REST_SECONDS, 2 * (time.monotonic() - began)) if done else follower.every)

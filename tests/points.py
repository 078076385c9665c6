"""The named points of the checkout, where a process is killed or a rival is let in.

`killed_at` runs a deed in a process of its own, forked from this one, and kills it (SIGKILL) where it stands at that
point: nothing is cleaned up, as with a host that loses its power. `rival_at` lets somebody else act at that point, in
a thread and with a connection of its own.
"""

import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any

from django.db import connection

SECONDS = 60.0
MEETING = 0.3  # a rival that waits for a lock is left waiting after so many seconds


@dataclass(frozen=True, slots=True)
class Point:
    """A function; the point is reached when it has returned, or (`before`) when it is called."""

    module: str
    function: str
    before: bool = False


_ORDERS, _PAYMENTS = "nitka.sale.orders.actions", "nitka.sale.payments"
_GATEWAY = f"{_PAYMENTS}.providers.demo_card.gateway"

# In the process of the web, in their order. Until "committed" all is one transaction.
PLACING = {
    "order written": Point(f"{_ORDERS}.place_order", "_insert"),
    "goods held": Point("nitka.shelf.inventory.actions", "hold_first"),
    "promotions used": Point("nitka.shelf.pricing.actions", "use_promotions"),
    "credit paid": Point(f"{_ORDERS}.place_order", "_pay_by_credit"),
    "payment opened": Point(f"{_PAYMENTS}.actions", "open_payment"),
    "committed": Point(_ORDERS, "start_payment", before=True),
    "gateway asked": Point(_GATEWAY, "charge"),  # it has charged, and nobody here knows
    "gateway answered": Point(f"{_PAYMENTS}.actions", "start"),
    "settled": Point(f"{_ORDERS}.place_order", "settle_with"),
    "cart closed": Point("nitka.sale.checkout.actions.placing", "_close_if_placed"),
}
# In the worker's.
WORKING = {
    "mail written": Point("nitka.sale.orders.mails", "order_placed"),  # in the reaction's transaction
    "reaction run": Point("nitka.ground.facts.actions", "react"),  # committed, its job not finished
    "refund asked": Point(_GATEWAY, "refund"),
    "capture asked": Point(_GATEWAY, "capture"),
}
POINTS = {**PLACING, **WORKING}
COMMITTED = tuple(PLACING)[tuple(PLACING).index("committed") :]


@contextmanager
def meeting(name: str, act: Callable[[], object]) -> Iterator[None]:
    """While this lasts, `act` is called once where somebody reaches the point first."""
    point, reached = POINTS[name], threading.Event()
    module = import_module(point.module)
    real = getattr(module, point.function)

    @wraps(real)
    def watched(*given: Any, **named: Any) -> Any:
        done = None if point.before else real(*given, **named)
        if not reached.is_set():
            reached.set()
            act()
        return real(*given, **named) if point.before else done

    setattr(module, point.function, watched)
    try:
        yield
    finally:
        setattr(module, point.function, real)


def rival_at(name: str, deed: Callable[[], object], rival: Callable[[], object]) -> list[object]:
    """Do the deed, and let the rival act when it stands at the point; what each gave or raised, the deed's first.

    A rival that has to wait for a lock of the deed goes on when the deed does.
    """
    results: dict[str, object] = {}
    crowd: list[threading.Thread] = []

    def noted(who: str, act: Callable[[], object]) -> None:
        try:
            results[who] = act()
        except Exception as trouble:
            results[who] = trouble

    def alone() -> None:
        try:
            noted("rival", rival)
        finally:
            connection.close()

    def let_in() -> None:
        crowd.append(threading.Thread(target=alone))
        crowd[0].start()
        crowd[0].join(MEETING)

    with meeting(name, let_in):
        noted("deed", deed)
    for each in crowd:
        each.join(SECONDS)
    return [results.get("deed"), results.get("rival")]


def killed_at(name: str, deed: Callable[[], object]) -> bool:
    """Do the deed in another process and kill it at the point; False where it ended without coming there."""
    others = _connected()
    connection.close()  # the child must not speak on this one
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _live_and_die(name, deed, writing)
    os.close(writing)
    ready, _none, _none = select.select([reading], [], [], SECONDS)
    arrived = bool(ready) and os.read(reading, 1) == b"!"
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    _until_rolled_back(others)
    return arrived


def _live_and_die(name: str, deed: Callable[[], object], writing: int) -> None:
    def die() -> None:
        os.write(writing, b"!")
        time.sleep(2 * SECONDS)

    try:
        with meeting(name, die):
            deed()
    finally:
        os._exit(1)


def _connected() -> set[int]:
    """Who else speaks to this database: threads that other tests left, such as one that follows changes of pages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def _until_rolled_back(others: set[int]) -> None:
    """The server needs a moment to notice that nobody is there any more."""
    for _try in range(500):
        if _connected() <= others:
            return
        time.sleep(0.01)
    raise TimeoutError("A connection of the killed process is still there.")

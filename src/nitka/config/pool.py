"""Whether a pooled connection still lives, without a word to the server at every request.

A server that ended has closed its side, which the socket shows at no cost. Only a silent network hides that, so a
connection that was not heard of for a while is asked.
"""

import select
import time
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg_pool import ConnectionPool

SILENT_SECONDS = 10.0
_heard: "WeakKeyDictionary[Connection[Any], float]" = WeakKeyDictionary()


def check(connection: Connection[Any]) -> None:
    """Raises what psycopg raises for a connection that is no more; the pool then makes another."""
    now = time.monotonic()
    if now - _heard.get(connection, 0.0) < SILENT_SECONDS and not _says_something(connection.pgconn.socket):
        return
    ConnectionPool.check_connection(connection)
    _heard[connection] = now


def _says_something(socket: int) -> bool:
    """Between two requests a server only speaks to say good-bye."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))

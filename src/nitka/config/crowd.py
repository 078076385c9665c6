"""How many pages a process makes at a time."""

import threading
from collections.abc import Iterable
from typing import Any

from nitka.ground.web.health import Application, StartResponse


def at_most(number: int, application: Application) -> Application:
    """Let so many requests in at a time; the others wait their turn.

    Threads that wait for a commit cost nothing, so there are many of them for events; pages are work, and more of them
    at a time than the processor can do only makes each slower and takes more connections.
    """
    turns = threading.BoundedSemaphore(number)

    def wrapped(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        with turns:
            return application(environ, start_response)

    return wrapped

"""What the thread knows of the domains whose facts it shows."""

from collections.abc import Callable, Sequence
from typing import Any

from nitka.ground.facts.contract import kinds as known_kinds

Loader = Callable[[list[dict[str, Any]]], Sequence[dict[str, Any]]]

GROUPS = ("orders", "messages", "mail", "visits", "identity")
loaders: dict[str, Loader] = {}
filed: dict[str, str] = {}


def group_of(kind: str) -> str:
    """The filter that shows facts of that kind; empty where none but "everything" does."""
    return filed.get(kind.partition(".")[0], "")


def kinds_of(groups: Sequence[str]) -> list[str]:
    """All kinds of facts under these filters; a whole kind (`orders.order_placed`) is its own."""
    wanted = set(groups)
    return sorted(kind for kind in known_kinds() if kind in wanted or group_of(kind) in wanted)

"""What lines of a cart look like, remembered for two seconds: the same cart is asked for at every step."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from uuid import UUID

from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import VariantView

STALE_AFTER_SECONDS = 2.0
MOST_REMEMBERED = 2000

_known: OrderedDict[UUID, tuple[float, VariantView]] = OrderedDict()
_lock = Lock()


def variants(ids: Iterable[UUID]) -> dict[UUID, VariantView]:
    """`catalog.variants`; asks only for what is not fresh."""
    now = time.monotonic()
    wanted = list(dict.fromkeys(ids))
    with _lock:
        fresh = {key: _known[key][1] for key in wanted if key in _known and _known[key][0] > now}
    missing = [key for key in wanted if key not in fresh]
    if missing:
        found = catalog.variants(missing)
        with _lock:
            for key, view in found.items():
                _known[key] = (now + STALE_AFTER_SECONDS, view)
                _known.move_to_end(key)
            while len(_known) > MOST_REMEMBERED:
                _known.popitem(last=False)
        fresh |= found
    return fresh


def forget() -> None:
    """Ask anew for everything. For tests."""
    with _lock:
        _known.clear()

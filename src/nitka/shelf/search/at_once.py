"""What is sold is shown by who told it: right after the commit, in the same process.

The worker hears of it as well, and finds nothing left to do. But it works behind those who wait for a page, and on a
busy machine two jobs of it may take longer than a price may be out of date.
"""

import threading
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from nitka.ground.troubles import where
from nitka.shelf.catalog.facts import ProductChanged
from nitka.shelf.inventory.facts import AvailabilityChanged
from nitka.shelf.pricing.facts import PriceChanged

from . import actions

_KINDS = {ProductChanged.kind, PriceChanged.kind, AvailabilityChanged.kind}
log = structlog.get_logger(__name__)


class _Told(threading.local):
    """Products that this thread told something of. What was rolled back is rebuilt with the next, for nothing."""

    def __init__(self) -> None:
        self.ids: set[UUID] = set()


_told = _Told()


def note(fact: Any) -> None:
    """For `when_told`: a few products are rebuilt as soon as the fact is true; many are left to the worker."""
    if fact.kind in _KINDS and actions.is_in_haste():
        if len(_told.ids) <= actions.MOST_AT_ONCE:
            _told.ids.add(UUID(fact.subject))
        transaction.on_commit(_rebuild, robust=True)


def _rebuild() -> None:
    ids, _told.ids = _told.ids, set()
    if not 0 < len(ids) <= actions.MOST_AT_ONCE:
        return
    try:
        actions.rebuild_now(product_ids=sorted(ids))
    except Exception as trouble:  # what was told stands; the worker rebuilds
        log.warning("not_shown_at_once", products=len(ids), error=where(trouble))

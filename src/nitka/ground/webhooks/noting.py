"""Noting, in the transaction of a fact, whom it is to be sent to."""

import time
from uuid import UUID

from nitka.ground.facts.models import FactRow
from nitka.ground.webhooks.models import Delivery, Endpoint

REMEMBERED_SECONDS = 2.0
_known: tuple[float, list[tuple[UUID, frozenset[str]]]] | None = None


def note(row: FactRow) -> None:
    """A delivery for each endpoint that wants this kind, and its task. Most shops have none, and then this is free."""
    wanted = [endpoint_id for endpoint_id, kinds in _endpoints() if not kinds or row.kind in kinds]
    if not wanted:
        return
    from nitka.ground.webhooks.tasks import deliver

    # One that was removed a moment ago has no row to point at any more.
    living = Endpoint.objects.filter(id__in=wanted, enabled=True).values_list("id", flat=True)
    made = Delivery.objects.bulk_create(
        [Delivery(endpoint_id=each, fact_id=row.id, kind=row.kind, next_at=row.at) for each in living]
    )
    for each in made:
        deliver.later(delivery_id=str(each.id))


def forget() -> None:
    """Ask the database again at the next fact."""
    global _known
    _known = None


def _endpoints() -> list[tuple[UUID, frozenset[str]]]:
    global _known
    if _known is None or time.monotonic() - _known[0] > REMEMBERED_SECONDS:
        rows = Endpoint.objects.filter(enabled=True).values_list("id", "kinds")
        _known = (time.monotonic(), [(endpoint_id, frozenset(kinds)) for endpoint_id, kinds in rows])
    return _known[1]

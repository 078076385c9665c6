"""Questions about webhooks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from nitka.ground.facts.contract import kinds
from nitka.ground.webhooks.models import Delivery, Endpoint
from nitka.ground.webhooks.tasks import content_of

EXCERPT = 1_000


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint, without its secret. `rotating`: the old secret still counts until then."""

    id: UUID
    url: str
    kinds: tuple[str, ...]
    enabled: bool
    why_disabled: str
    rotating: datetime | None
    delivered: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class DeliveryView:
    id: UUID
    kind: str
    state: str
    tries: int
    next_at: datetime | None
    status: int | None
    answer: str
    sent: str
    log: tuple[dict[str, Any], ...]
    created_at: datetime


def endpoints() -> list[EndpointView]:
    """All of them, oldest first, with what became of the last thirty days."""
    return [_view(row) for row in Endpoint.objects.order_by("id")]


def endpoint(endpoint_id: UUID) -> EndpointView | None:
    """One of them."""
    row = Endpoint.objects.filter(id=endpoint_id).first()
    return _view(row) if row else None


def deliveries_of(endpoint_id: UUID, *, state: str = "", limit: int = 100) -> list[DeliveryView]:
    """The newest deliveries of an endpoint, with what was sent and what came back."""
    rows = Delivery.objects.filter(endpoint_id=endpoint_id).order_by("-created_at", "-id")
    rows = rows.filter(state=state) if state else rows
    return [
        DeliveryView(
            row.id, row.kind, row.state, row.tries, row.next_at, row.status, row.answer,
            (content_of(row) or b"").decode()[:EXCERPT], tuple(row.log), row.created_at,
        )
        for row in rows[:limit]
    ]  # fmt: skip


def kinds_told() -> list[str]:
    """The kinds of facts that an endpoint may choose from."""
    return sorted(kinds())


def _view(row: Endpoint) -> EndpointView:
    found = Delivery.objects.filter(endpoint=row).order_by().values_list("state").annotate(n=Count("pk"))
    numbers = dict(found)
    return EndpointView(
        row.id, row.url, tuple(row.kinds), row.enabled, row.why_disabled, row.old_until,
        numbers.get("delivered", 0), numbers.get("waiting", 0), numbers.get("failed", 0),
    )  # fmt: skip

"""To any address: a signed batch of events, as Standard Webhooks 1.0.0 describes."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from nitka.ground import clock
from nitka.ground.web.outbound import Answer, post
from nitka.ground.webhooks import signing
from nitka.people.events.queries import ADVERTISING, ANALYTICS, PERSONALISATION, EventView

NAME = "webhook"


def is_on() -> bool:
    """Only where a merchant gave an address and a secret."""
    return bool(settings.FORWARD_URL and settings.FORWARD_SECRET)


def wants(event: EventView) -> bool:
    """With a yes to analytics, from people."""
    return bool(event.consent & ANALYTICS) and not event.is_bot


def send(events: Sequence[EventView]) -> list[Answer]:
    """Send them; the id follows from the first and the last, so that a second try has the same. Raises NotSent."""
    now = clock.now()
    body = signing.body(
        "events.collected", events[-1].received_at or events[-1].at, {"events": list(map(_plain, events))}
    )
    message = f"evt_{events[0].seq}_{events[-1].seq}"
    return [post(settings.FORWARD_URL, body, signing.headers(message, now, body, settings.FORWARD_SECRET))]


def _plain(event: EventView) -> dict[str, Any]:
    may = {"analytics": ANALYTICS, "personalisation": PERSONALISATION, "advertising": ADVERTISING}
    return {
        "messageId": event.message_id, "type": event.kind, "event": event.name, "timestamp": event.at.isoformat(),
        "evidence": str(event.evidence), "device": str(event.device) if event.device else None,
        "consent": {name: bool(event.consent & bit) for name, bit in may.items()}, "properties": event.properties,
        "context": event.context,
    }  # fmt: skip

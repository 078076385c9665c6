"""To Google Analytics 4 by the Measurement Protocol. Google answers 2xx whatever it is sent, so nothing is learnt."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import timedelta
from urllib.parse import urlencode

import orjson
from django.conf import settings

from nitka.ground import clock
from nitka.ground.web.outbound import Answer, post
from nitka.people.events.providers.ga4 import mapping
from nitka.people.events.queries import ANALYTICS, EventView

NAME = "ga4"
AT_ONCE = 25
BACKDATED = timedelta(hours=71)  # 72 by their rule


def is_on() -> bool:
    """Only where a merchant gave an id and a secret."""
    return bool(settings.GA4_MEASUREMENT_ID and settings.GA4_API_SECRET)


def wants(event: EventView) -> bool:
    """With a yes to analytics, from people, and not older than Google takes."""
    fresh = event.at > clock.now() - BACKDATED
    return bool(event.consent & ANALYTICS) and not event.is_bot and fresh and mapping.event(event) is not None


def bodies(events: Sequence[EventView]) -> Iterable[bytes]:
    """One request for up to 25 events of one client with one consent, in their order."""
    grouped: dict[tuple[str, str, bool], list[EventView]] = {}
    for each in events:
        client = str(each.device or each.evidence)
        grouped.setdefault((client, str(each.evidence), mapping.consent(each)["ad_user_data"] == "GRANTED"), []).append(
            each
        )
    for (client, person, _ads), theirs in grouped.items():
        for part in itertools.batched(theirs, AT_ONCE):
            body = {
                "client_id": client, "consent": mapping.consent(part[0]),
                "events": [made for each in part if (made := mapping.event(each))],
            }  # fmt: skip
            yield orjson.dumps(body if person == client else {**body, "user_id": person})


def send(events: Sequence[EventView]) -> list[Answer]:
    """Send them. Raises NotSent."""
    query = urlencode({"measurement_id": settings.GA4_MEASUREMENT_ID, "api_secret": settings.GA4_API_SECRET})
    return [post(f"{settings.GA4_URL}?{query}", body, {"Content-Type": "application/json"}) for body in bodies(events)]

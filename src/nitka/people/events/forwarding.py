"""Passing events on: a follower notes what is to be sent, a task sends it. Off until a merchant turns it on."""

from typing import Any

import structlog

from nitka.ground.facts.followers import cursor_of, move_cursor
from nitka.ground.facts.jobs import Task
from nitka.ground.web.outbound import NotSent
from nitka.people.customers import queries as customers
from nitka.people.events import queries
from nitka.people.events.actions.keeping import REPLAYED
from nitka.people.events.providers.ga4 import sending as ga4
from nitka.people.events.providers.webhook import sending as webhook
from nitka.people.events.queries import EventView

PROVIDERS: dict[str, Any] = {each.NAME: each for each in (ga4, webhook)}
AT_ONCE = 250
# Seconds before each further try; after the last one the events are given up, for these are statistics.
WAITS = (5, 60, 600, 3_600, 14_400, 43_200)
log = structlog.get_logger(__name__)


def step(name: str, forward: Task) -> int:
    """Note the next events for that provider; how many were read. What came before it was turned on stays here."""
    cursor = f"events.forward.{name}"
    if not PROVIDERS[name].is_on():
        return 0
    since = cursor_of(cursor)
    if not since:
        move_cursor(cursor, max(queries.last_seq(), 1))
        return 0
    found = queries.after(since, AT_ONCE)
    if not found:
        return 0
    forward.later(provider=name, after=since, upto=found[-1].seq, tries=0)
    move_cursor(cursor, found[-1].seq)
    return len(found)


def send(name: str, *, after: int, upto: int, tries: int, forward: Task) -> None:
    """One try; another follows where the other side does not answer, asks to wait, or is broken."""
    provider = PROVIDERS[name]
    if not provider.is_on():
        return
    events = [each for each in queries.after(after, AT_ONCE) if each.seq <= upto]
    wanted = _not_refused([each for each in events if not each.flags & REPLAYED and provider.wants(each)])
    if not wanted:
        return
    try:
        statuses = [answer.status for answer in provider.send(wanted)]
        trouble = next((str(each) for each in statuses if not 200 <= each < 300), "")
        lasting = any(400 <= each < 500 and each not in (408, 425, 429) for each in statuses)
    except NotSent as refusal:
        trouble, lasting = str(refusal), refusal.refused
    if not trouble:
        return
    log.warning("events_not_forwarded", provider=name, after=after, upto=upto, tries=tries + 1, error=trouble)
    if tries < len(WAITS) and not lasting:
        forward.later_in(WAITS[tries], provider=name, after=after, upto=upto, tries=tries + 1)


def _not_refused(events: list[EventView]) -> list[EventView]:
    """Whoever said no since it was collected is not passed on."""
    ids = {each.evidence for each in events} | {each.device for each in events if each.device}
    refused = customers.refused(ids, "analytics")
    return [each for each in events if each.evidence not in refused and each.device not in refused]

"""Questions about visits and channels; asked through `queries`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Count, Q, Sum

from nitka.people.events import channel_book
from nitka.people.events.channels import FIELDS, UNASSIGNED, Touch, arrival_of
from nitka.people.events.default_rules import DEFAULT_RULES
from nitka.people.events.visits import ChannelRule, Session

Who = Literal["people", "all"]
DEFAULT_CHANNELS = tuple(dict.fromkeys([*(rule.channel for rule in DEFAULT_RULES), UNASSIGNED]))


@dataclass(frozen=True, slots=True)
class RuleView:
    """One line of the rules. `id` is None while the built-in ones hold; `conditions`: field → patterns."""

    id: UUID | None
    position: int
    channel: str
    conditions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SessionView:
    id: UUID
    device: UUID | None
    evidence: UUID
    started_at: datetime
    last_at: datetime
    channel: str
    source: str
    medium: str
    campaign: str
    clicks: Mapping[str, str]
    referrer: str
    landing: str
    pages: int
    events: int
    bot: bool
    why: str


@dataclass(frozen=True, slots=True)
class ChannelNumbers:
    """Visits of a channel within a time. `bots` of them were machines': 0 where only people were asked for."""

    channel: str
    sessions: int
    visitors: int
    pages: int
    bots: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Which channel a visit would get, and by which line (from 1; 0: none held)."""

    channel: str
    line: int
    source: str
    medium: str
    campaign: str
    click: str


def channel_rules() -> list[RuleView]:
    """The rules that hold now, from the top."""
    rows = list(ChannelRule.objects.all())
    ids: list[UUID | None] = [row.id for row in rows] or [None] * len(DEFAULT_RULES)
    return [
        RuleView(id_, place, rule.channel, {name: getattr(rule, name) for name in FIELDS if getattr(rule, name)})
        for place, (id_, rule) in enumerate(zip(ids, channel_book.read().rules, strict=True), 1)
    ]


def quiet_hosts() -> tuple[list[str], list[str]]:
    """Hosts where money is taken, and other houses of the shop."""
    book = channel_book.read()
    return sorted(book.paying), sorted(book.own)


def try_address(address: str, referrer: str = "") -> Trial:
    """The channel of a visit that would begin at this address, coming from that referrer."""
    book = channel_book.read()
    context = {"page": {"url": address, "referrer": referrer}}
    touch = arrival_of(context, own=book.own, paying=book.paying).touch or Touch()
    line = next((place for place, rule in enumerate(book.rules, 1) if rule.holds(touch)), 0)
    channel = book.rules[line - 1].channel if line else UNASSIGNED
    return Trial(channel, line, touch.source, touch.medium, touch.campaign, touch.click)


def sessions_by_channel(start: datetime, end: datetime, who: Who) -> list[ChannelNumbers]:
    """Visits begun in [start, end) by channel, most first. `who`: "people" without machines, or "all"."""
    rows = Session.objects.filter(started_at__gte=start, started_at__lt=end)
    if who == "people":
        rows = rows.filter(bot=False)
    found = rows.values("channel").annotate(
        sessions=Count("id"), visitors=Count("visitor", distinct=True), seen=Sum("pages"),
        machines=Count("id", filter=Q(bot=True)),
    )  # fmt: skip
    numbers = [
        ChannelNumbers(each["channel"], each["sessions"], each["visitors"], each["seen"] or 0, each["machines"])
        for each in found
    ]
    return sorted(numbers, key=lambda each: (-each.sessions, each.channel))


def sessions_of(evidence_ids: Iterable[UUID], limit: int = 50) -> list[SessionView]:
    """The newest visits under any of these evidence ids, newest first, machines' as well (`bot`)."""
    ids = list(evidence_ids)
    rows = Session.objects.filter(Q(visitor__in=ids) | Q(evidence__in=ids)).order_by("-started_at", "-id")[:limit]
    return [
        SessionView(
            row.id, row.device, row.evidence, row.started_at, row.last_at, row.channel, row.source, row.medium,
            row.campaign, row.clicks, row.referrer, row.landing, row.pages, row.events, row.bot, row.why,
        )
        for row in rows
    ]  # fmt: skip

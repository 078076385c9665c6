"""Visits out of events: `fold` splits what one visitor did, `step` keeps the table behind the events.

Events come late and out of order (a phone without a net sends an hour later). What comes in order goes on from the
newest visit; what does not makes the visits it touches anew, from the events themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from nitka.ground.facts.followers import cursor_of, move_cursor
from nitka.ground.ids import new_id
from nitka.people.events import bursts, channel_book, queries
from nitka.people.events.channels import Arrival, Touch, arrival_of, channel_of
from nitka.people.events.models import Source
from nitka.people.events.queries import EventView
from nitka.people.events.visits import Session

NAME = "events.sessions"
PAUSE = timedelta(minutes=30)
# Whoever pays at a bank, or fetches a card for it, comes back to the same visit.
PAYING = timedelta(hours=24)
AT_ONCE = 2000
MOST_AGAIN = 20_000
FAST_PAGES = 20  # a minute
SILENT_PAGES = 8
SIGNS = {
    "Page Scrolled", "Web Vital Measured", "Product Clicked", "Product Added", "Form Error", "Rage Clicked",
    "Dead Clicked", "Checkout Step Completed", "Promotion Clicked", "Coupon Entered",
}  # fmt: skip
KEPT = [each.name for each in Session._meta.concrete_fields if each.name != "id"]


@dataclass(frozen=True)
class Hit:
    """An event as a visit sees it."""

    at: datetime
    seq: int
    evidence: UUID
    device: UUID | None
    arrival: Arrival
    page: bool
    sign: bool
    own: bool
    flagged: bool
    landing: str
    agent: int


@dataclass
class Visit:
    """A visit that is being counted."""

    touch: Touch
    started_at: datetime
    last_at: datetime
    landing: str
    agent: int
    device: UUID | None
    evidence: UUID
    evidences: list[UUID] = field(default_factory=list)
    pages: int = 0
    events: int = 0
    signs: int = 0
    own: bool = True
    flagged: bool = False
    id: UUID = field(default_factory=new_id)

    def takes(self, hit: Hit) -> bool:
        """Whether the hit goes on with this visit."""
        if hit.at - self.last_at > (PAYING if hit.arrival.returning else PAUSE):
            return False
        touch = hit.arrival.touch
        return not (hit.page and touch and touch.tagged and not touch.same_campaign(self.touch))

    def add(self, hit: Hit) -> None:
        """Count the hit in."""
        self.last_at = max(self.last_at, hit.at)
        self.pages += hit.page
        self.events += 1
        self.signs += hit.sign
        self.own = self.own and hit.own
        self.flagged = self.flagged or hit.flagged
        self.evidence, self.device = hit.evidence, self.device or hit.device
        if hit.evidence not in self.evidences:
            self.evidences.append(hit.evidence)

    def why_a_bot(self) -> str:
        """What makes it a machine's by itself; "" where nothing does."""
        minutes = max((self.last_at - self.started_at).total_seconds() / 60, 1)
        if self.flagged:
            return "agent"
        if self.pages > FAST_PAGES * minutes:
            return "fast"
        return "silent" if self.own and self.pages >= SILENT_PAGES and not self.signs else ""


def fold(visit: Visit | None, hits: Iterable[Hit]) -> list[Visit]:
    """Split hits, in order of time, into visits; the first may go on with the one given."""
    visits = [visit] if visit else []
    for hit in hits:
        if not visits or not visits[-1].takes(hit):
            visits.append(
                Visit(hit.arrival.touch or Touch(), hit.at, hit.at, hit.landing, hit.agent, hit.device, hit.evidence)
            )
        visits[-1].add(hit)
    return visits


def step() -> int:
    """Follow the events a little; how many were read. Runs in a transaction with the cursor."""
    events = queries.after(cursor_of(NAME), AT_ONCE)
    if not events:
        return 0
    book = channel_book.read()
    by_visitor: dict[UUID, list[Hit]] = {}
    for event, hit in _hits(events, book):
        by_visitor.setdefault(event.device or event.evidence, []).append(hit)
    newest = _newest(by_visitor)
    rows: list[Session] = []
    for visitor, hits in by_visitor.items():
        hits.sort(key=lambda hit: (hit.at, hit.seq))
        last = newest.get(visitor)
        if last is None or hits[0].at >= last.last_at:
            visits = fold(_visit(last) if last else None, hits)
        else:
            visits = _again(visitor, hits, events[-1].seq, book)
        rows += [_row(visitor, each, book) for each in visits]
    Session.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=KEPT, batch_size=500)
    bursts.flag(rows)
    move_cursor(NAME, events[-1].seq)
    return len(events)


def _again(visitor: UUID, hits: Sequence[Hit], upto: int, book: channel_book.Book) -> list[Visit]:
    """Make the visits anew that late hits touch. Events behind `upto` are still to come and not counted here."""
    reach = PAYING if any(hit.arrival.returning for hit in hits) else PAUSE
    first, last = hits[0].at, hits[-1].at
    old: list[Session] = []
    for _round in range(50):
        old = list(
            Session.objects.filter(visitor=visitor, started_at__lte=last + reach, last_at__gte=first - reach)
            .order_by("started_at")
        )  # fmt: skip
        wider = min([first, *(each.started_at for each in old)]), max([last, *(each.last_at for each in old)])
        if wider == (first, last):
            break
        first, last = wider
    evidences = {hit.evidence for hit in hits} | {one for each in old for one in each.evidences}
    events = queries.between(evidences, first, last, upto=upto, limit=MOST_AGAIN)
    mine = [event for event in events if (event.device or event.evidence) == visitor]
    visits = fold(None, [hit for _event, hit in _hits(mine, book)])
    kept = _keep_ids(visits, old)
    Session.objects.filter(id__in=[each.id for each in old if each.id not in kept]).delete()
    return visits


def _keep_ids(visits: Sequence[Visit], old: Sequence[Session]) -> set[UUID]:
    """A visit keeps the id of the one it overlaps, so that what others remember of it stays true."""
    left = list(old)
    for visit in visits:
        same = next((one for one in left if one.started_at <= visit.last_at and one.last_at >= visit.started_at), None)
        if same:
            visit.id = same.id
            left.remove(same)
    return {visit.id for visit in visits}


def _hits(events: Iterable[EventView], book: channel_book.Book) -> list[tuple[EventView, Hit]]:
    sources = {row.id: row for row in Source.objects.all()}
    found = []
    for event in events:
        source = sources.get(event.source)
        page = event.kind in ("page", "screen")
        # What a server tells (an order, a refund) is no visit.
        if not page and (source is None or source.kind != Source.Kind.BROWSER):
            continue
        found.append((event, _hit(event, page, bool(source and source.own), book)))
    return found


def _hit(event: EventView, page: bool, own: bool, book: channel_book.Book) -> Hit:
    context: dict[str, Any] = event.context if isinstance(event.context, dict) else {}
    shown = context.get("page")
    path = shown.get("path") if isinstance(shown, dict) else ""
    agent = context.get("userAgent")
    return Hit(
        event.at, event.seq, event.evidence, event.device,
        arrival_of(context, own=book.own, paying=book.paying), page, event.name in SIGNS, own, event.is_bot,
        path[:300] if isinstance(path, str) else "", _number(agent) if isinstance(agent, str) else 0,
    )  # fmt: skip


def _number(agent: str) -> int:
    return int.from_bytes(blake2b(agent.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _newest(visitors: Iterable[UUID]) -> dict[UUID, Session]:
    rows = Session.objects.filter(visitor__in=list(visitors)).order_by("visitor", "-started_at").distinct("visitor")
    return {row.visitor: row for row in rows}


def _visit(row: Session) -> Visit:
    touch = Touch(
        row.source, row.medium, row.campaign, row.term, row.content, row.click, row.clicks, row.referrer, row.tagged
    )
    return Visit(
        touch, row.started_at, row.last_at, row.landing, row.agent, row.device, row.evidence, list(row.evidences),
        row.pages, row.events, row.signs, row.own, row.flagged, row.id,
    )  # fmt: skip


def _row(visitor: UUID, visit: Visit, book: channel_book.Book) -> Session:
    touch, why = visit.touch, visit.why_a_bot()
    return Session(
        id=visit.id, visitor=visitor, device=visit.device, evidence=visit.evidence, evidences=visit.evidences,
        started_at=visit.started_at, last_at=visit.last_at, channel=channel_of(touch, book.rules)[:60],
        source=touch.source[:200], medium=touch.medium[:200], campaign=touch.campaign[:200], term=touch.term[:200],
        content=touch.content[:200], click=touch.click, clicks=dict(touch.clicks), referrer=touch.referrer,
        tagged=touch.tagged, landing=visit.landing, pages=visit.pages, events=visit.events, signs=visit.signs,
        own=visit.own, flagged=visit.flagged, bot=bool(why), why=why, agent=visit.agent,
    )  # fmt: skip

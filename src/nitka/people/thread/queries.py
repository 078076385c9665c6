"""Questions about the thread of a customer, a company, or a visitor who is nobody's customer yet."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nitka.ground import clock
from nitka.people.customers import queries as customers
from nitka.people.events import queries as events
from nitka.people.thread.items import ThreadItem, items
from nitka.people.thread.lines import Line, line_of
from nitka.people.thread.reading import Parties, Place, Row, Wanted, read, read_place
from nitka.people.thread.register import GROUPS, kinds_of
from nitka.people.thread.visits import Knot, Visit, knots

__all__ = [
    "GROUPS", "Knot", "Line", "Parties", "ThreadItem", "ThreadNews", "ThreadPage", "Visit", "knots",
    "line_of", "of_evidence", "parties_of", "since_of", "thread_of", "thread_of_evidence", "thread_of_parties",
    "thread_since",
]  # fmt: skip

# A transaction that began before the cursor may end after it; what it told is looked for this long.
SLOWEST = timedelta(seconds=30)
MOST_NEWS = 200


@dataclass(frozen=True)
class ThreadPage:
    """Items, newest first; `next` is the cursor of the page behind it, None at the beginning of the story."""

    items: tuple[ThreadItem, ...]
    next: str | None = None


@dataclass(frozen=True)
class ThreadNews:
    """What came after a cursor, newest first. The last half minute may come again: items are known by their id.

    `anew`: the ids of the person changed (a visitor was recognised, people were merged), or more came than fits.
    Then the page should be read again from its beginning.
    """

    items: tuple[ThreadItem, ...]
    cursor: str
    anew: bool = False


def thread_of(
    customer_id: UUID, before: str | None = None, limit: int = 50, kinds: Sequence[str] | None = None,
    *, bots: bool = False,
) -> ThreadPage:  # fmt: skip
    """The newest items of a customer, or those before a cursor. A page costs the same however far back it lies.

    `kinds`: filters (GROUPS) or kinds of facts; None is everything. Events of bots are left out unless asked for.
    A broken cursor is as none.
    """
    return thread_of_parties(parties_of(customer_id), before, limit, kinds, bots=bots)


def thread_of_evidence(
    evidence_ids: Iterable[UUID], before: str | None = None, limit: int = 50, kinds: Sequence[str] | None = None,
    *, bots: bool = False,
) -> ThreadPage:  # fmt: skip
    """The same for a visitor whom nobody knows, by the ids of the evidence."""
    return thread_of_parties(of_evidence(evidence_ids), before, limit, kinds, bots=bots)


def thread_of_parties(
    parties: Parties, before: str | None = None, limit: int = 50, kinds: Sequence[str] | None = None,
    *, bots: bool = False,
) -> ThreadPage:  # fmt: skip
    """A page of the thread of these ids, by one question and one more for each loader of its facts."""
    wanted = _wanted(kinds, bots, before=read_place(before) if before else None, limit=limit + 1)
    rows = read(parties, wanted)
    more = len(rows) > limit
    return ThreadPage(items(rows[:limit]), rows[limit - 1].place.text() if more else None)


def parties_of(customer_id: UUID) -> Parties:
    """Under which ids a customer's facts and events lie: all rows that are this person, their sign-ins, evidence."""
    ids = tuple(customers.customer_ids_of(customer_id))
    evidence = tuple(customers.evidence_ids_of(customer_id))
    return Parties((*ids, *customers.user_ids_of(ids), *evidence), evidence)


def parties_of_company(company_id: UUID) -> Parties:
    """The ids of everybody who acts for a company: its thread is theirs as one."""
    people = [parties_of(person) for person in customers.people_of(company_id)]
    whose = dict.fromkeys(each for party in people for each in party.whose)
    evidence = dict.fromkeys(each for party in people for each in party.evidence)
    return Parties((company_id, *whose), tuple(evidence))


def of_evidence(evidence_ids: Iterable[UUID]) -> Parties:
    """The ids of a visitor: facts may lie under evidence as well (a consent that was given before a name)."""
    evidence = tuple(evidence_ids)
    return Parties(evidence, evidence)


def since_of(parties: Parties) -> str:
    """A cursor for `thread_since` that begins now. Take it before the page is read, so that nothing falls between."""
    return _since(parties, clock.now(), events.last_seq())


def thread_since(
    parties: Parties, cursor: str, kinds: Sequence[str] | None = None, *, bots: bool = False
) -> ThreadNews:  # fmt: skip
    """What came after the cursor, by two questions. A broken cursor asks for a fresh start."""
    began = read_since(cursor)
    now, last = clock.now(), events.last_seq()
    fresh = _since(parties, now, last)
    if began is None or began.of != _digest(parties):
        return ThreadNews((), fresh, anew=True)
    asked = _wanted(kinds, bots, limit=MOST_NEWS, after=began.at - SLOWEST, after_seq=began.seq)
    rows: list[Row] = read(parties, asked)
    return ThreadNews(items(rows), fresh, anew=len(rows) == MOST_NEWS)


@dataclass(frozen=True)
class Since:
    """Where a page that stays open has read to."""

    at: datetime
    seq: int
    of: str


def read_since(cursor: str) -> Since | None:
    """The cursor taken apart; None for one that is not ours."""
    try:
        at, seq, of = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("|")
        moment = datetime.fromisoformat(at)
        return Since(moment, int(seq), of) if moment.tzinfo and 0 <= int(seq) < 2**63 else None
    except ValueError:
        return None


def _since(parties: Parties, at: datetime, seq: int) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{seq}|{_digest(parties)}".encode()).decode().rstrip("=")


def _digest(parties: Parties) -> str:
    ids = sorted(each.bytes for each in {*parties.whose, *parties.evidence})
    return hashlib.blake2b(b"".join(ids), digest_size=8).hexdigest()


def _wanted(
    kinds: Sequence[str] | None, bots: bool, *, limit: int, before: Place | None = None, after: datetime | None = None,
    after_seq: int | None = None,
) -> Wanted:  # fmt: skip
    return Wanted(
        before=before,
        fact_kinds=None if kinds is None else tuple(kinds_of(kinds)),
        events=kinds is None or "visits" in kinds,
        bots=bots, limit=max(1, limit), after=after, after_seq=after_seq,
    )  # fmt: skip

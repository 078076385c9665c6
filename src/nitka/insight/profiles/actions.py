"""Keeping profiles: what changed is summed up anew; everything can be made again from orders and events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from uuid import UUID

from django.db import transaction

from nitka.insight.profiles import keeping
from nitka.people.customers import queries as customers
from nitka.people.events import queries as events
from nitka.sale.orders import queries as orders

AT_ONCE = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found. `different` are ids of evidence and of customers whose stored summary was another."""

    buyers: int = 0
    behaviours: int = 0
    different_buyers: tuple[UUID, ...] = ()
    different_evidences: tuple[UUID, ...] = ()
    months: tuple[date, ...] = field(default=())

    @property
    def differs(self) -> bool:
        return bool(self.different_buyers or self.different_evidences)


@transaction.atomic
def sum_up_orders(*, customer_id: UUID) -> None:
    """Read the orders of a buyer again and store what they say."""
    keeping.lock_buying([customer_id])
    computed = keeping.computed_buying([customer_id])
    keeping.write_buying({customer_id: computed.get(customer_id, {})})


def sum_up_behaviour(*, evidence_ids: Sequence[UUID]) -> None:
    """Read the events under these ids again: what is refused by now goes, what is allowed again comes back."""
    for month in events.months_with_events(evidence_ids):
        _rebuild_month(month, evidence_ids, check=False)


def rebuild(
    *, customer_ids: Iterable[UUID] | None = None, check: bool = False, progress: Progress | None = None
) -> Rebuilt:
    """Make the profiles of these customers (of everybody and every visitor, if None) again from orders and events.

    Says what was different before; with `check` nothing is written. Each batch is a transaction of its own, and what
    happens meanwhile is not lost: orders are read under the lock of their buyer, events up to where the follower is.
    """
    given = None if customer_ids is None else [customers.canonical(each) for each in customer_ids]
    buyers = _buyers(given)
    evidence_ids = None if given is None else [each for one in given for each in customers.evidence_ids_of(one)]
    months = events.months_with_events(evidence_ids)
    every, done = len(buyers) + len(months) * AT_ONCE, 0
    other_buyers: list[UUID] = []
    for start in range(0, len(buyers), AT_ONCE):
        part = buyers[start : start + AT_ONCE]
        other_buyers += _rebuild_buying(part, check)
        done += len(part)
        if progress:
            progress(done, every)
    behaviours, other_evidences = 0, set()
    for month in months:
        count, others = _rebuild_month(month, evidence_ids, check)
        behaviours += count
        other_evidences |= others
        done += AT_ONCE
        if progress:
            progress(done, every)
    return Rebuilt(len(buyers), behaviours, tuple(other_buyers), tuple(sorted(other_evidences)), tuple(months))


def _buyers(given: Sequence[UUID] | None) -> list[UUID]:
    if given is None:
        return sorted({*orders.buyers(), *keeping.stored_buyers()})
    return sorted({row for one in given for row in customers.customer_ids_of(one)})


@transaction.atomic
def _rebuild_buying(part: Sequence[UUID], check: bool) -> list[UUID]:
    stored = keeping.lock_buying(part)
    computed = keeping.computed_buying(part)
    others = [each for each in part if stored.get(each, {}) != computed.get(each, {})]
    if check:
        transaction.set_rollback(True)  # the lock made empty rows
    else:
        keeping.write_buying({each: computed.get(each, {}) for each in others})
    return others


@transaction.atomic
def _rebuild_month(month: date, evidence_ids: Sequence[UUID] | None, check: bool) -> tuple[int, set[UUID]]:
    """How many summaries the month has, and whose were different."""
    until = keeping.stop_follower()
    stored = keeping.stored_behaviour(month, evidence_ids)
    count, others = 0, set()
    for part in batched(keeping.computed_behaviour(month, until, evidence_ids), AT_ONCE):
        refused = keeping.refused_fields([evidence for evidence, _state in part])
        allowed = {evidence: keeping.without(state, refused.get(evidence, frozenset())) for evidence, state in part}
        wrong = {
            (evidence, month): state
            for evidence, state in allowed.items()
            if state and stored.pop(evidence, None) != state
        }
        count += sum(1 for state in allowed.values() if state)
        others |= {evidence for evidence, _month in wrong}
        if not check:
            keeping.write_behaviour(wrong)
    if not check:
        keeping.drop_behaviour((evidence, month) for evidence in stored)
    return count, others | set(stored)

"""Telling facts, and running what reacts to them."""

import traceback
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, close_old_connections, connection, transaction
from procrastinate import JobContext

from nitka.ground import clock
from nitka.ground.facts import jobs
from nitka.ground.facts.contract import Fact, hooks, listeners, rebuild
from nitka.ground.facts.models import DeadLetter, FactRow, Receipt
from nitka.ground.problem import Problem

REACT = "nitka.ground.facts.react"
log = structlog.get_logger(__name__)


class NotADeadLetter(Problem):
    """The letter is not there, or was retried already."""

    code = "not_a_dead_letter"
    status = 404


def tell(fact: Fact, *, at: Any = None) -> UUID:
    """Write the fact and one job for each listener in the caller's transaction; a rollback leaves nothing.

    Raises RuntimeError outside of a transaction, for a fact must stand or fall with what it tells.
    """
    return tell_all([fact], at=at)[0]


def tell_all(facts: Iterable[Fact], *, at: Any = None) -> list[UUID]:
    """`tell` for many facts of one moment, in as many statements as one takes."""
    rows = [_row(fact, at or clock.now()) for fact in facts]
    if rows and not connection.in_atomic_block:
        raise RuntimeError(f"{rows[0].kind} must be told inside the transaction that makes it true.")
    FactRow.objects.bulk_create(rows, batch_size=2000)
    jobs.enqueue(_job(row.id, listener, row.subject) for row in rows for listener in listeners(row.kind))
    for hook in hooks():
        for row in rows:
            hook(row)
    return [row.id for row in rows]


def tell_history(facts: list[tuple[Fact, Any]]) -> None:
    """Write facts of the past, each with its moment, without jobs; who depends on them is rebuilt once afterwards."""
    FactRow.objects.bulk_create([_row(fact, at) for fact, at in facts], batch_size=2000)


def _row(fact: Fact, at: Any) -> FactRow:
    return FactRow(
        kind=fact.kind, version=fact.version, subject=fact.subject, whose=fact.whose, payload=fact.payload(), at=at
    )


@transaction.atomic
def retry_dead_letter(*, dead_letter_id: UUID) -> None:
    """Give a failed reaction five new tries. Raises NotADeadLetter for one that is unknown or already retried."""
    letter = DeadLetter.objects.select_for_update().filter(id=dead_letter_id, retried_at=None).first()
    if letter is None:
        raise NotADeadLetter("This letter was retried already.")
    letter.retried_at = clock.now()
    letter.save(update_fields=["retried_at"])
    fact = FactRow.objects.get(id=letter.fact_id)
    jobs.enqueue([_job(fact.id, letter.listener, fact.subject)])


def _job(fact_id: UUID, listener: str, subject: str) -> Any:
    # One lock for each listener and subject keeps their order and lets everything else run beside it.
    return jobs.job(
        REACT,
        queue="facts",
        lock=f"{listener}:{subject}",
        arguments={"fact_id": str(fact_id), "listener": listener},
    )


def react(*, fact_id: str, listener: str) -> None:
    """Let one listener deal with one fact: its rows and its receipt are one commit. Does nothing the second time."""
    row = FactRow.objects.get(id=fact_id)
    reaction = listeners(row.kind).get(listener)
    if reaction is None:
        log.info("listener_gone", listener=listener, fact=row.kind)
        return
    try:
        with transaction.atomic():
            Receipt.objects.create(fact_id=row.id, listener=listener)
            reaction(rebuild(row.kind, row.payload))
    except IntegrityError:
        if not Receipt.objects.filter(fact_id=row.id, listener=listener).exists():
            raise


def react_in_worker(context: JobContext, *, fact_id: str, listener: str) -> None:
    """`react`, with the last failure kept as a dead letter, so that the facts behind it go on."""
    close_old_connections()
    try:
        react(fact_id=fact_id, listener=listener)
    except Exception as trouble:
        tries = context.job.attempts + 1
        log.warning("reaction_failed", listener=listener, fact_id=fact_id, tries=tries, error=type(trouble).__name__)
        if tries < jobs.TRIES:
            raise
        DeadLetter.objects.create(fact_id=fact_id, listener=listener, error=traceback.format_exc()[-8000:], tries=tries)
    finally:
        close_old_connections()

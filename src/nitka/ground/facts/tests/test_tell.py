from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection, transaction

from nitka.ground.facts import contract, jobs
from nitka.ground.facts.actions import tell
from nitka.ground.facts.contract import Fact, reacts_to
from nitka.ground.facts.models import FactRow, Receipt
from nitka.ground.facts.queries import told_about
from nitka.ground.ids import new_id
from tests.worker import run_jobs


@dataclass(frozen=True, kw_only=True)
class BellRung(Fact, kind="tests.bell_rung", subject="bell_id"):
    bell_id: UUID
    times: int


heard: list[BellRung] = []


@pytest.fixture(autouse=True)
def ear():
    heard.clear()
    reacts_to(BellRung)(heard.append)
    yield
    contract._listeners.pop(BellRung.kind)


@pytest.mark.django_db
def test_a_fact_and_its_jobs_stand_in_one_transaction() -> None:
    bell = new_id()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(BellRung(bell_id=bell, times=1))
        raise ZeroDivisionError
    assert not FactRow.objects.exists()
    assert run_jobs() == 0


@pytest.mark.django_db
def test_the_listener_gets_the_fact_as_it_was_told() -> None:
    fact = BellRung(bell_id=new_id(), times=3)
    tell(fact)
    assert run_jobs() == 1
    assert heard == [fact]
    assert [told.payload for told in told_about(fact.bell_id)] == [{"bell_id": str(fact.bell_id), "times": 3}]


@pytest.mark.django_db
def test_a_reaction_happens_once_although_its_job_runs_twice() -> None:
    from nitka.ground.facts.actions import react

    fact_id = tell(BellRung(bell_id=new_id(), times=1))
    run_jobs()
    react(fact_id=str(fact_id), listener=Receipt.objects.get().listener)
    assert len(heard) == 1


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_of_a_transaction_is_refused() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="inside the transaction"):
        tell(BellRung(bell_id=new_id(), times=1))


@pytest.mark.django_db(transaction=True)
def test_what_a_reaction_tells_stands_in_its_own_transaction() -> None:
    """A worker runs the queue over a connection of its own; jobs are enqueued over that of the reaction."""
    with jobs.app().replace_connector(jobs.connector()), pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(BellRung(bell_id=new_id(), times=1))
        raise ZeroDivisionError
    assert run_jobs() == 0
    assert not FactRow.objects.exists()

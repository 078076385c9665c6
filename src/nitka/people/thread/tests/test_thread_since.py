"""What comes after a cursor, for a page that stays open."""

from datetime import timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.people.customers.facts import CustomerTold
from nitka.people.customers.models import Evidence
from nitka.people.events.tests.makers import event
from nitka.people.thread import queries
from nitka.people.thread.tests.makers import at, device_of, known, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> tuple[UUID, UUID]:
    return known()


def news(customer_id: UUID, cursor: str) -> queries.ThreadNews:
    return queries.thread_since(queries.parties_of(customer_id), cursor, kinds=["visits", "customers.customer_told"])


def test_it_brings_what_came_and_nothing_twice_for_events(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    event(evidence=device)
    cursor = queries.since_of(queries.parties_of(customer_id))
    assert news(customer_id, cursor).items == ()
    seen = event(evidence=device)
    fresh = news(customer_id, cursor)
    assert [item.id for item in fresh.items] == [f"e-{seen}"] and not fresh.anew
    assert news(customer_id, fresh.cursor).items == ()


def test_an_event_that_arrives_late_is_news(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    cursor = queries.since_of(queries.parties_of(customer_id))
    event(evidence=device, at=clock.now() - timedelta(hours=30))
    assert len(news(customer_id, cursor).items) == 1


def test_a_fact_that_was_told_before_the_cursor_and_committed_after_it_is_not_lost(person: tuple[UUID, UUID]) -> None:
    customer_id, _device = person
    with clock.freeze(at(0)):
        cursor = queries.since_of(queries.parties_of(customer_id))
        slow = told(CustomerTold(customer_id=customer_id, topics=()), -0.25)
        assert [item.id for item in news(customer_id, cursor).items] == [slow]


def test_a_visitor_who_was_recognised_is_read_anew(person: tuple[UUID, UUID]) -> None:
    customer_id, _device = person
    device = device_of(None)
    cursor = queries.since_of(queries.parties_of(customer_id))
    Evidence.objects.filter(id=device).update(customer_id=customer_id)
    said = news(customer_id, cursor)
    assert said.anew
    assert not news(customer_id, said.cursor).anew


@pytest.mark.parametrize("cursor", ["", "x", "MnwwfDE", "é"])
def test_a_broken_cursor_begins_anew(person: tuple[UUID, UUID], cursor: str) -> None:
    said = news(person[0], cursor)
    assert said.anew and not news(person[0], said.cursor).anew

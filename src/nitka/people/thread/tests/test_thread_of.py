"""A page of the thread: facts and events as one story, newest first."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.ground.ids import new_id
from nitka.people.accounts.facts import SignedIn
from nitka.people.customers.facts import ConsentChanged, CustomerTold
from nitka.people.customers.models import Customer, Evidence
from nitka.people.events.tests.makers import event
from nitka.people.thread import queries
from nitka.people.thread.tests.makers import at, device_of, known, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> tuple[UUID, UUID]:
    return known()


def page(customer_id: UUID, **asked: object) -> queries.ThreadPage:
    return queries.thread_of(customer_id, kinds=asked.pop("kinds", ["visits", "customers.customer_told"]), **asked)  # type: ignore[arg-type]


def ids(found: queries.ThreadPage) -> list[str]:
    return [item.id for item in found.items]


def test_facts_and_events_lie_on_one_thread_newest_first(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    first = event(evidence=device, at=at(0))
    second = told(CustomerTold(customer_id=customer_id, topics=("birthday",)), 1)
    third = event(evidence=device, at=at(2))
    assert ids(page(customer_id)) == [f"e-{third}", second, f"e-{first}"]


def test_a_page_goes_on_where_the_one_before_it_ended(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    made = []
    for minute in range(10):
        # Facts and events of the very same moment, so that a page may end between them.
        made.append(f"e-{event(evidence=device, at=at(minute))}")
        made.append(f"e-{event(evidence=device, at=at(minute))}")
        made.append(told(CustomerTold(customer_id=customer_id, topics=()), minute))
        made.append(told(CustomerTold(customer_id=customer_id, topics=()), minute))
    for limit in (1, 2, 3, 7, 50):
        seen: list[str] = []
        cursor = None
        while True:
            found = page(customer_id, before=cursor, limit=limit)
            seen += ids(found)
            cursor = found.next
            if cursor is None:
                break
        assert seen == made[::-1]


def test_rows_that_come_meanwhile_shift_no_page(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    old = [event(evidence=device, at=at(minute)) for minute in range(4)]
    first = page(customer_id, limit=2)
    event(evidence=device, at=at(9))
    assert ids(page(customer_id, before=first.next, limit=2)) == [f"e-{old[1]}", f"e-{old[0]}"]


def test_what_others_did_is_not_on_it(person: tuple[UUID, UUID]) -> None:
    customer_id, _device = person
    other, theirs = known("other@example.com")
    event(evidence=theirs, at=at(0))
    told(CustomerTold(customer_id=other, topics=()), 1)
    assert page(customer_id).items == ()


def test_a_merged_customer_brings_their_facts_and_devices(person: tuple[UUID, UUID]) -> None:
    customer_id, _device = person
    other, theirs = known("other@example.com")
    seen = event(evidence=theirs, at=at(0))
    fact = told(CustomerTold(customer_id=other, topics=()), 1)
    Customer.objects.filter(id=other).update(merged_into_id=customer_id)
    Evidence.objects.filter(customer_id=other).update(customer_id=customer_id)
    assert ids(page(customer_id)) == ids(page(other)) == [fact, f"e-{seen}"]


def test_signing_in_lies_on_the_thread_of_whose_user_it_is(person: tuple[UUID, UUID]) -> None:
    from nitka.people.accounts.models import User

    customer_id, _device = person
    user = User.objects.create(email="zofia@example.com")
    Customer.objects.filter(id=customer_id).update(user=user)
    fact = told(SignedIn(user_id=user.id, method="code"), 1)
    assert ids(page(customer_id, kinds=["accounts.signed_in"])) == [fact]


def test_bots_are_hidden_unless_asked_for(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    bot = event(evidence=device, at=at(0), flags=1)
    assert page(customer_id).items == ()
    (item,) = page(customer_id, bots=True).items
    assert item.id == f"e-{bot}" and item.is_bot


def test_filters_name_groups_of_facts_or_one_kind(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    event(evidence=device, at=at(0))
    consent = told(ConsentChanged(consent_id=new_id(), customer_id=customer_id, purpose="analytics", granted=True), 1)
    assert consent in ids(page(customer_id, kinds=["identity"]))
    assert ids(page(customer_id, kinds=["customers.consent_changed"])) == [consent]
    assert page(customer_id, kinds=["orders"]).items == ()
    assert [item.source for item in page(customer_id, kinds=["visits"]).items] == ["event"]


@pytest.mark.parametrize("cursor", ["x", "MnwwfDE", "2026|1|2", "é", "MjAyNi0xMS0yMVQxMjowMDowMHwwfDE"])
def test_a_broken_cursor_is_as_none(person: tuple[UUID, UUID], cursor: str) -> None:
    customer_id, device = person
    event(evidence=device, at=at(0))
    assert len(page(customer_id, before=cursor).items) == 1


def test_a_visitor_without_a_name_has_a_thread_too() -> None:
    device = device_of(None)
    seen = event(evidence=device, at=at(0), properties={"name": "Gnist"})
    (item,) = queries.thread_of_evidence([device]).items
    assert (item.id, item.kind, item.name, item.data["name"]) == (f"e-{seen}", "track", "Product Viewed", "Gnist")


def test_what_happened_in_other_months_and_long_ago_is_there(person: tuple[UUID, UUID]) -> None:
    customer_id, device = person
    made = [event(evidence=device, at=at(0) - timedelta(days=days)) for days in (0, 40, 4000)]
    assert ids(page(customer_id)) == [f"e-{seq}" for seq in made]


def test_a_page_is_one_question_for_the_rows_however_many_ids(person: tuple[UUID, UUID]) -> None:
    customer_id, _device = person
    devices = [device_of(customer_id) for _n in range(30)]
    for device in devices:
        event(evidence=device, at=at(0))
    parties = queries.parties_of(customer_id)
    with CaptureQueriesContext(connection) as captured:
        found = queries.thread_of_parties(parties, limit=20)
    assert len(found.items) == 20 and len(captured) == 1


def test_it_uses_the_indexes_of_every_partition(person: tuple[UUID, UUID]) -> None:
    from nitka.people.thread.reading import Wanted, statement

    found = statement(queries.parties_of(person[0]), Wanted(before=None, limit=51))
    assert found is not None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + found[0], found[1])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan.replace("Function Scan", "")
    assert "facts_of_a_party" in plan and "evidence_at_seq_idx" in plan

"""The profile of a customer, from the tables."""

import threading
import time
from uuid import UUID

import pytest
from django.db import connection

from nitka.ground.facts import jobs
from nitka.ground.facts.followers import Follower, take_step
from nitka.insight.profiles import actions as profiles
from nitka.insight.profiles import keeping, queries, tasks
from nitka.insight.profiles.tests.makers import BOTH, IPHONE
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.customers.models import Customer
from nitka.people.customers.queries import evidence_id
from nitka.people.events.models import Kind
from nitka.people.events.tests.makers import event
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop

FOLLOWER = Follower(keeping.FOLLOWER, tasks.take_in_events, 0.3)


def anna() -> tuple[UUID, UUID]:
    """A customer and the device that is hers."""
    customer_id = customers.recognise(email="anna@example.com", language="pl", market="eu")
    own(customer_id, "annas-phone", "anna@example.com")
    return customer_id, evidence_id("device", "annas-phone")


def own(customer_id: UUID, device: str, email: str) -> None:
    """The device is known as that customer's."""
    customers.link(first=("email", email), second=("device", device), reason="sign_in", trust=2, source="test")
    assert evidence_id("device", device) in people.evidence_ids_of(customer_id)


def looked(device: UUID, product: UUID | str) -> None:
    event(evidence=device, properties={"product_id": str(product)}, context={"userAgent": IPHONE}, consent=BOTH)


@pytest.mark.django_db
def test_orders_and_events_of_a_customer_are_one_profile() -> None:
    open_shop()
    customer_id, device = anna()
    lamp = goods(1999)
    event(evidence=device, kind=Kind.PAGE, name="", consent=BOTH,
          context={"userAgent": IPHONE, "page": {"path": "/en/"}, "timezone": "Europe/Warsaw"})  # fmt: skip
    looked(device, "elsewhere-7")
    take_step(FOLLOWER)
    placed = an_order((lamp, 1), email="anna@example.com")
    jobs.run_due_inline()
    shown = queries.profile_of(customer_id)
    assert shown
    last, zone = shown.value("recency"), shown.value("zone")
    assert last and (last.texts, last.order_code) == (("today",), placed.code)
    assert zone and zone.texts == ("Europe/Warsaw",)
    assert shown.value("devices").value == {"phone|Safari|iOS": 2}  # type: ignore[union-attr]


@pytest.mark.django_db
def test_what_is_taken_back_is_not_shown() -> None:
    customer_id, device = anna()
    looked(device, "7")
    take_step(FOLLOWER)
    assert queries.profile_of(customer_id).value("devices")  # type: ignore[union-attr]
    customers.record_consent(
        email="anna@example.com", purpose="analytics", granted=False, source="test", text_version="1"
    )
    shown = queries.profile_of(customer_id)
    assert shown and shown.value("devices") is None and len(shown.notes) == 1


@pytest.mark.django_db
def test_an_unknown_customer_has_no_profile(django_assert_max_num_queries) -> None:
    assert queries.profile_of(evidence_id("device", "nobody")) is None
    customer_id, device = anna()
    for product in range(30):
        looked(device, product)
    take_step(FOLLOWER)
    with django_assert_max_num_queries(16):
        queries.profile_of(customer_id)


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_takes_an_event_in_within_two_seconds() -> None:
    customer_id, device = anna()
    worker = threading.Thread(target=_until_seen, args=(device,), daemon=True)
    worker.start()
    time.sleep(0.2)
    began = time.monotonic()
    looked(device, "7")
    while queries.profile_of(customer_id).value("devices") is None:  # type: ignore[union-attr]
        assert time.monotonic() - began < 2
        time.sleep(0.05)
    worker.join(5)


def _until_seen(device: UUID) -> None:
    """What the worker's thread does, until there is something to see."""
    try:
        for _round in range(20):
            if take_step(FOLLOWER):
                return
            time.sleep(FOLLOWER.every)
    finally:
        connection.close()


@pytest.mark.django_db
def test_one_customer_is_rebuilt_alone() -> None:
    customer_id, device = anna()
    looked(device, "7")
    looked(evidence_id("device", "another"), "8")
    take_step(FOLLOWER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_behaviour SET state = '{}'")
    assert profiles.rebuild(customer_ids=[customer_id]).different_evidences == (device,)
    assert len(profiles.rebuild(check=True).different_evidences) == 1
    assert Customer.objects.count() == 1


@pytest.mark.django_db
def test_merged_people_are_one_profile_and_parted_again_two() -> None:
    open_shop()
    anna_id, phone = anna()
    max_id = customers.recognise(email="max@example.com", language="en", market="eu")
    own(max_id, "max-laptop", "max@example.com")
    lamp = goods(1999)
    an_order((lamp, 1), email="anna@example.com")
    an_order((lamp, 1), email="max@example.com")
    jobs.run_due_inline()
    looked(phone, "7")
    looked(evidence_id("device", "max-laptop"), "8")
    take_step(FOLLOWER)
    decision = customers.merge(customer_id=anna_id, other_id=max_id, by=None)
    jobs.run_due_inline()
    both = queries.profile_of(max_id)
    assert both and both.customer_id == people.canonical(anna_id)
    assert counted(both) == (2, 2)
    assert not profiles.rebuild(check=True).differs
    customers.undo_link(link_id=decision, by=None)
    jobs.run_due_inline()
    assert [counted(queries.profile_of(each)) for each in (anna_id, max_id)] == [(1, 1), (1, 1)]
    assert not profiles.rebuild(check=True).differs


def counted(profile: queries.ProfileView | None) -> tuple[int, int]:
    """Orders, and events of the phone."""
    assert profile
    orders, devices = profile.value("orders"), profile.value("devices")
    return (orders.value if orders else 0, devices.value["phone|Safari|iOS"] if devices else 0)

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
from nitka.people.customers.models import Customer, Evidence
from nitka.people.customers.queries import evidence_id
from nitka.people.events.models import Kind
from nitka.people.events.tests.makers import event
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop

FOLLOWER = Follower(keeping.FOLLOWER, tasks.take_in_events, 0.3)


def anna() -> tuple[UUID, UUID]:
    """A customer and the device that is hers."""
    customer_id = customers.recognise(email="anna@example.com", language="pl", market="eu")
    device = evidence_id("device", "annas-phone")
    Evidence.objects.update_or_create(
        id=device, defaults={"kind": "device", "value": "annas-phone", "source": "test", "customer_id": customer_id}
    )
    return customer_id, device


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
    orders, zone = shown.value("orders"), shown.value("zone")
    assert orders and (orders.value, orders.order_code) == (1, placed.code)
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
    with django_assert_max_num_queries(12):
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

"""What is kept step by step is what a rebuild makes of everything."""

import json
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from nitka.ground import clock
from nitka.ground.facts import jobs
from nitka.ground.facts.followers import followers, take_step
from nitka.insight.profiles import actions as profiles
from nitka.insight.profiles import keeping
from nitka.insight.profiles.tests.makers import BOTH, CHROME, IPHONE, LAPTOP, PHONE
from nitka.people.customers import actions as customers
from nitka.people.events.models import Kind
from nitka.people.events.tests.makers import event
from nitka.sale.orders import actions as orders
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def follow() -> int:
    (follower,) = [each for each in followers() if each.name == keeping.FOLLOWER]
    return take_step(follower)


def rows() -> dict[Any, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence, month, state FROM profiles_behaviour")
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}


def some_events(number: int, seed: int) -> None:
    """Late ones, of three months, of two devices, in no order of time."""
    chance = random.Random(seed)
    for _each in range(number):
        event(
            evidence=chance.choice([PHONE, LAPTOP]), at=clock.now() - timedelta(minutes=chance.randint(0, 90_000)),
            name=chance.choice(["Product Viewed", "Products Searched", "Rage Click", ""]),
            kind=chance.choice([Kind.TRACK, Kind.PAGE]), consent=chance.choice([0, 1, BOTH]),
            properties={"product_id": chance.choice("abc"), "query": chance.choice(["lamp", "rug"]), "results": 0},
            context={"userAgent": chance.choice([IPHONE, CHROME]), "page": {"path": chance.choice(["/en/", "/en/p/a/"])}},
        )  # fmt: skip


def test_following_and_rebuilding_agree() -> None:
    for seed in range(4):
        some_events(15, seed)
        assert follow() == 15
    assert follow() == 0
    kept = rows()
    assert kept and not profiles.rebuild(check=True).differs
    assert not profiles.rebuild().differs
    assert rows() == kept


def test_events_that_the_follower_has_not_read_are_left_to_it() -> None:
    some_events(10, 1)
    follow()
    some_events(10, 2)
    assert not profiles.rebuild().differs
    follow()
    assert not profiles.rebuild(check=True).differs


def test_a_check_names_what_differs_and_changes_nothing() -> None:
    event(evidence=PHONE, consent=BOTH)
    event(evidence=LAPTOP, consent=BOTH)
    follow()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_behaviour SET state = '{}' WHERE evidence = %s", [PHONE])
    spoiled = rows()
    assert profiles.rebuild(check=True).different_evidences == (PHONE,)
    assert rows() == spoiled
    assert profiles.rebuild().different_evidences == (PHONE,)
    assert not profiles.rebuild(check=True).differs


def test_a_summary_without_events_in_a_living_month_goes() -> None:
    event(evidence=PHONE, consent=BOTH)
    follow()
    month = next(iter(rows()))[1]
    keeping.write_behaviour({(LAPTOP, month): {"events": 3}})
    assert profiles.rebuild().different_evidences == (LAPTOP,)
    assert {evidence for evidence, _month in rows()} == {PHONE}


def test_a_refusal_takes_the_summary_away_and_a_new_yes_brings_it_back() -> None:
    some_events(30, 5)
    follow()
    whole = rows()
    choose(analytics=False, personalisation=False)
    assert {evidence for evidence, _month in rows()} == {LAPTOP}
    assert not profiles.rebuild(check=True).differs
    some_events(10, 6)
    follow()
    assert not profiles.rebuild(check=True).differs
    choose(analytics=True, personalisation=False)
    assert all("products" not in state for (who, _m), state in loaded().items() if who == PHONE)
    assert not profiles.rebuild(check=True).differs
    choose(analytics=True, personalisation=True)
    assert not profiles.rebuild(check=True).differs
    assert rows().keys() >= whole.keys()


def choose(**choices: bool) -> None:
    customers.choose_consents(choices=choices, source="test", text_version="1", evidence=PHONE)
    jobs.run_due_inline()


def loaded() -> dict[Any, Any]:
    return {key: json.loads(state) if isinstance(state, str) else state for key, state in rows().items()}


def test_orders_are_summed_up_by_what_is_told_of_them() -> None:
    lamp = goods()
    placed = [an_order((lamp, 1)), an_order((lamp, 2)), an_order((lamp, 1), email="anna@example.com")]
    orders.ship_order(order_id=placed[0].order_id, carrier="demo_post")
    orders.deliver_order(order_id=placed[0].order_id, actor="shop")
    orders.cancel_order(order_id=placed[1].order_id, actor="", reason="shopper")
    jobs.run_due_inline()
    whole = profiles.rebuild(check=True)
    assert whole.buyers == 2 and not whole.differs
    states = keeping.read_buying(keeping.stored_buyers())
    assert sorted((state["orders"], state.get("cancelled", 0), state.get("kept", 0)) for state in states) == [
        (1, 0, 0), (1, 1, 1)
    ]  # fmt: skip


def test_history_without_jobs_is_found_and_mended() -> None:
    an_order()
    before = profiles.rebuild(check=True)
    assert len(before.different_buyers) == 1
    assert keeping.stored_buyers() == []
    assert profiles.rebuild(customer_ids=[UUID(str(before.different_buyers[0]))]).differs
    assert not profiles.rebuild(check=True).differs

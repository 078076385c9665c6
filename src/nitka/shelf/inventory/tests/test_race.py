"""Real threads, each with a connection of its own, against the real database."""

import os
import random
import subprocess
import sys
import threading
import time
from uuid import UUID

import pytest
from django.db import connection, transaction

from nitka.ground.ids import new_id
from nitka.shelf.inventory import actions, queries
from nitka.shelf.inventory.models import Hold, StockLevel
from nitka.shelf.inventory.tests.makers import a_location, in_stock, variants

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs, threads=32):
    """Run the jobs in so many threads that start together; returns what each gave or raised."""
    results: list[object] = []
    todo, gate = list(jobs), threading.Barrier(min(threads, len(jobs)))

    def work():
        gate.wait()
        try:
            while True:
                try:
                    job = todo.pop()
                except IndexError:
                    return
                try:
                    results.append(job())
                except Exception as trouble:
                    results.append(trouble)
        finally:
            connection.close()

    crowd = [threading.Thread(target=work) for _each in range(gate.parties)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    return results


def books_balance() -> bool:
    """Whether what levels have reserved is the sum of what is held there."""
    held: dict[tuple[UUID, UUID], int] = {}
    for hold in Hold.objects.filter(state="held"):
        key = hold.variant_id, hold.location_id
        held[key] = held.get(key, 0) + hold.quantity
    levels = {(each.variant_id, each.location_id): each.reserved for each in StockLevel.objects.all()}
    return all(held.get(key, 0) == reserved for key, reserved in levels.items()) and held.keys() <= levels.keys()


def test_two_hundred_buyers_get_exactly_fifty_pieces():
    lamp = in_stock(50)
    results = at_once([lambda: actions.hold(reference=new_id(), lines={lamp: 1}, until=None) for _each in range(200)])
    assert results.count(None) == 50
    assert sum(isinstance(each, actions.OutOfStock) for each in results) == 150
    assert queries.available([lamp]) == {lamp: 0}
    assert books_balance()


def test_two_hundred_buyers_get_exactly_fifty_pieces_from_three_places():
    (lamp,) = variants(1)
    actions.set_stock(levels=[(lamp, a_location("a"), 20), (lamp, a_location("b"), 20), (lamp, a_location("c"), 10)])
    results = at_once([lambda: actions.hold(reference=new_id(), lines={lamp: 1}, until=None) for _each in range(200)])
    assert results.count(None) == 50
    assert sum(isinstance(each, actions.OutOfStock) for each in results) == 150
    assert books_balance()


def test_carts_with_the_same_goods_in_any_order_never_lock_each_other_out():
    shelf = variants(5)
    places = [a_location("a"), a_location("b")]
    actions.set_stock(levels=[(each, place, 1000) for each in shelf for place in places[: 1 + shelf.index(each) % 2]])
    dice = random.Random(7)

    def journey():
        order, wish = new_id(), dice.sample(shelf, 4)

        def whole():
            with transaction.atomic():
                actions.hold(reference=order, lines=dict.fromkeys(wish, 3), until=None)
            verb = dice.choice([actions.take, actions.release])
            verb(reference=order)
            if verb is actions.take:
                actions.restock(reference=order)

        return whole

    results = at_once([journey() for _each in range(120)], threads=12)
    assert results == [None] * 120
    assert all(level.reserved == 0 and level.on_hand == 1000 for level in StockLevel.objects.all())


def test_one_reference_at_once_holds_once_and_ends_once():
    lamp, order = in_stock(50), new_id()
    assert set(at_once([lambda: actions.hold(reference=order, lines={lamp: 2}, until=None)] * 16)) == {None}
    assert queries.available([lamp]) == {lamp: 48}
    results = at_once([lambda: actions.take(reference=order), lambda: actions.release(reference=order)] * 8)
    refused = {type(each) for each in results if each is not None}
    (level,) = StockLevel.objects.all()
    assert level.reserved == 0
    assert (level.on_hand, refused) in [(48, {actions.GoodsLeft}), (50, {actions.NothingHeld})]


DYING = """
import sys, time, django
from uuid import UUID
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connections, transaction
connections["default"].settings_dict["NAME"] = sys.argv[1]
from nitka.shelf.inventory import actions
with transaction.atomic():
    actions.hold(reference=UUID(sys.argv[2]), lines={UUID(sys.argv[3]): 4}, until=None)
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_buyer_who_is_killed_in_mid_checkout_leaves_nothing_behind():
    lamp, order = in_stock(5), new_id()
    name = connection.settings_dict["NAME"]
    source = os.pathsep.join(each for each in sys.path if each)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "nitka.config.settings_test", "PYTHONPATH": source}
    child = subprocess.Popen(
        [sys.executable, "-c", DYING, name, str(order), str(lamp)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert child.stdout.readline() == "held\n"
    child.kill()
    child.wait()
    # The next buyer waits for the lock of the dead one until the server notices, and then gets the goods.
    for _try in range(100):
        if queries.available([lamp]) == {lamp: 5}:
            break
        time.sleep(0.05)
    actions.hold(reference=new_id(), lines={lamp: 5}, until=None)
    assert queries.held(order) == ()
    assert books_balance()

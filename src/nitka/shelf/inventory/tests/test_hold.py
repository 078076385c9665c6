from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground.facts.models import FactRow
from nitka.ground.facts.queries import told_about
from nitka.ground.ids import new_id
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions, queries
from nitka.shelf.inventory.models import StockLevel
from nitka.shelf.inventory.tests.makers import a_location, in_stock, variants

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def level(variant, location="gdansk"):
    (found,) = [each for each in queries.levels([variant])[variant] if each.location == location]
    return found.on_hand, found.reserved


def bands():
    rows = FactRow.objects.filter(kind="inventory.availability_changed").order_by("id")
    return [row.payload["band"] for row in rows]


def test_held_goods_are_not_available_but_still_there():
    lamp = in_stock(8)
    actions.hold(reference=new_id(), lines={lamp: 3}, until=NOON)
    assert queries.available([lamp]) == {lamp: 5}
    assert level(lamp) == (8, 3)


def test_holding_twice_for_one_reference_holds_once():
    lamp, order = in_stock(8), new_id()
    actions.hold(reference=order, lines={lamp: 3}, until=NOON)
    actions.hold(reference=order, lines={lamp: 3}, until=NOON)
    assert level(lamp) == (8, 3)
    with pytest.raises(actions.AlreadyHeld):
        actions.hold(reference=order, lines={lamp: 4}, until=NOON)


def test_all_or_nothing_is_held_and_the_refusal_says_what_is_left():
    lamp, (chair,) = in_stock(8), variants(1, handle="chair")
    actions.set_stock(levels=[(chair, "gdansk", 1)])
    with pytest.raises(actions.OutOfStock) as refusal:
        actions.hold(reference=new_id(), lines={lamp: 3, chair: 2}, until=NOON)
    assert (refusal.value.variant_id, refusal.value.available) == (chair, 1)
    assert refusal.value.message == "Only 1 piece is left."
    assert queries.available([lamp, chair]) == {lamp: 8, chair: 1}


def test_a_variant_without_stock_is_sold_out():
    (ghost,) = variants(1, handle="ghost")
    with pytest.raises(actions.OutOfStock, match="sold out"):
        actions.hold(reference=new_id(), lines={ghost: 1}, until=None)


def test_released_goods_can_be_held_again_by_anybody_and_by_the_same_order():
    lamp, order = in_stock(2), new_id()
    actions.hold(reference=order, lines={lamp: 2}, until=NOON)
    actions.release(reference=order)
    actions.release(reference=order)
    assert level(lamp) == (2, 0)
    actions.hold(reference=order, lines={lamp: 2}, until=NOON)
    assert level(lamp) == (2, 2)
    assert [each.state for each in queries.held(order)] == ["released", "held"]


def test_releasing_what_was_never_held_does_nothing():
    actions.release(reference=new_id())


def test_taken_goods_leave_once_and_come_back_once():
    lamp, order = in_stock(5), new_id()
    actions.hold(reference=order, lines={lamp: 2}, until=None)
    for _twice in range(2):
        actions.take(reference=order)
    assert level(lamp) == (3, 0)
    actions.hold(reference=order, lines={lamp: 2}, until=None)
    assert level(lamp) == (3, 0)
    with pytest.raises(actions.GoodsLeft):
        actions.release(reference=order)
    for _twice in range(2):
        actions.restock(reference=order)
    assert level(lamp) == (5, 0)


def test_it_refuses_to_take_what_was_released_or_never_held():
    lamp, order = in_stock(5), new_id()
    actions.hold(reference=order, lines={lamp: 2}, until=None)
    actions.release(reference=order)
    for reference in (order, new_id()):
        with pytest.raises(actions.NothingHeld):
            actions.take(reference=reference)
        with pytest.raises(actions.NothingHeld):
            actions.extend_hold(reference=reference, until=None)
        with pytest.raises(actions.NothingHeld):
            actions.restock(reference=reference)
    assert level(lamp) == (5, 0)


def test_overdue_holds_are_those_whose_time_is_up_and_that_are_still_held():
    lamp, soon, later, never, gone = in_stock(9), new_id(), new_id(), new_id(), new_id()
    for reference, until in ((soon, NOON), (later, NOON), (never, None), (gone, NOON)):
        actions.hold(reference=reference, lines={lamp: 1}, until=until)
    actions.extend_hold(reference=later, until=NOON + timedelta(days=7))
    actions.release(reference=gone)
    assert queries.overdue_holds(NOON - timedelta(seconds=1)) == ()
    assert queries.overdue_holds(NOON) == (soon,)


def test_a_single_place_serves_where_one_suffices_and_several_where_none_does():
    (lamp,) = variants(1)
    a_location("gdansk"), a_location("oslo"), a_location("riga")
    actions.set_stock(levels=[(lamp, "gdansk", 3), (lamp, "oslo", 6), (lamp, "riga", 2)])
    one, two = new_id(), new_id()
    actions.hold(reference=one, lines={lamp: 4}, until=None)
    assert [(each.location, each.quantity) for each in queries.held(one)] == [("oslo", 4)]
    actions.hold(reference=two, lines={lamp: 6}, until=None)
    assert {each.location: each.quantity for each in queries.held(two)} == {"gdansk": 3, "oslo": 2, "riga": 1}
    assert queries.available([lamp]) == {lamp: 1}
    actions.take(reference=two)
    actions.release(reference=one)
    assert [level(lamp, each) for each in ("gdansk", "oslo", "riga")] == [(0, 0), (4, 0), (1, 0)]
    with pytest.raises(actions.OutOfStock) as refusal:
        actions.hold(reference=new_id(), lines={lamp: 6}, until=None)
    assert refusal.value.available == 5


@given(free=st.lists(st.integers(0, 20), min_size=1, max_size=5), wanted=st.integers(1, 60))
def test_places_give_exactly_what_was_asked_and_never_more_than_they_have(free, wanted):
    wanted = min(wanted, sum(free))
    parts = actions.fill(wanted, free)
    assert sum(parts) == wanted
    assert all(0 <= part <= there for part, there in zip(parts, free, strict=True))
    if max(free) >= wanted:
        assert sum(part > 0 for part in parts) <= 1


def test_availability_is_told_on_a_change_of_band_only():
    lamp = in_stock(8)
    FactRow.objects.all().delete()
    orders = [new_id() for _each in range(4)]
    for order, quantity in zip(orders, (1, 2, 1, 4), strict=True):
        actions.hold(reference=order, lines={lamp: quantity}, until=None)
    assert bands() == ["few", "none"]
    actions.take(reference=orders[0])
    actions.release(reference=orders[3])
    actions.release(reference=orders[2])
    actions.release(reference=orders[1])
    assert bands() == ["few", "none", "few", "many"]
    product = catalog.products_of_variants([lamp])[lamp]
    assert [fact.kind for fact in told_about(product)].count("inventory.availability_changed") == 4


def test_a_hold_asks_five_questions_and_one_more_for_each_variant(django_assert_max_num_queries):
    shelf = variants(8)
    actions.set_stock(levels=[(each, a_location(), 50) for each in shelf])
    with django_assert_max_num_queries(7 + 8):  # two of them are the savepoint of the test
        actions.hold(reference=new_id(), lines=dict.fromkeys(shelf, 2), until=None)


def test_the_database_itself_refuses_to_promise_more_than_there_is():
    lamp = in_stock(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.filter(variant_id=lamp).update(reserved=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.filter(variant_id=lamp).update(on_hand=-1)

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nitka.ground.ids import new_id
from nitka.shelf.inventory import actions, queries
from nitka.shelf.inventory.models import Hold, StockLevel, StockMove
from nitka.shelf.inventory.tests.makers import a_location, in_stock, variants

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def level(variant, location="gdansk"):
    (found,) = [each for each in queries.levels([variant])[variant] if each.location == location]
    return found.on_hand, found.reserved, found.damaged


def states(reference):
    return sorted((each.location, each.state, each.quantity) for each in queries.held(reference))


def test_every_piece_on_hand_has_a_line_of_the_ledger():
    lamp, order = in_stock(8), new_id()
    actions.hold(reference=order, lines={lamp: 3}, until=NOON)
    assert StockMove.objects.count() == 1
    actions.take(reference=order)
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=-1, reason="broken in the rack")
    actions.receive(lines={lamp: 10}, location="gdansk", reference=order, reason="PO-1")
    kinds = [(each.kind, each.pieces) for each in reversed(queries.moves_of(lamp))]
    assert kinds == [("count", 8), ("sale", -3), ("adjustment", -1), ("receipt", 10)]
    assert level(lamp) == (14, 0, 0)
    assert queries.ledger_gaps() == ()


def test_a_level_written_by_hand_is_found():
    lamp = in_stock(8)
    StockLevel.objects.filter(variant_id=lamp).update(on_hand=9)
    (gap,) = queries.ledger_gaps()
    assert (gap.variant_id, gap.on_hand, gap.moved_good) == (lamp, 9, 8)


def test_goods_leave_in_parts_and_the_rest_stays_held():
    lamp, order = in_stock(8), new_id()
    actions.hold(reference=order, lines={lamp: 5}, until=None)
    actions.take(reference=order, lines={lamp: 2})
    assert level(lamp) == (6, 3, 0)
    assert states(order) == [("gdansk", "held", 3), ("gdansk", "taken", 2)]
    with pytest.raises(actions.NothingHeld):
        actions.take(reference=order, lines={lamp: 4})
    actions.take(reference=order, lines={lamp: 1})
    actions.take(reference=order)
    assert level(lamp) == (3, 0, 0)
    assert queries.ledger_gaps() == ()


def test_what_did_not_leave_is_released_after_a_partial_take():
    lamp, order = in_stock(8), new_id()
    actions.hold(reference=order, lines={lamp: 5}, until=None)
    actions.take(reference=order, lines={lamp: 2})
    actions.release(reference=order)
    assert level(lamp) == (6, 0, 0)
    with pytest.raises(actions.GoodsLeft):
        actions.release(reference=order)


def test_goods_leave_from_one_place_only_where_they_are_held_there():
    (lamp,) = variants(1)
    order = new_id()
    actions.set_stock(levels=[(lamp, a_location("gdansk"), 3), (lamp, a_location("oslo"), 4)])
    actions.hold(reference=order, lines={lamp: 6}, until=None)
    with pytest.raises(actions.NothingHeld):
        actions.take(reference=order, lines={lamp: 5}, location="oslo")
    actions.take(reference=order, lines={lamp: 4}, location="oslo")
    assert (level(lamp, "oslo"), level(lamp)) == ((0, 0, 0), (3, 2, 0))
    with pytest.raises(actions.StockProblem, match="no location atlantis"):
        actions.take(reference=order, location="atlantis")


def test_a_preferred_place_gives_first_even_where_another_has_more():
    (lamp,) = variants(1)
    actions.set_stock(levels=[(lamp, a_location("gdansk"), 3), (lamp, a_location("oslo"), 9)])
    one, two = new_id(), new_id()
    actions.hold(reference=one, lines={lamp: 2}, until=None, prefer=("gdansk",))
    assert states(one) == [("gdansk", "held", 2)]
    actions.hold(reference=two, lines={lamp: 4}, until=None, prefer=("atlantis", "gdansk"))
    assert states(two) == [("gdansk", "held", 1), ("oslo", "held", 3)]


def test_goods_come_back_in_parts_and_damaged_ones_are_never_sold():
    lamp, order = in_stock(5), new_id()
    actions.hold(reference=order, lines={lamp: 4}, until=None)
    actions.take(reference=order)
    actions.restock(reference=order, lines={lamp: 1})
    actions.restock(reference=order, lines={lamp: 2}, grade="damaged", location=a_location("oslo"))
    assert (level(lamp), level(lamp, "oslo")) == ((2, 0, 0), (0, 0, 2))
    assert queries.available([lamp]) == {lamp: 2}
    with pytest.raises(actions.OutOfStock):
        actions.hold(reference=new_id(), lines={lamp: 3}, until=None)
    with pytest.raises(actions.NothingHeld):
        actions.restock(reference=order, lines={lamp: 2})
    with pytest.raises(actions.StockProblem):
        actions.restock(reference=order, grade="fine")
    assert queries.ledger_gaps() == ()


def test_damaged_goods_are_mended_or_thrown_away_and_promised_ones_are_never_graded():
    lamp = in_stock(5)
    actions.hold(reference=new_id(), lines={lamp: 3}, until=None)
    with pytest.raises(actions.StockProblem, match="2 free pieces"):
        actions.grade_stock(variant_id=lamp, location="gdansk", pieces=3, to="damaged", reason="wet")
    actions.grade_stock(variant_id=lamp, location="gdansk", pieces=2, to="damaged", reason="wet")
    actions.grade_stock(variant_id=lamp, location="gdansk", pieces=1, to="good", reason="dried")
    actions.grade_stock(variant_id=lamp, location="gdansk", pieces=1, to="gone", reason="burnt")
    assert level(lamp) == (4, 3, 0)
    assert queries.ledger_gaps() == ()


def test_goods_are_carried_from_place_to_place_but_not_those_that_are_promised():
    lamp = in_stock(5)
    actions.hold(reference=new_id(), lines={lamp: 3}, until=None)
    actions.transfer(variant_id=lamp, pieces=2, source="gdansk", target=a_location("oslo"))
    assert (level(lamp), level(lamp, "oslo")) == ((3, 3, 0), (2, 0, 0))
    with pytest.raises(actions.StockProblem, match="free piece"):
        actions.transfer(variant_id=lamp, pieces=1, source="gdansk", target="oslo")


def test_an_order_that_is_changed_holds_just_what_it_wants_now_or_as_before():
    lamp, (chair,) = in_stock(5), variants(1, handle="chair")
    actions.set_stock(levels=[(chair, "gdansk", 2)])
    order = new_id()
    actions.hold(reference=order, lines={lamp: 3}, until=NOON)
    actions.hold_again(reference=order, lines={lamp: 1, chair: 2}, until=None)
    assert (level(lamp), level(chair)) == ((5, 1, 0), (2, 2, 0))
    with pytest.raises(actions.OutOfStock):
        actions.hold_again(reference=order, lines={chair: 3}, until=None)
    assert (level(lamp), level(chair)) == ((5, 1, 0), (2, 2, 0))
    actions.hold_again(reference=order, lines={lamp: 4}, until=None)
    assert (level(lamp), level(chair)) == ((5, 4, 0), (2, 0, 0))
    actions.take(reference=order)
    assert level(lamp) == (1, 0, 0)
    actions.hold_again(reference=new_id(), lines={}, until=None)


def test_taking_forty_lines_costs_no_more_statements_than_one(django_assert_max_num_queries):
    shelf, order = variants(40), new_id()
    actions.set_stock(levels=[(each, a_location(), 50) for each in shelf])
    actions.hold(reference=order, lines=dict.fromkeys(shelf, 2), until=None)
    with django_assert_max_num_queries(2 + 5):  # lock, holds, levels, the ledger, holds
        actions.take(reference=order)


STEPS = st.lists(st.tuples(st.sampled_from(["hold", "take", "back", "bad", "receive", "release"]), st.integers(1, 4)))


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(steps=STEPS)
def test_whatever_happens_the_ledger_and_the_holds_explain_the_levels(steps):
    lamp, order = in_stock(6, handle=f"lamp-{new_id()}"), new_id()
    for verb, n in steps:
        deed = {
            "hold": lambda n=n: actions.hold_again(reference=order, lines={lamp: n}, until=None),
            "take": lambda n=n: actions.take(reference=order, lines={lamp: n}),
            "back": lambda n=n: actions.restock(reference=order, lines={lamp: n}),
            "bad": lambda n=n: actions.restock(reference=order, lines={lamp: n}, grade="damaged"),
            "receive": lambda n=n: actions.receive(lines={lamp: n}, location="gdansk"),
            "release": lambda: actions.hold_again(reference=order, lines={}, until=None),
        }[verb]
        with contextlib.suppress(actions.StockProblem):
            deed()
    assert queries.ledger_gaps() == ()
    held = sum(Hold.objects.filter(variant_id=lamp, state="held").values_list("quantity", flat=True))
    assert level(lamp)[1] == held

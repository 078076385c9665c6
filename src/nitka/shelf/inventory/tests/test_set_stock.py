import pytest

from nitka.ground.facts.models import FactRow
from nitka.ground.ids import new_id
from nitka.shelf.inventory import actions, queries
from nitka.shelf.inventory.models import StockMove
from nitka.shelf.inventory.tests.makers import a_location, in_stock, variants

pytestmark = pytest.mark.django_db


def test_stock_is_set_and_setting_it_again_changes_nothing():
    lamp, chair = variants(2)
    levels = [(lamp, a_location(), 7), (chair, "gdansk", 0)]
    assert actions.set_stock(levels=levels) == 2
    assert actions.set_stock(levels=levels) == 0
    assert queries.available([lamp, chair]) == {lamp: 7, chair: 0}
    bands = FactRow.objects.filter(kind="inventory.availability_changed").values_list("payload__band", flat=True)
    assert list(bands) == ["many"]


def test_history_tells_nothing():
    lamp = in_stock(0)
    actions.set_stock(levels=[(lamp, "gdansk", 9)], history=True)
    assert not FactRow.objects.filter(kind="inventory.availability_changed").exists()


def test_it_refuses_an_unknown_location_and_less_than_is_promised():
    lamp = in_stock(5)
    with pytest.raises(actions.StockProblem, match="no location atlantis"):
        actions.set_stock(levels=[(lamp, "atlantis", 1)])
    actions.hold(reference=new_id(), lines={lamp: 3}, until=None)
    with pytest.raises(actions.StockProblem, match="3 pieces are promised"):
        actions.set_stock(levels=[(lamp, "gdansk", 2)])
    with pytest.raises(actions.StockProblem, match="promised"):
        actions.adjust_stock(variant_id=lamp, location="gdansk", by=-3, reason="broken")
    assert queries.available([lamp]) == {lamp: 2}


def test_an_adjustment_is_kept_with_its_reason():
    lamp = in_stock(5)
    assert actions.adjust_stock(variant_id=lamp, location="gdansk", by=-2, reason="broken in the rack") == 3
    assert actions.adjust_stock(variant_id=lamp, location=a_location("oslo"), by=4, reason="found") == 4
    assert queries.available([lamp]) == {lamp: 7}
    moves = StockMove.objects.filter(kind="adjustment").order_by("at")
    assert list(moves.values_list("pieces", "reason")) == [
        (-2, "broken in the rack"),
        (4, "found"),
    ]


def test_any_number_of_levels_is_one_statement(django_assert_max_num_queries):
    shelf = variants(300)
    a_location()
    with django_assert_max_num_queries(5):  # locations, levels, the write, and the savepoint of the test
        assert actions.set_stock(levels=[(each, "gdansk", 20) for each in shelf], history=True) == 300

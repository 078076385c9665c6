from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.ground.facts.models import FactRow
from nitka.ground.ids import new_id
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.content import actions as content
from nitka.shelf.inventory import actions, queries, tasks
from nitka.shelf.inventory.models import StockMove
from nitka.shelf.inventory.tests.makers import a_location, in_stock, variants
from nitka.shelf.inventory.tests.test_buying import a_supplier

pytestmark = pytest.mark.django_db


def today():
    return clock.now().date()


def sold_each_week(variant, pieces=7, weeks=20):
    actions.record_demand(rows=[(variant, today() - timedelta(days=1 + 7 * back), pieces) for back in range(weeks)])


def test_what_left_is_counted_once_a_day_however_often_the_night_comes():
    lamp, order = in_stock(9), new_id()
    actions.hold(reference=order, lines={lamp: 4}, until=None)
    actions.take(reference=order)
    StockMove.objects.update(at=clock.now() - timedelta(days=1))
    for _twice in range(2):
        assert actions.fold_demand(day=today() - timedelta(days=1)) == 1
    actions.make_forecasts()
    assert queries.outlook(lamp).weekly == 4


def test_steady_demand_is_ordered_before_it_runs_out_in_packs_of_the_preferred_supplier():
    lamp = in_stock(22)
    actions.put_supplier_item(supplier=a_supplier(lead_days=14), variant_id=lamp, cost_minor=900, pack=12)
    sold_each_week(lamp)
    actions.make_forecasts()
    (need,) = queries.needs()
    assert (need.weekly, need.lasts_days, need.lead_days) == (7, 22, 14)
    assert need.point in range(21, 40)  # three weeks of seven, and what a Poisson week may be off
    assert need.is_low and need.quantity % 12 == 0
    (draft,) = actions.draft_purchases()
    assert actions.draft_purchases() == (draft,)
    purchase = queries.purchase(draft)
    assert [(line.variant_id, line.pieces) for line in purchase.lines] == [(lamp, need.quantity)]
    assert purchase.by_machine and purchase.total_minor == 900 * need.quantity
    actions.send_purchase(purchase_id=draft)
    (need,) = queries.needs()
    assert (need.on_order, need.is_low, need.quantity) == (purchase.lines[0].pieces, False, 0)
    assert actions.draft_purchases() == ()


def test_the_merchants_own_word_counts_before_the_machines():
    lamp, _chair = variants(2)
    actions.set_stock(levels=[(lamp, a_location(), 3)])
    actions.set_reorder_rule(variant_id=lamp, point=3, quantity=50)
    (need,) = queries.needs(low=True)
    assert (need.point, need.quantity) == (3, 50)
    actions.set_reorder_rule(variant_id=lamp, never=True)
    assert queries.needs() == ()
    actions.set_reorder_rule(variant_id=lamp)
    assert queries.reorder_rule(lamp).never is False
    with pytest.raises(actions.StockProblem):
        actions.set_reorder_rule(variant_id=lamp, service_percent=100)


def test_a_higher_service_level_orders_earlier():
    lamp = in_stock(1)
    sold_each_week(lamp)
    actions.make_forecasts()
    actions.set_reorder_rule(variant_id=lamp, service_percent=70)
    low = queries.outlook(lamp).point
    actions.set_reorder_rule(variant_id=lamp, service_percent=99)
    assert queries.outlook(lamp).point > low


def test_a_low_variant_is_told_once_until_it_is_well_again():
    lamp = in_stock(5)
    sold_each_week(lamp)
    actions.make_forecasts()
    assert [actions.tell_low(), actions.tell_low()] == [1, 0]
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=500, reason="found")
    assert actions.tell_low() == 0
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=-500, reason="lost again")
    assert actions.tell_low() == 1
    assert FactRow.objects.filter(kind="inventory.stock_ran_low").count() == 2


def test_the_night_drafts_orders_and_writes_one_mail_to_the_merchant():
    content.set_shop(name="Loom", email="owner@loom.example", languages=("en",))
    lamp = in_stock(5)
    actions.put_supplier_item(supplier=a_supplier(email=""), variant_id=lamp, cost_minor=900)
    sold_each_week(lamp)
    for _night in range(2):
        tasks.look_ahead()
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == "owner@loom.example" and "lamp-0" in mail.text
    assert mail.subject == "1 thing runs low"
    assert queries.purchase_rows().count() == 1


def test_dead_stock_is_what_lay_there_all_the_time_and_nobody_wanted():
    lamp, chair, fresh = variants(3)
    actions.set_stock(levels=[(each, a_location(), 5) for each in (lamp, chair)])
    StockMove.objects.update(at=clock.now() - timedelta(days=200))
    actions.set_stock(levels=[(fresh, "gdansk", 9)])
    actions.record_demand(rows=[(chair, today() - timedelta(days=3), 1), (lamp, today() - timedelta(days=190), 2)])
    actions.put_supplier_item(supplier=a_supplier(), variant_id=lamp, cost_minor=1200)
    (dead,) = queries.dead_stock(since=clock.now() - timedelta(days=180))
    assert (dead.variant_id, dead.on_hand, dead.cost_minor, dead.currency) == (lamp, 5, 6000, "USD")
    assert dead.last_sold_on == today() - timedelta(days=190)


def test_forecasting_a_thousand_variants_asks_no_more_than_forecasting_one(django_assert_max_num_queries):
    shelf = variants(30)
    for each in shelf:
        sold_each_week(each, weeks=6)
    with django_assert_max_num_queries(7):
        assert actions.make_forecasts() == 30
    with django_assert_max_num_queries(7):
        assert len(queries.needs()) == 30


def test_the_books_are_checked_at_night():
    in_stock(5)
    tasks.check_the_books()

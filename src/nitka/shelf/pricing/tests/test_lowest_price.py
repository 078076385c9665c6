"""The lowest price of the 30 days before a reduction: 98/6/EC Article 6a, and C-330/23 of the Court of Justice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from nitka.ground import clock
from nitka.shelf.pricing import actions, queries, tasks
from nitka.shelf.pricing.history import note
from nitka.shelf.pricing.models import Market, PricePoint
from nitka.shelf.pricing.tests.makers import STRANGER, basket, markets, priced

pytestmark = pytest.mark.django_db
DAY_0 = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    markets()


def on(day):
    return clock.freeze(DAY_0 + timedelta(days=day))


@pytest.fixture
def lamp():
    with on(0):
        return priced(10_000)[0]


def change(lamp, day, minor, before=None):
    with on(day):
        actions.set_prices(prices=[(lamp, "eu", minor, before)])


def shown(lamp, day):
    """(price, price before, lowest of 30 days) as a page says it, and as the cart says it."""
    with on(day):
        queries.forget()
        view = queries.prices([lamp], "eu")[lamp]
        (line,) = queries.quote(basket=basket((lamp, 1)), buyer=STRANGER).lines
    assert (line.unit_minor, line.lowest_minor) == (view.minor, view.lowest_30_days_minor)
    assert line.list_minor == (view.compare_at_minor or view.minor)
    return view.minor, view.compare_at_minor, view.lowest_30_days_minor


def test_a_reduction_is_told_from_the_lowest_price_of_the_30_days_before(lamp):
    change(lamp, 40, 9_000)
    change(lamp, 50, 9_500)
    change(lamp, 60, 8_000, 10_000)
    assert shown(lamp, 60) == (8_000, 9_000, 9_000)


def test_a_price_that_ended_more_than_30_days_before_does_not_count(lamp):
    change(lamp, 10, 7_000)
    change(lamp, 20, 10_000)
    change(lamp, 60, 8_000, 10_000)
    assert shown(lamp, 60) == (8_000, 10_000, 10_000)


def test_a_price_that_ran_into_the_window_counts_although_it_began_before(lamp):
    change(lamp, 10, 7_500)
    change(lamp, 35, 10_000)
    change(lamp, 60, 8_000, 10_000)
    assert shown(lamp, 60) == (8_000, None, None)  # 75 was asked on day 35: 80 is no reduction


def test_it_is_counted_from_the_beginning_of_the_reduction_and_stays(lamp):
    change(lamp, 60, 8_000, 10_000)
    assert [shown(lamp, day) for day in (60, 75, 110)] == [(8_000, 10_000, 10_000)] * 3


def test_each_further_reduction_is_one_of_its_own(lamp):
    change(lamp, 60, 8_000, 10_000)
    change(lamp, 65, 7_000, 10_000)
    assert shown(lamp, 65) == (7_000, 8_000, 8_000)


def test_raising_a_price_before_a_sale_gains_nothing(lamp):
    change(lamp, 58, 12_000)
    change(lamp, 60, 10_000, 12_000)
    assert shown(lamp, 60) == (10_000, None, None)


def test_days_on_which_it_was_not_sold_say_nothing(lamp):
    change(lamp, 5, None)
    change(lamp, 59, 9_900)
    change(lamp, 60, 8_000, 9_900)
    assert shown(lamp, 60) == (8_000, 9_900, 9_900)


def test_goods_without_a_history_show_what_the_merchant_says_they_cost(lamp):
    with on(0):
        (vase,) = priced(3_000, handle="vase")
    actions.set_prices(prices=[(vase, "pl", 9_900, 12_900)])
    assert queries.prices([vase], "pl")[vase] == queries.PriceView(9_900, 12_900, "PLN", 12_900)


def test_a_market_may_have_no_such_rule(lamp):
    Market.objects.filter(code="eu").update(prior_days=0)
    change(lamp, 59, 9_000)
    change(lamp, 60, 8_000, 10_000)
    assert shown(lamp, 60) == (8_000, 10_000, None)


def test_a_sale_by_the_clock_is_a_reduction_too(lamp):
    change(lamp, 40, 9_000)
    change(lamp, 45, 10_000)
    with on(50):
        sale = actions.put_list(
            name="Spring", market="eu", kind="sale", starts_at=DAY_0 + timedelta(days=60),
            ends_at=DAY_0 + timedelta(days=70),
        )  # fmt: skip
        actions.set_list_prices(list_id=sale, prices=[(lamp, 1, 8_500)])
    for day in (60, 70):
        with on(day):
            tasks.turn_over()
    points = list(PricePoint.objects.order_by("at").values_list("minor", "reduced", "prior_minor"))
    assert points[-2:] == [(8_500, True, 9_000), (10_000, False, None)]


def test_what_a_running_sale_shows(lamp):
    with on(60):
        sale = actions.put_list(name="Spring", market="eu", kind="sale", ends_at=DAY_0 + timedelta(days=70))
        actions.set_list_prices(list_id=sale, prices=[(lamp, 1, 8_500)])
    assert shown(lamp, 61) == (8_500, 10_000, 10_000)
    assert shown(lamp, 70) == (10_000, None, None)


def test_nothing_new_is_noted_twice_and_nothing_noted_is_changed(lamp):
    assert note([(lamp, "eu")]) == []
    for spoil in (PricePoint.objects.update, PricePoint.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil(minor=1) if spoil == PricePoint.objects.update else spoil()


def test_the_lowest_price_of_the_last_days_can_be_asked(lamp):
    change(lamp, 40, 9_000)
    change(lamp, 45, 10_000)
    with on(60):
        assert queries.lowest_since(lamp, "eu") == 9_000
    with on(80):
        assert queries.lowest_since(lamp, "eu") == 10_000

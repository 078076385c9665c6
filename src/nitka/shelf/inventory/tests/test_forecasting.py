from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.shelf.inventory import forecasting
from nitka.shelf.inventory.forecasting import Outlook

MONDAY = date(2026, 11, 23)


def test_days_become_whole_weeks_that_end_before_today():
    by_day = {MONDAY - timedelta(days=back): pieces for back, pieces in ((1, 2), (7, 3), (8, 5), (20, 1))}
    assert forecasting.weekly(by_day, MONDAY) == [1, 5, 5]
    assert forecasting.weekly({}, MONDAY) == []
    assert forecasting.weekly({MONDAY: 9}, MONDAY) == []


def test_steady_demand_is_expected_to_go_on():
    expected = forecasting.outlook([10] * 20)
    assert (expected.weekly, expected.spread, expected.weeks) == (10, 0, 20)


def test_one_huge_order_hardly_moves_the_level_but_widens_the_spread():
    calm, struck = forecasting.outlook([10] * 20), forecasting.outlook([10] * 19 + [500])
    assert struck.weekly <= 25
    assert struck.spread > calm.spread + 50


def test_nothing_is_expected_without_history_and_little_is_sure_with_a_short_one():
    assert forecasting.outlook([]) == Outlook(0.0, 0.0, 0)
    assert forecasting.outlook([4, 4]).spread == 4


def test_the_reorder_point_of_near_normal_demand_is_that_of_the_textbook():
    """Mean 100 and deviation 10 a week, four weeks, 95 %: 400 + 1.645 × 20 = 433 (normal); gamma adds its skew."""
    assert forecasting.reorder_point(Outlook(100, 10, 52), weeks=4, service_percent=95) in range(432, 437)


def test_the_gamma_quantile_is_the_published_one():
    """Gamma with shape 4 and scale 1 (mean 4, variance 4): its 95 % quantile is 7.7537."""
    assert forecasting.reorder_point(Outlook(4, 2, 52), weeks=1, service_percent=95) == 8


@given(
    weeks=st.lists(st.integers(0, 5000), min_size=1, max_size=60),
    lead=st.floats(0.2, 20),
    low=st.integers(50, 98),
)
def test_more_certainty_and_a_longer_way_never_need_less(weeks, lead, low):
    expected = forecasting.outlook(weeks)
    assert expected.weekly >= 0 and expected.spread >= 0
    point = forecasting.reorder_point(expected, weeks=lead, service_percent=low)
    assert forecasting.reorder_point(expected, weeks=lead, service_percent=low + 1) >= point >= 0


@pytest.mark.parametrize(
    ("pieces", "pack", "minimum", "ordered"), [(0, 6, 12, 0), (1, 6, 12, 12), (13, 6, 12, 18), (5, 1, 1, 5)]
)
def test_goods_are_ordered_in_whole_packs_and_not_below_the_minimum(pieces, pack, minimum, ordered):
    assert forecasting.in_packs(pieces, pack=pack, minimum=minimum) == ordered

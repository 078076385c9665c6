from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing import actions, queries
from nitka.shelf.pricing.tests.makers import ANNA, basket, markets, priced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    markets()


def quote(*lines, buyer=ANNA, **more):
    return queries.quote(basket=basket(*lines, **more), buyer=buyer)


def test_a_gross_market_shows_the_tax_that_its_prices_hold():
    lamp, chair = priced(1970, 4999)
    sums = quote((lamp, 2), (chair, 1), delivery_minor=499)
    assert (sums.currency, sums.tax_included, sums.country) == ("EUR", True, "PL")
    assert (sums.goods_minor, sums.delivery_minor, sums.total_minor) == (8939, 499, 9438)
    assert [(line.unit_minor, line.total_minor, line.tax_rate, line.tax_minor) for line in sums.lines] == [
        (1970, 3940, Decimal(23), 737),
        (4999, 4999, Decimal(23), 935),
    ]
    assert (sums.delivery_tax_minor, sums.tax_minor) == (93, 737 + 935 + 93)
    assert [(part.rate, part.base_minor, part.tax_minor) for part in sums.taxes] == [(Decimal(23), 7673, 1765)]


def test_tax_is_that_of_the_country_where_the_goods_go():
    (lamp,) = priced(12_000)
    taxes = {country: quote((lamp, 1), country=country).tax_minor for country in ("DE", "HU", "FI", "CH")}
    assert taxes == {"DE": 1916, "HU": 2551, "FI": 2438, "CH": 0}


def test_a_class_of_goods_has_its_own_rate_and_an_unknown_one_the_standard_rate():
    (book,) = priced(2000, handle="book", tax_class="books")
    (odd,) = priced(2000, handle="odd", tax_class="unheard-of")
    assert [line.tax_rate for line in quote((book, 1), (odd, 1), country="DE").lines] == [7, 19]


def test_rates_change_on_the_day_that_they_say_in_the_markets_own_zone():
    (lamp,) = priced(12_000, market="ru")
    for moment, rate in (
        (datetime(2025, 12, 31, 20, 59, tzinfo=UTC), 20),
        (datetime(2025, 12, 31, 21, 0, tzinfo=UTC), 22),
    ):
        with clock.freeze(moment):
            assert quote((lamp, 1), market="ru", country="RU").lines[0].tax_rate == rate


def test_a_net_market_adds_tax_to_the_total():
    actions.put_tax_rates(rates=[("us", "standard", Decimal("10.75"), datetime(2026, 1, 1).date())])
    (lamp,) = priced(2499, market="us")
    sums = quote((lamp, 1), market="us", country="US")
    assert (sums.goods_minor, sums.tax_minor, sums.total_minor, sums.tax_included) == (2499, 269, 2768, False)


def test_what_has_no_price_in_the_market_is_named_and_left_out():
    (lamp,), ghost = priced(1000), new_id()
    sums = quote((lamp, 1), (ghost, 2))
    assert (sums.unpriced, len(sums.lines), sums.total_minor) == ((ghost,), 1, 1000)


def test_an_empty_basket_costs_nothing_and_an_unknown_market_is_refused():
    assert quote().total_minor == 0
    with pytest.raises(actions.UnknownMarket):
        quote(market="atlantis")


def test_the_price_before_a_reduction_stands_beside_the_price():
    (lamp,) = priced(1500)
    actions.set_prices(prices=[(lamp, "eu", 1000, 1500)])
    (line,) = quote((lamp, 2)).lines
    assert (line.unit_minor, line.list_minor, line.discount_minor, line.total_minor) == (1000, 1500, 0, 2000)


def test_a_quote_asks_two_questions_for_any_number_of_lines(django_assert_num_queries):
    goods = priced(*range(100, 160))
    actions.put_coupon(code="TEN", kind="percent", value=10, once_per_customer=True)
    asked = basket(*((each, 2) for each in goods), coupon_codes=("ten", "nope"), delivery_minor=500)
    queries.quote(basket=asked, buyer=ANNA)
    with django_assert_num_queries(2):
        queries.quote(basket=asked, buyer=ANNA)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=6),
    codes=st.lists(st.sampled_from(["TEN", "FIVE", "NOPE"]), max_size=3),
    data=st.data(),
)
def test_three_at_once_cost_what_one_costs_three_times_in_any_order(lines, codes, data, goods):
    merged: dict = {}
    for place, quantity in lines:
        merged[goods[place]] = merged.get(goods[place], 0) + quantity
    singles = data.draw(st.permutations([(each, 1) for each, n in merged.items() for _one in range(n)]))
    at_once = quote(*merged.items(), coupon_codes=tuple(codes))
    one_by_one = quote(*singles, coupon_codes=tuple(data.draw(st.permutations(codes))))
    for name in ("goods_minor", "discount_minor", "tax_minor", "total_minor", "taxes"):
        assert getattr(at_once, name) == getattr(one_by_one, name)
    by_variant = [{line.variant_id: line for line in each.lines} for each in (at_once, one_by_one)]
    assert by_variant[0] == by_variant[1]
    assert {each.code for each in at_once.coupons if each.applied} == {
        each.code for each in one_by_one.coupons if each.applied
    }


@pytest.fixture
def goods():
    actions.put_coupon(code="TEN", kind="percent", value=10)
    actions.put_coupon(code="FIVE", kind="amount", value=500, currency="EUR")
    return [*priced(333, 1999, 7777), *priced(101, handle="book", tax_class="books")]


@pytest.mark.parametrize(
    "coupon", [{"kind": "percent", "value": 15}, {"kind": "amount", "value": 999, "currency": "EUR"}]
)
@pytest.mark.parametrize("delivery_minor", [0, 499])
def test_another_price_of_delivery_is_the_same_quote_without_a_query(coupon, delivery_minor, django_assert_num_queries):
    actions.put_coupon(code="OFF", **coupon)
    lamp, chair, book = (*priced(1970, 4999), *priced(2001, handle="book", tax_class="books"))
    lines = ((lamp, 3), (chair, 1), (book, 2))
    whole = quote(*lines, coupon_codes=("off",), delivery_minor=delivery_minor)
    goods = quote(*lines, coupon_codes=("off",))
    with django_assert_num_queries(0):
        assert queries.with_delivery(goods, delivery_minor) == whole
    assert queries.with_delivery(whole, 100) == quote(*lines, coupon_codes=("off",), delivery_minor=100)

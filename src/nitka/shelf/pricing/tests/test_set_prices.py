from decimal import Decimal

import pytest

from nitka.ground.facts.models import FactRow
from nitka.ground.ids import new_id
from nitka.shelf.pricing import actions, queries
from nitka.shelf.pricing.tests.makers import markets, priced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    markets()


def told():
    rows = FactRow.objects.filter(kind="pricing.price_changed").order_by("id")
    return [row.payload["market"] for row in rows]


def test_prices_are_set_changed_and_taken_away_and_each_change_is_told_once():
    lamp, chair = priced(1000, 2000)
    FactRow.objects.all().delete()
    assert actions.set_prices(prices=[(lamp, "eu", 1000, None), (chair, "eu", 2000, None)]) == 0
    assert told() == []
    changes = [(lamp, "eu", 900, 1000), (chair, "eu", 1900, 1900), (lamp, "pl", 4000, None)]
    assert actions.set_prices(prices=changes) == 3
    assert told() == ["eu", "pl"]
    assert queries.prices([lamp, chair], "eu") == {
        lamp: queries.PriceView(900, 1000, "EUR", 1000),
        chair: queries.PriceView(1900, None, "EUR"),
    }
    assert actions.set_prices(prices=[(lamp, "eu", None, None), (new_id(), "eu", None, None)]) == 1
    assert queries.prices([lamp], "eu") == {}


def test_history_tells_nothing():
    (lamp,) = priced(1000)
    FactRow.objects.all().delete()
    actions.set_prices(prices=[(lamp, "eu", 900, None)], history=True)
    assert told() == []


def test_it_refuses_an_unknown_market_and_a_price_below_zero():
    (lamp,) = priced(1000)
    with pytest.raises(actions.UnknownMarket):
        actions.set_prices(prices=[(lamp, "atlantis", 1, None)])
    with pytest.raises(actions.PricingProblem):
        actions.set_prices(prices=[(lamp, "eu", -1, None)])


def test_all_prices_come_in_one_question(django_assert_num_queries):
    goods = priced(*range(100, 150))
    actions.set_prices(prices=[(each, "pl", 4000, None) for each in goods])
    queries.markets()
    with django_assert_num_queries(1):
        found = queries.all_prices([*goods, new_id()])
    assert found[goods[0]] == {
        "eu": queries.PriceView(100, None, "EUR"),
        "pl": queries.PriceView(4000, None, "PLN"),
    }
    assert list(found.values())[-1] == {}


def test_any_number_of_prices_is_one_statement(django_assert_max_num_queries):
    goods = priced(*range(100, 400))
    rows = [(each, market.code, 7, None) for market in queries.markets() for each in goods]
    with django_assert_max_num_queries(5):  # markets, the prices, their history, and the savepoint of the test
        assert actions.set_prices(prices=rows, history=True) == len(rows)


def test_unit_price_needs_a_measure():
    assert queries.unit_price(minor=499, quantity=Decimal("0.5"), unit="l") == queries.UnitPrice(998, "l")
    assert queries.unit_price(minor=499, quantity=None, unit="") is None

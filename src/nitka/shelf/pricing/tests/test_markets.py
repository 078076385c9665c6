from datetime import date
from decimal import Decimal

import pytest

from nitka.shelf.pricing import actions, queries
from nitka.shelf.pricing.models import Market, TaxRate
from nitka.shelf.pricing.tests.makers import markets, priced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    queries.forget()
    yield
    queries.forget()


def test_a_shop_without_markets_has_none_and_says_so():
    assert queries.markets() == ()
    assert queries.market_for_country("PL") is None
    with pytest.raises(queries.UnknownMarket):
        queries.market("eu")


def test_a_country_finds_the_market_that_knows_it_best():
    markets()
    found = {each: queries.market_for_country(each).code for each in ("PL", "de", "NO", "US", "AM", "RU", "JP", "")}
    assert found == {
        "PL": "pl", "de": "eu", "NO": "no", "US": "us", "AM": "am", "RU": "ru", "JP": "eu", "": "eu",
    }  # fmt: skip


def test_a_shop_is_set_up_once_and_keeps_what_the_merchant_changed():
    markets()
    actions.put_market(code="no", name="Norway and Svalbard", currency="NOK", countries=["NO", "SJ"])
    actions.put_tax_rates(rates=[("NO", "standard", Decimal(24), date(2020, 1, 1))])
    rates = TaxRate.objects.count()
    markets()
    assert queries.market("no").name == "Norway and Svalbard"
    assert queries.tax_rate("NO", "standard", date(2026, 1, 1)) == 24
    assert (Market.objects.count(), TaxRate.objects.count()) == (6, rates)


def test_every_country_of_a_market_has_a_rate():
    markets()
    for market in queries.markets():
        for country in market.countries:
            rate = queries.tax_rate(country, "standard", date(2026, 6, 1))
            assert rate > 0 or country == "US", country


def test_the_day_decides_which_rate_is_in_force():
    markets()
    days = (date(2019, 12, 31), date(2025, 6, 30), date(2025, 7, 1))
    assert [queries.tax_rate("EE", "standard", day) for day in days] == [0, 22, 24]
    assert queries.tax_rate("EE", "unheard-of", days[2]) == 24


def test_markets_and_rates_are_kept_in_the_process(django_assert_num_queries, monkeypatch):
    from nitka.ground import remembered

    markets()
    moment = [1000.0]
    monkeypatch.setattr(remembered.time, "monotonic", lambda: moment[0])
    queries.forget()
    with django_assert_num_queries(1):
        for _request in range(20):
            queries.markets(), queries.market_for_country("PL"), queries.tax_rate("PL", "standard", date(2026, 1, 1))
    Market.objects.filter(code="pl").update(name="changed by another process")
    moment[0] += 1.9
    assert queries.market("pl").name == "Polska"
    moment[0] += 0.2
    assert queries.market("pl").name == "changed by another process"


def test_it_refuses_what_no_market_can_be():
    markets()
    priced(1000)
    fine = {"code": "eu", "name": "Europe", "currency": "EUR", "countries": ["DE"]}
    for wrong in ({"countries": []}, {"tax_display": "maybe"}, {"rounding": "up"}, {"currency": "USD"}):
        with pytest.raises(actions.PricingProblem):
            actions.put_market(**(fine | wrong))
    with pytest.raises(actions.PricingProblem):
        actions.put_tax_rates(rates=[("DE", "standard", Decimal(119), date(2026, 1, 1))])

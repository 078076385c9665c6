"""Prices in another currency: by hand and by the European Central Bank, which may be down, slow, or lie."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nitka.ground import clock
from nitka.ground.web import outbound
from nitka.shelf.pricing import actions, queries, tasks
from nitka.shelf.pricing.models import ExchangeRate, PricePoint
from nitka.shelf.pricing.rates import RatesProblem, ecb
from nitka.shelf.pricing.tests.makers import markets, priced

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    markets()
    with clock.freeze(NOON):
        yield


def price(variant, market):
    view = queries.prices([variant], market).get(variant)
    return view and (view.minor, view.compare_at_minor)


def dram(rate="431.5", **more):
    actions.put_exchange_rates(base="EUR", rates={"AMD": Decimal(rate)})
    return actions.set_conversion(**{"market": "am", "converted_from": "eu", "step_minor": 1000} | more)


def test_prices_are_converted_and_rounded_as_the_merchant_likes():
    lamp, chair = priced(1234, 9900)
    assert dram() == 2
    assert [price(each, "am") for each in (lamp, chair)] == [(532_000, None), (4_272_000, None)]
    assert PricePoint.objects.filter(market="am").count() == 2


def test_to_ninety_nine_with_a_margin():
    (lamp,) = priced(1234)
    actions.put_exchange_rates(base="EUR", rates={"USD": Decimal("1.1")})
    actions.set_conversion(market="am", converted_from="")
    actions.set_conversion(market="pl", converted_from="")
    actions.put_exchange_rates(base="PLN", rates={"EUR": Decimal("0.25")})
    actions.set_conversion(market="pl", converted_from="eu", step_minor=100, less_minor=1, margin_percent=Decimal(10))
    assert price(lamp, "pl") == (5399, None)  # 12.34 * 4 * 1.1 = 54.30 -> 53.99


def test_a_price_by_hand_stays_and_a_new_price_is_followed():
    lamp, chair = priced(1000, 2000)
    dram()
    actions.set_prices(prices=[(lamp, "am", 399_000, None)])
    actions.set_prices(prices=[(lamp, "eu", 1100, None), (chair, "eu", 2200, 2500)])
    assert (price(lamp, "am"), price(chair, "am")[0]) == ((399_000, None), 949_000)
    actions.set_prices(prices=[(lamp, "am", None, None)])
    assert price(lamp, "am") == (475_000, None)
    actions.set_prices(prices=[(chair, "eu", None, None)])
    assert price(chair, "am") is None


def test_the_tax_goes_where_the_other_market_shows_prices_without():
    (lamp,) = priced(11_900)
    actions.put_exchange_rates(base="EUR", rates={"USD": Decimal("1.2")})
    actions.set_conversion(market="us", converted_from="eu")
    assert price(lamp, "us") == (12_000, None)  # 119.00 holds 19 % in Germany: 100.00 * 1.2


def test_by_way_of_the_euro_and_the_other_way_round():
    actions.put_exchange_rates(base="EUR", rates={"USD": Decimal("1.25"), "NOK": Decimal(10)})
    assert queries.rate_between("USD", "NOK") == 8
    assert queries.rate_between("NOK", "EUR") == Decimal("0.1")
    assert queries.rate_between("RUB", "NOK") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"market": "atlantis"}, {"converted_from": "am"}, {"step_minor": 0}, {"less_minor": 1000}, {"source": "guess"},
        {"margin_percent": Decimal(900)},
    ],
)  # fmt: skip
def test_it_refuses_what_cannot_be(wrong):
    with pytest.raises(actions.PricingProblem):
        dram(**wrong)


def test_without_a_rate_it_says_so():
    with pytest.raises(actions.PricingProblem, match="no rate from EUR to RUB"):
        actions.set_conversion(market="ru", converted_from="eu")


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity"])
def test_no_rate_is_zero_or_no_number(rate):
    with pytest.raises(actions.PricingProblem):
        actions.put_exchange_rates(base="EUR", rates={"AMD": Decimal(rate)})


# --- The European Central Bank, played by a hostile stand-in -------------------------------------

CODES = ["USD", "JPY", "BGN", "CZK", "DKK", "GBP", "HUF", "PLN", "SEK", "CHF", "NOK", "TRY"]


def file(day="2026-06-30", **other):
    rates = dict.fromkeys(CODES, "1.5") | {"PLN": "4.2", "NOK": "11.5"} | other
    cubes = "".join(f"<Cube currency='{code}' rate='{rate}'/>" for code, rate in rates.items())
    return f"<?xml version='1.0'?><Envelope><Cube><Cube time='{day}'>{cubes}</Cube></Cube></Envelope>"


@pytest.fixture
def bank(monkeypatch):
    said = {"status": 200, "text": file()}

    def get(url, headers, *, seconds, most):
        assert url.startswith("https://www.ecb.europa.eu/")
        if said["text"] is None:
            raise outbound.NotSent("no answer within 10 s")
        return outbound.Answer(said["status"], {}, said["text"][:most], 0.1)

    monkeypatch.setattr(ecb.outbound, "get", get)
    return said


def test_rates_of_the_bank_convert_the_markets_that_use_them(bank):
    (lamp,) = priced(1000)
    actions.put_exchange_rates(base="EUR", rates={"PLN": Decimal(4)})
    actions.set_conversion(market="pl", converted_from="eu", source="ecb")
    assert price(lamp, "pl") == (4000, None)
    tasks.fetch_exchange_rates()
    assert price(lamp, "pl") == (4200, None)
    assert ExchangeRate.objects.get(source="ecb", currency="PLN").on == date(2026, 6, 30)
    assert actions.fetch_exchange_rates() == 0  # the same file again changes nothing


def test_nobody_asks_the_bank_where_no_market_uses_it(bank):
    bank["text"] = None
    tasks.fetch_exchange_rates()


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (200, None), (503, ""), (200, ""), (200, "<html>maintenance</html>"), (200, file(day="2026-01-01")),
        (200, file(day="2026-13-45")), (200, file(day="2027-01-01")), (200, file(USD="0")), (200, file(USD="-1.1")),
        (200, file(QQQ="1")), (302, file()), (200, file()[:120]),
    ],
)  # fmt: skip
def test_what_cannot_be_believed_changes_nothing(bank, status, text):
    bank |= {"status": status, "text": text}
    with pytest.raises(RatesProblem):
        actions.fetch_exchange_rates()
    assert not ExchangeRate.objects.exists()


def test_a_rate_that_jumps_waits_for_a_person(bank):
    actions.fetch_exchange_rates()
    bank["text"] = file(day="2026-07-01", PLN="42")
    with pytest.raises(actions.PricingProblem, match="PLN moved"):
        actions.fetch_exchange_rates()
    actions.fetch_exchange_rates(believe=True)
    assert queries.rate_between("EUR", "PLN", "ecb") == 42

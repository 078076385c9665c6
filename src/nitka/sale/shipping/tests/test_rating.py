"""Prices that carriers calculate: cached, bounded, never in the way."""

import time
from datetime import time as wall
from typing import Any

import pytest

from nitka.ground import clock
from nitka.sale.shipping import actions, providers, queries
from nitka.sale.shipping.models import Rate
from nitka.sale.shipping.providers import CarrierRate, CarrierTrouble
from nitka.sale.shipping.queries import Load
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop

pytestmark = pytest.mark.django_db(transaction=True)
calls: list[providers.RateQuestion] = []


@pytest.fixture(autouse=True)
def shop() -> None:
    calls.clear()
    open_shop()
    actions.put_option(
        code="post", names={"en": "Post"}, cut_off=wall(15), handling_days=0, transit_days=2, prices={"pl": 2500},
        carrier="demo_post", calculated=True, markup_percent=10,
    )  # fmt: skip


def answering(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    def rates(question: providers.RateQuestion) -> Any:
        calls.append(question)
        return answer()

    monkeypatch.setattr(providers.found()["demo_post"], "rates", rates)


def price(*, ask: bool = True, weight_g: int = 900) -> tuple[int, str]:
    found = next(
        each
        for each in queries.options(
            country="PL", postcode="80-831", market="pl", at=WEDNESDAY, load=Load(weight_g=weight_g), ask=ask
        )
        if each.code == "post"
    )
    return found.price_minor, found.price_from


def test_the_carrier_is_asked_once_and_its_answer_counts_for_the_order_too(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, lambda: [CarrierRate("a", "A", 1505, "PLN"), CarrierRate("b", "B", 1999, "PLN")])
    with clock.freeze(WEDNESDAY):
        assert price(ask=False) == (2500, "table")
        assert price() == (1656, "carrier")  # 15.05 and ten in a hundred, half up
        assert price() == (1656, "carrier") and price(ask=False) == (1656, "carrier") and len(calls) == 1
        assert price(weight_g=990) == (1656, "carrier") and len(calls) == 1  # the same step of weight
    with clock.freeze(WEDNESDAY.replace(hour=9)):
        assert price(ask=False) == (2500, "table")


@pytest.mark.parametrize(
    "rates",
    [
        [], [CarrierRate("a", "A", 0, "PLN")], [CarrierRate("a", "A", -5, "PLN")], [CarrierRate("a", "A", 900, "EUR")],
    ],
)  # fmt: skip
def test_a_price_of_nothing_or_in_other_money_is_no_price(
    rates: list[CarrierRate], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, lambda: rates)
    assert price() == (2500, "table") and Rate.objects.count() == 0


def test_a_silent_carrier_never_blocks_the_cart_and_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, lambda: time.sleep(5))
    began = time.monotonic()
    assert price() == (2500, "table")
    assert time.monotonic() - began < 3
    assert price() == (2500, "table") and len(calls) == 1


def test_a_carrier_that_breaks_is_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise CarrierTrouble("down")

    answering(monkeypatch, broken)
    assert price() == (2500, "table") and price() == (2500, "table") and len(calls) == 1

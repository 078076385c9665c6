import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground import money
from nitka.ground.money import MixedMoney, Money, Tax

amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@given(amounts, weights)
def test_parts_always_sum_to_the_whole(minor: int, shares: list[int]) -> None:
    assert sum(money.split(minor, shares)) == minor


@given(amounts, weights)
def test_no_part_is_further_than_one_from_its_exact_share(minor: int, shares: list[int]) -> None:
    total = sum(shares)
    for part, share in zip(money.split(minor, shares), shares, strict=True):
        exact = Decimal(minor) * share / total if total else Decimal(minor) / len(shares)
        assert abs(part - exact) < 1


@given(st.integers(0, 10**10), st.sampled_from(["0", "5", "7.7", "20", "25.5", "27"]))
def test_tax_inside_a_gross_amount_is_the_tax_on_its_net(gross: int, rate: str) -> None:
    tax = money.tax_included(gross, Decimal(rate))
    assert abs(money.tax_added(gross - tax, Decimal(rate)) - tax) <= 1
    assert 0 <= tax <= gross


@given(amounts, st.sampled_from(["EUR", "JPY", "KWD", "AMD"]))
def test_what_is_written_reads_back(minor: int, currency: str) -> None:
    assert money.parse(str(money.decimal(minor, currency)), currency) == minor


@pytest.mark.parametrize(("text", "minor"), [("12.50", 1250), ("12,5", 1250), ("1 234,00", 123400), ("-3", -300)])
def test_amounts_are_read_as_people_write_them(text: str, minor: int) -> None:
    assert money.parse(text, "EUR") == minor


@pytest.mark.parametrize("text", ["", "abc", "1.234", "NaN", "1e99", "1,2,3"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        money.parse(text, "EUR")


def test_halves_are_rounded_away_from_zero() -> None:
    assert [money.round_half_up(Decimal(x)) for x in ("0.5", "1.5", "-0.5", "2.4999")] == [1, 2, -1, 2]


def test_ties_go_to_the_first() -> None:
    assert money.split(10, [1, 1, 1]) == [4, 3, 3]
    assert money.split(-10, [1, 1, 1]) == [-4, -3, -3]


def test_currencies_and_tax_bases_do_not_mix() -> None:
    with pytest.raises(MixedMoney):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(MixedMoney):
        Money(1, "EUR", Tax.GROSS) + Money(1, "EUR", Tax.NET)
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, "EURO")


def test_line_taxes_agree_with_the_cases_of_other_shops(nitka_data: Path) -> None:
    """Oracle: cases of Sylius, Solidus and others, with the house's policy (one tax rate a line)."""
    cases = json.loads((nitka_data / "prices" / "cases.json").read_text())["cases"]
    simple = [c for c in cases if c["tax_rounding"] == "line" and not c["order_discount"] and not c["shipping"]]
    assert len(simple) > 5
    for case in simple:
        tax = total = 0
        for line in case["lines"]:
            unit = money.parse(line["price"], "EUR") - money.parse(line["unit_off"], "EUR")
            rate, base = Decimal(line["rate"]), unit * line["qty"]
            if case["prices_include_tax"]:
                tax, total = tax + money.tax_included(base, rate), total + base
            else:
                part = money.tax_added(base, rate)
                tax, total = tax + part, total + base + part
        assert str(money.decimal(total, "EUR")) == case["expect"]["total"], case["id"]
        assert str(money.decimal(tax, "EUR")) == case["expect"]["tax"], case["id"]


@pytest.mark.parametrize(
    ("minor", "currency", "into", "rate", "shown"),
    [
        (1400, "EUR", "EUR", "0.9737", 1363),  # the total, where twice the converted piece would be 13.64
        (700, "EUR", "JPY", "163.455", 1144),
        (1000, "JPY", "KWD", "0.00205", 2050),
        (-1400, "EUR", "EUR", "0.9737", -1363),
    ],
)
def test_an_amount_in_another_currency(minor: int, currency: str, into: str, rate: str, shown: int) -> None:
    assert money.convert(minor, currency, into, Decimal(rate)) == shown


@pytest.mark.parametrize(
    ("minor", "step", "less", "price"),
    [
        (1237, 100, 1, 1199),
        (1251, 100, 1, 1299),
        (541_200, 1000, 0, 541_000),
        (541_500, 1000, 0, 542_000),
        (12, 100, 1, 99),
        (1237, 1, 0, 1237),
        (0, 100, 1, 0),
    ],
)
def test_a_price_as_the_merchant_rounds_it(minor: int, step: int, less: int, price: int) -> None:
    assert money.to_step(minor, step, less) == price

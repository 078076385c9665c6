"""The sums: published cases of other shops, and laws that hold for every sale."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground import money
from nitka.shelf.pricing.arithmetic import Delivery, Discount, Line, settle, tax_of, unit_price


def minor(text):
    return money.parse(text, "EUR")


def settled_case(case):
    lines = [
        Line(f"{place:03}", minor(each["price"]), each["qty"], Decimal(each["rate"]), minor(each["unit_off"]))
        for place, each in enumerate(case["lines"])
    ]
    order, shipping = case["order_discount"] or {}, case["shipping"]
    discounts = []
    if "pct" in order:
        discounts.append(Discount(percent=Decimal(order["pct"])))
    if "amount" in order:
        discounts.append(Discount(amount_minor=minor(order["amount"])))
    assert len(discounts) == len(order), f"a kind of discount that is not known: {order}"
    return settle(
        lines,
        tax_included=case["prices_include_tax"],
        rounding=case["tax_rounding"],
        discounts=discounts,
        delivery=shipping
        and Delivery(minor(shipping["price"]), Decimal(shipping["rate"]), Decimal(shipping["pct_off"])),
    )


def test_every_published_case_of_other_shops_holds(nitka_data):
    book = json.loads((nitka_data / "prices" / "cases.json").read_text())
    assert book["cases"]
    assert book["allocation"]
    wrong = []
    for case in book["cases"]:
        sums = settled_case(case)
        got = {"total": sums.total_minor, "tax": sums.tax_minor, "discount": sums.discount_minor}
        wrong += [
            (case["id"], name, text, got[name]) for name, text in case["expect"].items() if got[name] != minor(text)
        ]
    for case in book["allocation"]:
        if (parts := money.split(case["total"], case["weights"])) != case["expect"]:
            wrong.append((case["id"], case["expect"], parts))
    assert wrong == []


@pytest.mark.parametrize(
    ("price", "rate", "included", "tax"),
    [
        (4595, "10", False, 460),  # an exact half cent goes up
        (4594, "10", False, 459),
        (3940, "20", True, 657),
        (1970, "20", True, 328),
        (100, "10", False, 10),
        (0, "23", True, 0),
    ],
)
def test_tax_is_rounded_half_up(price, rate, included, tax):
    assert tax_of(price, Decimal(rate), included) == tax


def test_one_line_of_two_and_two_lines_of_one_differ_by_the_cent_that_rounding_a_line_makes():
    twenty = Decimal(20)
    assert settle([Line("a", 1970, 2, twenty)], tax_included=True).tax_minor == 657
    assert settle([Line("a", 1970, 1, twenty), Line("b", 1970, 1, twenty)], tax_included=True).tax_minor == 656


def test_rounding_for_each_piece_is_what_a_market_may_choose():
    lines = [Line("a", 1000, 2, Decimal(23)), Line("b", 4595, 2, Decimal(10))]
    by_line, by_unit = (settle(lines, tax_included=False, rounding=each) for each in ("line", "unit"))
    assert (by_line.total_minor, by_unit.total_minor) == (12569, 12570)


def test_yen_and_dinar_round_to_their_own_smallest_coin():
    yen = settle([Line("a", 1005, 1, Decimal(10))], tax_included=False)
    assert (yen.tax_minor, yen.total_minor) == (101, 1106)
    dinar = settle([Line("a", 12_345, 1, Decimal(5))], tax_included=True)
    assert dinar.tax_minor == 588


def test_a_discount_on_all_goods_is_split_by_largest_remainder_and_never_rounded_by_piece():
    sums = settle([Line("a", 39_900, 25, Decimal(0))], tax_included=False, discounts=[Discount(percent=Decimal(10))])
    assert (sums.discount_minor, sums.total_minor) == (99_750, 897_750)
    three = [Line(key, 2000, 1, Decimal(23)) for key in "abc"]
    sums = settle(three, tax_included=True, discounts=[Discount(amount_minor=2000)])
    assert [line.discount_minor for line in sums.lines] == [667, 667, 666]


def test_unit_price_is_that_of_a_whole_metre_litre_or_kilogram():
    assert unit_price(499, Decimal("0.25")) == 1996
    assert unit_price(1000, Decimal(3)) == 333


RATES = st.sampled_from([Decimal(each) for each in ("0", "5", "8", "10.75", "20", "23", "25.5")])
LINES = st.lists(
    st.builds(
        Line,
        key=st.uuids().map(str),
        unit_minor=st.integers(0, 2_000_000),
        quantity=st.integers(1, 40),
        rate=RATES,
        unit_off_minor=st.integers(0, 5_000),
    ),
    max_size=8,
    unique_by=lambda line: line.key,
)
DISCOUNTS = st.lists(
    st.builds(Discount, percent=st.decimals(0, 100, places=2))
    | st.builds(Discount, amount_minor=st.integers(0, 3_000_000)),
    max_size=3,
)
DELIVERY = st.none() | st.builds(
    Delivery, minor=st.integers(0, 10_000), rate=RATES, percent_off=st.sampled_from([Decimal(0), Decimal(100)])
)
WAYS = {"tax_included": st.booleans(), "rounding": st.sampled_from(["line", "unit"])}


@given(lines=LINES, discounts=DISCOUNTS, delivery=DELIVERY, way=st.fixed_dictionaries(WAYS))
def test_totals_are_the_sum_of_their_parts_and_nothing_is_below_zero(lines, discounts, delivery, way):
    sums = settle(lines, discounts=discounts, delivery=delivery, **way)
    added = 0 if way["tax_included"] else sums.tax_minor
    assert sums.total_minor == sums.goods_minor - sums.discount_minor + sums.delivery_minor + added
    assert sums.goods_minor - sums.discount_minor == sum(line.total_minor for line in sums.lines)
    assert sums.discount_minor == sum(line.discount_minor for line in sums.lines)
    assert sums.tax_minor == sum(line.tax_minor for line in sums.lines) + sums.delivery_tax_minor
    assert sums.tax_minor == sum(part.tax_minor for part in sums.taxes)
    assert sum(part.base_minor + part.tax_minor for part in sums.taxes) == sums.total_minor
    amounts = [sums.total_minor, sums.delivery_minor, *sums.discounts_minor]
    amounts += [amount for line in sums.lines for amount in (line.total_minor, line.tax_minor, line.discount_minor)]
    assert min(amounts) >= 0


@given(lines=LINES, discounts=DISCOUNTS, way=st.fixed_dictionaries(WAYS), data=st.data())
def test_the_order_of_lines_never_matters(lines, discounts, way, data):
    shuffled = data.draw(st.permutations(lines))
    one, other = (settle(each, discounts=discounts, **way) for each in (lines, shuffled))
    assert one.total_minor == other.total_minor
    assert one.taxes == other.taxes
    assert sorted(one.lines, key=lambda line: line.key) == sorted(other.lines, key=lambda line: line.key)


@given(lines=LINES, way=st.fixed_dictionaries(WAYS))
def test_all_off_is_exactly_nothing(lines, way):
    sums = settle(lines, discounts=[Discount(percent=Decimal(100))], **way)
    assert (sums.total_minor, sums.tax_minor) == (0, 0)

"""Splitting an order over warehouses: properties, and the smallest number of parcels against brute force."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nitka.sale.shipping import actions, queries
from nitka.sale.shipping.queries import Sourcing, plan
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop
from nitka.shelf.inventory import actions as inventory

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
pieces = st.dictionaries(st.sampled_from([A, B, C]), st.integers(1, 5), min_size=1)
stocks = st.dictionaries(
    st.sampled_from(["gdn", "osl", "sof", "yer"]), st.dictionaries(st.sampled_from([A, B, C]), st.integers(0, 5))
)
sourcing = st.builds(
    Sourcing,
    strategy=st.sampled_from(["fewest", "order", "together"]),
    locations=st.permutations(["gdn", "osl", "sof"]).map(tuple),
)


def test_one_place_that_has_all_is_one_parcel_even_if_it_is_liked_less() -> None:
    stock = {"gdn": {A: 1}, "osl": {A: 5, B: 5}}
    (parcel,) = plan({A: 1, B: 1}, stock, Sourcing(locations=("gdn",))).parcels
    assert (parcel.location, dict(parcel.lines)) == ("osl", {A: 1, B: 1})


def test_by_order_each_line_leaves_the_first_place_that_has_it() -> None:
    stock = {"gdn": {A: 1}, "osl": {A: 5, B: 5}}
    first, second = plan({A: 2, B: 1}, stock, Sourcing(locations=("gdn",), strategy="order")).parcels
    assert (first.location, dict(first.lines)) == ("gdn", {A: 1})
    assert (second.location, dict(second.lines)) == ("osl", {A: 1, B: 1})


def test_together_gathers_at_the_first_place_and_says_what_is_brought_there() -> None:
    stock = {"gdn": {A: 1}, "osl": {B: 5}}
    (parcel,) = plan({A: 1, B: 2}, stock, Sourcing(locations=("gdn",), strategy="together")).parcels
    assert parcel.location == "gdn" and dict(parcel.lines) == {A: 1, B: 2}
    assert {place: dict(part) for place, part in parcel.gathered.items()} == {"osl": {B: 2}}


def test_what_nobody_has_is_said() -> None:
    found = plan({A: 3, B: 1}, {"gdn": {A: 1}, "osl": {A: 1}})
    assert dict(found.missing) == {A: 1, B: 1} and len(found.parcels) == 2


@given(pieces, stocks, sourcing)
@settings(max_examples=300, deadline=None)
def test_no_piece_is_lost_doubled_or_taken_where_there_is_none(
    lines: dict[UUID, int], stock: dict[str, dict[UUID, int]], rule: Sourcing
) -> None:
    found = plan(lines, stock, rule)
    for variant, wanted in lines.items():
        sent = sum(parcel.lines.get(variant, 0) for parcel in found.parcels)
        assert sent + found.missing.get(variant, 0) == wanted
        assert sent <= sum(level.get(variant, 0) for level in stock.values())
    if rule.strategy != "together":
        for parcel in found.parcels:
            assert all(0 < n <= stock[parcel.location].get(v, 0) for v, n in parcel.lines.items())
    assert plan(lines, dict(reversed(stock.items())), rule) == found


@given(pieces, stocks)
@settings(max_examples=300, deadline=None)
def test_fewest_is_the_smallest_number_of_parcels(lines: dict[UUID, int], stock: dict[str, dict[UUID, int]]) -> None:
    found = plan(lines, stock, Sourcing())
    there = {v: min(n, sum(level.get(v, 0) for level in stock.values())) for v, n in lines.items()}
    smallest = next(
        size
        for size in range(len(stock) + 1)
        if any(
            all(sum(stock[place].get(v, 0) for place in some) >= n for v, n in there.items())
            for some in combinations(stock, size)
        )
    )
    assert len(found.parcels) == smallest


@pytest.mark.django_db
def test_the_place_that_a_country_is_sent_from_decides_over_its_promise() -> None:
    open_shop()
    inventory.put_location(code="oslo", name="Oslo", country="NO", zone="Europe/Oslo")
    actions.put_sourcing(rules=[Sourcing(frozenset({"NO"}), ("oslo",), "together", 1)])
    assert (queries.origin("NO").country, queries.origin("PL").country) == ("NO", "PL")
    found = queries.option("two_days", country="NO", market="no", at=WEDNESDAY)
    assert found and found.promise.source == "two_days@NO"
    # A working day for gathering, then two on the way: Wednesday, Thursday, over the weekend to Monday.
    assert found.promise.day_to.isoformat() == "2026-09-21"
    with pytest.raises(actions.BadOptionProblem):
        actions.put_sourcing(rules=[Sourcing(strategy="by moonlight")])

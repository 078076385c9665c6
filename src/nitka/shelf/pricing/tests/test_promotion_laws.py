"""Laws that hold for every cart and every set of promotions; no database."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nitka.shelf.pricing.basket import Buyer
from nitka.shelf.pricing.promotions import engine, lanes, rules
from nitka.shelf.pricing.promotions.conditions import Moment
from nitka.shelf.pricing.promotions.engine import Sale
from nitka.shelf.pricing.promotions.rules import Benefit, Conditions, Rule, Scope
from nitka.shelf.pricing.promotions.shelf import Item, Shelf

PRODUCTS = [UUID(int=n) for n in range(6)]
SCOPES = st.one_of(
    st.just(Scope()),
    st.builds(Scope, products=st.frozensets(st.sampled_from(PRODUCTS), min_size=1, max_size=3)),
    st.builds(Scope, tags=st.frozensets(st.sampled_from(["warm", "cold"]), min_size=1)),
    st.builds(Scope, not_products=st.frozensets(st.sampled_from(PRODUCTS), min_size=1, max_size=2)),
)
EUR = st.fixed_dictionaries({"EUR": st.integers(0, 20_000)})
PERCENT = st.decimals(1, 100, places=2)
BENEFITS = st.one_of(
    st.builds(Benefit, kind=st.just("percent"), percent=PERCENT, most=st.just({}) | EUR),
    st.builds(Benefit, kind=st.just("amount"), amounts=EUR),
    st.builds(Benefit, kind=st.just("fixed_price"), amounts=EUR),
    st.builds(
        Benefit, kind=st.just("buy_get"), percent=PERCENT, buy=st.integers(1, 4), get=st.integers(1, 3),
        times=st.integers(0, 2), reward=st.none() | SCOPES,
    ),
    st.builds(
        Benefit, kind=st.just("bundle"), amounts=EUR,
        parts=st.lists(st.tuples(SCOPES, st.integers(1, 3)), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Benefit, kind=st.just("gift"), variant=st.just(UUID(int=99)), pieces=st.integers(1, 2)),
)  # fmt: skip
RULES = st.lists(
    st.builds(
        Rule, id=st.integers(1000, 2000).map(lambda n: UUID(int=n)), name=st.just("x"), benefit=BENEFITS,
        conditions=st.builds(Conditions, scope=SCOPES, minimum=st.just({}) | EUR, pieces=st.integers(0, 3)),
        lane=st.sampled_from(["goods", "codes", "gifts"]), priority=st.integers(1, 3), stops_lane=st.booleans(),
        exclusive=st.booleans(), budgets=st.none() | EUR,
    ),
    max_size=8, unique_by=lambda rule: rule.id,
)  # fmt: skip
ITEMS = st.lists(
    st.builds(
        Item, key=st.integers(0, 10**6).map(str), variant_id=st.uuids(), quantity=st.integers(1, 12),
        unit_minor=st.integers(0, 30_000), product_id=st.sampled_from(PRODUCTS),
        tags=st.lists(st.sampled_from(["warm", "cold"]), max_size=2, unique=True).map(tuple),
    ),
    max_size=7, unique_by=lambda item: item.key,
)  # fmt: skip
MOMENT = Moment(
    market="eu", currency="EUR", zone="UTC", country="DE", channel="web", buyer=Buyer(),
    now=datetime(2026, 11, 20, tzinfo=UTC),
)  # fmt: skip


def outcome(items, given_rules):
    book = rules.book_of(lanes.standard(), given_rules)
    return engine.run(book, Sale(Shelf(items), MOMENT, {UUID(int=99): 700}), frozenset())


@settings(max_examples=400, deadline=None)
@given(items=ITEMS, given_rules=RULES)
def test_nothing_goes_below_zero_and_all_adds_up(items, given_rules):
    found = outcome(items, given_rules)
    assert all(each >= 0 for each in found.left)
    taken = sum(each.minor for each in found.given)
    assert sum(item.unit_minor * item.quantity for item in items) - taken == sum(found.left)
    for each in found.given:
        assert each.minor > 0
        assert sum(part for _place, part in each.parts) == each.minor
        assert all(part > 0 for _place, part in each.parts)


@settings(max_examples=400, deadline=None)
@given(items=ITEMS, given_rules=RULES, data=st.data())
def test_the_order_of_lines_and_of_promotions_never_matters(items, given_rules, data):
    one = outcome(items, given_rules)
    other = outcome(data.draw(st.permutations(items)), data.draw(st.permutations(given_rules)))
    assert one.left == other.left
    assert one.given == other.given
    assert one.gifts == other.gifts
    assert one.refused == other.refused


def in_dram(rule):
    """The same promotion with its amounts in the other currency."""
    benefit, conditions = rule.benefit, rule.conditions
    other = [{"AMD": each["EUR"]} if each else each for each in (benefit.most, benefit.amounts, conditions.minimum)]
    return replace(
        rule, benefit=replace(benefit, most=other[0], amounts=other[1]),
        conditions=replace(conditions, minimum=other[2]), budgets=rule.budgets and {"AMD": rule.budgets["EUR"]},
    )  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(items=ITEMS, given_rules=RULES)
def test_in_a_currency_without_small_coins_every_line_stays_payable(items, given_rules):
    items = [replace(each, unit_minor=each.unit_minor // 100 * 100) for each in items]
    book = rules.book_of(lanes.standard(), [in_dram(each) for each in given_rules])
    gift = {UUID(int=99): 700}
    found = engine.run(book, Sale(Shelf(items), replace(MOMENT, currency="AMD"), gift), frozenset())
    assert all(each >= 0 and each % 100 == 0 for each in found.left)
    taken = sum(each.minor for each in found.given)
    assert sum(item.unit_minor * item.quantity for item in items) - taken == sum(found.left)
    for each in found.given:
        assert sum(part for _place, part in each.parts) == each.minor


@settings(max_examples=200, deadline=None)
@given(items=ITEMS, given_rules=RULES)
def test_no_budget_is_overdrawn_and_goods_out_of_scope_keep_their_price(items, given_rules):
    found = outcome(items, given_rules)
    shelf = Shelf(items)
    for each in (*found.given, *found.gifts):
        if each.rule.budgets is not None:
            assert each.minor <= each.rule.budgets["EUR"]
        scope = set(shelf.match(each.rule.conditions.scope)) | (
            set(shelf.match(each.rule.benefit.reward)) if each.rule.benefit.reward else set()
        )
        for part_scope, _pieces in each.rule.benefit.parts:
            scope |= set(shelf.match(part_scope))
        assert {place for place, _part in each.parts} <= scope


@settings(max_examples=200, deadline=None)
@given(items=ITEMS, percents=st.lists(PERCENT, min_size=1, max_size=4))
def test_where_each_product_gets_its_best_the_highest_of_several_percentages_counts(items, percents):
    made = [
        Rule(id=UUID(int=n), name="p", benefit=Benefit(kind="percent", percent=percent), lane="goods")
        for n, percent in enumerate(percents, start=1)
    ]
    worth = sum(item.unit_minor * item.quantity for item in items)
    best = max(percents)
    expected = int((Decimal(worth) * best / 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))
    # A percentage is of the whole and split to whole cents, so each line may win a cent by taking the smaller one's part.
    assert expected <= outcome(items, made).saved <= expected + len(items)


@pytest.mark.parametrize(("pieces", "free"), [(2, 0), (3, 1), (5, 1), (6, 2)])
def test_three_for_two_counts_whole_groups(pieces, free):
    # What Shopify and Solidus document for "buy 2 get 1": groups of three, the cheapest of all pieces are free.
    rule = Rule(
        id=UUID(int=1),
        name="3 for 2",
        lane="goods",
        benefit=Benefit(kind="buy_get", buy=2, get=1, percent=Decimal(100)),
    )
    found = outcome([Item("a", UUID(int=7), pieces, 500, PRODUCTS[0])], [rule])
    assert found.saved == free * 500


def test_somebody_who_wants_more_never_pays_less_for_two_percent_off():
    rule = Rule(id=UUID(int=1), name="2", lane="goods", benefit=Benefit(kind="percent", percent=Decimal(2)))
    item = Item("a", UUID(int=7), 1, 333, PRODUCTS[0])
    totals = [sum(outcome([replace(item, quantity=n)], [rule]).left) for n in range(1, 40)]
    assert totals == sorted(totals)

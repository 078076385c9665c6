"""Price lists: for whom, for how many, from when to when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from uuid import uuid4

import pytest

from nitka.ground import clock
from nitka.ground.facts.models import FactRow
from nitka.shelf.pricing import actions, queries, tasks
from nitka.shelf.pricing.basket import Buyer
from nitka.shelf.pricing.tests.makers import STRANGER, basket, markets, priced

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DEALER = Buyer(labels=("dealer",))


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    markets()


def unit(variant, quantity=1, buyer=STRANGER):
    (line,) = queries.quote(basket=basket((variant, quantity)), buyer=buyer).lines
    return line.unit_minor


def a_list(variant, *steps, **more):
    made = actions.put_list(**{"name": "Dealers", "market": "eu", "labels": ["dealer"]} | more)
    actions.set_list_prices(list_id=made, prices=[(variant, start, minor) for start, minor in steps])
    return made


def test_a_list_for_a_label_a_group_or_a_company_counts_for_them_alone():
    (lamp,) = priced(1000)
    acme = uuid4()
    a_list(lamp, (1, 900), code="a", labels=["dealer"])
    a_list(lamp, (1, 800), code="b", labels=[], groups=["architects"])
    a_list(lamp, (1, 700), code="c", labels=[], companies=[acme])
    buyers = [STRANGER, DEALER, Buyer(groups=("architects",)), Buyer(company_id=acme), Buyer(company_id=uuid4())]
    assert [unit(lamp, buyer=each) for each in buyers] == [1000, 900, 800, 700, 1000]


def test_more_pieces_cost_less_from_each_step_on():
    (lamp,) = priced(1000)
    a_list(lamp, (5, 900), (10, 800), labels=[])
    assert [unit(lamp, quantity) for quantity in (1, 4, 5, 9, 10, 99)] == [1000, 1000, 900, 900, 800, 800]
    (view,) = queries.prices([lamp], "eu").values()
    assert (view.minor, view.steps) == (1000, ((5, 900), (10, 800)))


def test_pieces_of_one_variant_in_two_lines_count_together():
    (lamp,) = priced(1000)
    a_list(lamp, (5, 900), labels=[])
    (line,) = queries.quote(basket=basket((lamp, 3), (lamp, 2)), buyer=STRANGER).lines
    assert (line.quantity, line.unit_minor, line.list_minor) == (5, 900, 900)


def test_the_lowest_price_counts_in_whatever_order_the_lists_were_made():
    for number, order in enumerate(permutations([900, 1100, 850])):
        (lamp,) = priced(1000, handle=f"lamp-{number}")
        for place, minor in enumerate(order):
            a_list(lamp, (1, minor), code=f"list-{number}-{place}")
        assert unit(lamp, buyer=DEALER) == 850


def test_a_contract_counts_alone_even_where_everybody_pays_less():
    (lamp,) = priced(1000)
    a_list(lamp, (1, 1050), contract=True)
    a_list(lamp, (1, 900), code="open", labels=[])
    assert (unit(lamp, buyer=DEALER), unit(lamp)) == (1050, 900)


def test_a_percentage_counts_where_the_list_has_no_price_of_its_own():
    lamp, chair = priced(999, 2000)
    a_list(lamp, (1, 950), percent_off=Decimal("12.5"))
    assert (unit(lamp, buyer=DEALER), unit(chair, buyer=DEALER), unit(chair)) == (950, 1750, 2000)


def test_a_price_for_some_is_no_reduction_of_the_price_for_all():
    (lamp,) = priced(1000)
    a_list(lamp, (1, 900))
    (line,) = queries.quote(basket=basket((lamp, 1)), buyer=DEALER).lines
    assert (line.unit_minor, line.list_minor, line.lowest_minor, line.public_minor) == (900, 900, None, 1000)
    assert queries.own_prices([lamp], "eu", DEALER) == {lamp: 900}
    assert queries.own_prices([lamp], "eu", STRANGER) == {}


def test_lists_ask_no_question_more(django_assert_num_queries):
    goods = priced(*range(1000, 1040))
    a_list(goods[0], (1, 900))
    asked = basket(*((each, 1) for each in goods))
    queries.quote(basket=asked, buyer=DEALER)
    with django_assert_num_queries(1):
        queries.quote(basket=asked, buyer=DEALER)


def test_a_list_of_another_market_says_nothing_here():
    (lamp,) = priced(1000)
    actions.set_prices(prices=[(lamp, "pl", 4000, None)])
    a_list(lamp, (1, 1), market="pl", labels=[])
    assert unit(lamp) == 1000
    assert [queries.all_prices([lamp])[lamp][code].minor for code in ("eu", "pl")] == [1000, 1]


def test_a_sale_counts_from_its_second_to_its_second():
    (lamp,) = priced(1000)
    with clock.freeze(NOON - timedelta(days=1)):
        a_list(lamp, (1, 800), kind="sale", labels=[], starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    for moment, minor in ((-1, 1000), (0, 800), (3599, 800), (3600, 1000)):
        with clock.freeze(NOON + timedelta(seconds=moment)):
            queries.forget()
            assert unit(lamp) == minor, moment


def told():
    return FactRow.objects.filter(kind="pricing.price_changed").count()


def test_the_beginning_and_the_end_of_a_sale_are_told_once_each():
    (lamp,) = priced(1000)
    with clock.freeze(NOON - timedelta(days=1)):
        a_list(lamp, (1, 800), kind="sale", labels=[], starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    seen = [told()]
    for moment in (-1, 0, 60, 3600, 3660):
        with clock.freeze(NOON + timedelta(seconds=moment)):
            tasks.turn_over()
            tasks.turn_over_each_minute()
            seen.append(told())
    assert [count - seen[0] for count in seen[1:]] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"kind": "auction"}, {"percent_off": Decimal(101)}, {"percent_off": Decimal(5), "labels": []},
        {"kind": "sale"}, {"starts_at": NOON, "ends_at": NOON},
    ],
)  # fmt: skip
def test_it_refuses_what_no_list_can_be(wrong):
    with pytest.raises(actions.PricingProblem):
        actions.put_list(**{"name": "Dealers", "market": "eu", "labels": ["dealer"]} | wrong)


def test_a_list_keeps_its_market_and_forgets_what_is_taken_out():
    (lamp,) = priced(1000)
    made = a_list(lamp, (1, 900), (5, 800))
    with pytest.raises(actions.PricingProblem):
        actions.put_list(code="dealers", name="Dealers", market="pl", labels=["dealer"])
    actions.set_list_prices(list_id=made, prices=[(lamp, 5, None)])
    assert (unit(lamp, 5, DEALER), queries.list_price_rows(made).count()) == (900, 1)
    actions.drop_list(list_id=made)
    actions.drop_list(list_id=made)
    assert unit(lamp, 5, DEALER) == 1000
    with pytest.raises(actions.PricingProblem):
        actions.set_list_prices(list_id=made, prices=[(lamp, 1, 5)])

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import a_shipped_order, an_order
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries
from nitka.sale.returns.models import Case, Tally
from nitka.sale.returns.reckoning import Gone, share
from nitka.sale.returns.tests.makers import HOUSE, Wanted, a_delivered_order, a_policy, a_return, lamps, of, view
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def test_what_is_said_before_the_click_is_what_happens() -> None:
    order = a_delivered_order()
    said = queries.what_is_possible(order.id).of("return")
    assert said and said.possible and said.lines[0].left == 3 and said.lines[0].paid_minor == 6000
    sums = queries.money_of(order=order, kind="return", lines=of(order, 2))
    case = a_return(order, 2)
    assert case.refund_minor == sums.refund_minor == 4000
    assert (case.state, case.terms) == ("approved", said.terms) and case.send_before


def test_pieces_come_back_once() -> None:
    order = a_delivered_order()
    a_return(order, 2)
    with pytest.raises(returns.TooManyPiecesProblem):
        a_return(order, 2)
    a_return(order, 1)
    assert queries.what_is_possible(order.id).of("return").possible is False  # type: ignore[union-attr]
    assert Tally.objects.get().returned == 3


def test_nothing_comes_back_before_it_came() -> None:
    for placed in (an_order((lamps(2000)[0], 1)).order_id, a_shipped_order()):
        with pytest.raises(returns.NotDeliveredProblem):
            _ask(placed)


def _ask(order_id: object) -> None:
    from nitka.sale.orders import queries as orders

    order = orders.order(order_id)  # type: ignore[arg-type]
    assert order
    returns.request_return(order_id=order.id, lines=of(order), by=HOUSE)


def test_the_last_day_ends_at_midnight_in_the_shop_s_zone() -> None:
    order = a_delivered_order()
    until = queries.what_is_possible(order.id).of("return").until  # type: ignore[union-attr]
    assert until
    with clock.freeze(until), pytest.raises(returns.TooLateProblem):
        a_return(order)
    with clock.freeze(until - timedelta(minutes=1)):
        assert a_return(order).state == "approved"


def test_restocking_label_and_ceiling_are_taken_off() -> None:
    a_policy(restocking_percent=Decimal(15), way_back="shopper", label_fee={"EUR": 499}, refund_ceiling={"EUR": 3000})
    order = a_delivered_order()
    one = queries.money_of(order=order, kind="return", lines=of(order, 1))
    assert (one.goods_minor, one.restocking_minor, one.label_minor, one.refund_minor) == (2000, 300, 499, 1201)
    all_of_it = queries.money_of(order=order, kind="return", lines=of(order, 3))
    assert (all_of_it.over_ceiling_minor, all_of_it.refund_minor) == (6000 - 900 - 499 - 3000, 3000)


def test_nobody_pays_for_our_fault() -> None:
    a_policy(restocking_percent=Decimal(15), way_back="shopper", label_fee={"EUR": 499})
    order = a_delivered_order()
    sums = queries.money_of(order=order, kind="return", lines=of(order, 1, "damaged"))
    assert sums.refund_minor == sums.goods_minor == 2000


def test_delivery_goes_back_with_the_last_piece_of_the_whole_order() -> None:
    order = a_delivered_order()
    sums = queries.money_of(order=order, kind="return", lines=of(order, 3))
    assert sums.delivery_minor == order.delivery_minor and sums.refund_minor == order.total_minor


def test_goods_that_a_policy_keeps_out_stay() -> None:
    from nitka.shelf.catalog.models import Product

    lamp = lamps(2000)[0]
    Product.objects.update(tags=["hygiene"])
    a_policy(name="Hygiene", tags=("hygiene",), allowed=False, position=0)
    a_policy(name="All", position=1)
    order = a_delivered_order((lamp, 1))
    with pytest.raises(returns.KeptOutProblem):
        a_return(order)


def test_once_an_order_is_once() -> None:
    a_policy(once_only=True)
    order = a_delivered_order()
    case = a_return(order)
    with pytest.raises(returns.OnceOnlyProblem):
        a_return(order)
    returns.cancel_case(case_id=case.id, by=HOUSE)
    assert a_return(order).state == "requested"


def test_strangers_are_refused_and_the_customer_is_not() -> None:
    order = a_delivered_order()
    other = customers.recognise(email="other@example.com", language="en", market="eu")
    for by in (returns.holder("wrong"), returns.customer(other), returns.staff(other)):
        with pytest.raises(returns.NotYoursProblem):
            a_return(order, by=by)
    assert order.customer_id
    assert a_return(order, by=returns.customer(order.customer_id)).state == "approved"


def test_who_speaks_for_a_customer_asks_them_first() -> None:
    order = a_delivered_order()
    bot = returns.holder(order.token, by_proxy=True)
    with pytest.raises(returns.NotConfirmedProblem) as asked:
        a_return(order, by=bot)
    assert asked.value.detail["reckoning"].refund_minor == 2000 and not Case.objects.exists()
    assert a_return(order, by=bot, confirmed=True).refund_minor == 2000


def test_the_same_key_is_one_return() -> None:
    order = a_delivered_order()
    assert a_return(order, key="k").id == a_return(order, key="k").id


def test_money_goes_only_where_the_policy_lets_it() -> None:
    order = a_delivered_order()
    with pytest.raises(returns.MeansProblem):
        a_return(order, refund_to="gift_card")
    assert a_return(order, refund_to="credit").refund_to == "credit"


def test_what_makes_no_sense_is_refused() -> None:
    order = a_delivered_order()
    with pytest.raises(returns.ReasonProblem):
        a_return(order, lines=of(order, 1, "because"))
    with pytest.raises(returns.UnknownLineProblem):
        a_return(order, lines=[])
    with pytest.raises(returns.UnknownLineProblem):
        a_return(order, lines=[Wanted(order.id, 1)])
    with pytest.raises(returns.UnknownLineProblem):
        a_return(order, lines=of(order) + of(order))
    with pytest.raises(returns.TooManyPiecesProblem):
        a_return(order, lines=of(order, 0))


def test_a_case_that_is_called_off_gives_the_pieces_back() -> None:
    order = a_delivered_order()
    case = a_return(order, 3)
    assert returns.cancel_case(case_id=case.id, by=returns.holder(order.token))
    assert not returns.cancel_case(case_id=case.id, by=returns.holder(order.token))
    assert view(case.id).state == "cancelled" and a_return(order, 3).pieces == 3
    assert Order.objects.get().status == "delivered"


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000), st.lists(st.integers(1, 4), min_size=1, max_size=8))
def test_pieces_of_a_line_are_worth_together_what_was_paid(paid: int, parts: list[int]) -> None:
    class Line:
        total_minor, tax_minor, quantity = paid, 0, sum(parts)

    gone = Gone()
    for pieces in parts:
        minor = share(Line(), pieces, gone, True)  # type: ignore[arg-type]
        assert minor >= 0
        gone = Gone(gone.pieces + pieces, gone.minor + minor)
    assert gone == Gone(sum(parts), paid)

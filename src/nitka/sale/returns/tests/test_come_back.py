from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.accounts.tests import makers as accounts
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.tests.makers import a_shipped_order, an_order
from nitka.sale.payments import queries as payments
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries, tasks
from nitka.sale.returns.models import Case, Tally
from nitka.sale.returns.tests.makers import HOUSE, a_delivered_order, a_photo, a_return, lamps, of, received, view
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory.models import StockLevel
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def on_hand() -> int:
    return StockLevel.objects.get().on_hand


def test_from_the_parcel_to_the_money() -> None:
    order = a_delivered_order()
    case = a_return(order, 2)
    returns.mark_sent(case_id=case.id, by=returns.holder(order.token), tracking_number="DP1")
    assert received(case).state == "graded" and on_hand() == 49
    assert returns.settle(case_id=case.id, by=HOUSE) == returns.settle(case_id=case.id, by=HOUSE) == 4000
    run_jobs()
    done = view(case.id)
    assert [step.kind for step in done.steps] == [
        "requested", "approved", "sent", "received", "graded", "refunded", "closed",
    ]  # fmt: skip
    assert DemoCharge.objects.get().refunded_minor == 4000
    after = order_queries.order(order.id)
    assert after and after.refunded_minor == 4000


def test_what_is_not_as_new_is_not_sold_again() -> None:
    case = a_return(a_delivered_order(), 1)
    before = on_hand()
    received(case, grade="damaged")
    assert on_hand() == before and StockLevel.objects.get().damaged == 1


def test_pieces_that_were_not_in_the_parcel_stay_the_shopper_s() -> None:
    case = a_return(a_delivered_order(), 3)
    assert case.delivery_minor
    returns.mark_received(case_id=case.id, by=HOUSE, pieces={case.lines[0].id: 2})
    after = view(case.id)
    assert (after.refund_minor, after.delivery_minor, after.lines[0].pieces) == (4000, 0, 2)
    assert Tally.objects.get().returned == 2


def test_less_goes_back_only_with_a_reason_and_never_more() -> None:
    case = received(a_return(a_delivered_order(), 1))
    with pytest.raises(returns.ReasonProblem):
        returns.settle(case_id=case.id, by=HOUSE, minor=1500)
    with pytest.raises(returns.MeansProblem):
        returns.settle(case_id=case.id, by=HOUSE, minor=2001, why="kind")
    assert returns.settle(case_id=case.id, by=HOUSE, minor=1500, why="Worn for weeks.") == 1500
    assert view(case.id).answer == "Worn for weeks."


def test_credit_is_there_at_once() -> None:
    order = a_delivered_order()
    case = received(a_return(order, 1, refund_to="credit"))
    returns.settle(case_id=case.id, by=HOUSE)
    assert order.customer_id
    assert [each.balance_minor for each in payments.credit_of(order.customer_id)] == [2000]


def test_steps_are_not_taken_twice_or_by_strangers() -> None:
    order = a_delivered_order()
    case = a_return(order)
    for verb in (returns.approve, returns.mark_received, returns.settle):
        with pytest.raises(returns.NotYoursProblem):
            verb(case_id=case.id, by=returns.holder(order.token))  # type: ignore[operator]
    with pytest.raises(returns.WrongStateProblem):
        returns.settle(case_id=case.id, by=HOUSE)
    received(case)
    for again in (returns.mark_received, returns.grade):
        with pytest.raises(returns.WrongStateProblem):
            again(case_id=case.id, by=HOUSE)  # type: ignore[operator]


def test_the_warehouse_receives_and_does_not_pay() -> None:
    worker = returns.staff(accounts.staff("warehouse").id)
    case = a_return(a_delivered_order())
    returns.mark_received(case_id=case.id, by=worker)
    returns.grade(case_id=case.id, by=worker)
    with pytest.raises(returns.NotYoursProblem):
        returns.settle(case_id=case.id, by=worker)
    assert view(case.id).steps[-1].actor == str(worker.id)


def test_a_damaged_piece_is_replaced_with_a_photo_and_may_be_kept() -> None:
    order = a_delivered_order((lamps(2000, stock=5)[0], 1))
    wish, by = of(order, 1, "damaged"), returns.holder(order.token)
    with pytest.raises(returns.PhotoProblem):
        returns.request_replacement(order_id=order.id, lines=wish, by=by)
    with pytest.raises(returns.ReasonProblem):
        returns.request_replacement(order_id=order.id, lines=of(order, 1, ""), by=by, photos=[a_photo()])
    case = view(returns.request_replacement(order_id=order.id, lines=wish, by=by, photos=[a_photo()]))
    assert case.state == "requested" and StockLevel.objects.get().reserved == 1
    returns.approve(case_id=case.id, by=HOUSE)
    returns.send_new_goods(case_id=case.id, by=HOUSE, carrier="demo_post")
    assert view(case.id).state == "closed" and on_hand() == 3
    # They have a whole piece again, and may send it back.
    assert a_return(order).refund_minor == order.total_minor


def test_a_complaint_is_answered_and_may_be_paid() -> None:
    order = a_delivered_order()
    case_id = returns.complain(order_id=order.id, words="It hums.", by=returns.holder(order.token), photos=[a_photo()])
    assert a_return(order, 3).pieces == 3, "a complaint takes no pieces"
    with pytest.raises(returns.WrongStateProblem):
        returns.approve(case_id=case_id, by=HOUSE)
    returns.answer_complaint(case_id=case_id, by=HOUSE, answer="We are sorry.", minor=500)
    assert (view(case_id).state, view(case_id).refunded_minor) == ("closed", 500)


def test_a_refusal_says_why_and_frees_all() -> None:
    case = a_return(a_delivered_order(), 3)
    with pytest.raises(returns.ReasonProblem):
        returns.refuse(case_id=case.id, by=HOUSE, why=" ")
    returns.refuse(case_id=case.id, by=HOUSE, why="The seal is broken.")
    assert view(case.id).answer == "The seal is broken." and Tally.objects.get().returned == 0


def test_what_is_never_sent_lapses_and_a_withdrawal_does_not() -> None:
    order = a_delivered_order()
    case = a_return(order, 1)
    orders.declare_withdrawal(order_id=order.id, name="Max")
    run_jobs()
    with clock.freeze(clock.now() + timedelta(days=22)):
        assert tasks.sweep_unsent() == 1
    assert view(case.id).state == "cancelled"
    assert Case.objects.exclude(withdrawal_id=None).get().state == "approved"


def test_a_withdrawal_by_law_opens_a_return_of_which_nothing_is_taken() -> None:
    returns.put_policy(rule=queries.Rule(kind="return", name="Hard", window_days=0, restocking_percent=50))  # type: ignore[arg-type]
    order = a_delivered_order()
    orders.declare_withdrawal(order_id=order.id, name="Max")
    run_jobs()
    (case,) = queries.cases_of_order(order)
    assert (case.legal, case.state, case.refund_minor, case.pieces) == (True, "approved", order.total_minor, 3)
    assert returns.return_for_withdrawal(order_id=order.id) == ()


def test_a_withdrawal_before_the_parcel_came_and_a_return_before_it() -> None:
    order_id = a_shipped_order()
    orders.declare_withdrawal(order_id=order_id, name="Max")
    run_jobs()
    assert Case.objects.get().state == "approved"
    second = a_delivered_order((lamps(2000, handle="vase")[0], 3), email="second@example.com")
    a_return(second, 2)
    orders.declare_withdrawal(order_id=second.id, name="Eva")
    run_jobs()
    legal = next(each for each in queries.cases_of_order(second) if each.legal)
    assert legal.pieces == 1


def test_paid_back_is_never_more_than_paid() -> None:
    order = a_delivered_order()
    orders.refund_order(order_id=order.id, minor=order.total_minor - 100, key="kindness")
    case = received(a_return(order, 1))
    with pytest.raises(orders.RefundTooHighProblem):
        returns.settle(case_id=case.id, by=HOUSE)
    assert view(case.id).state == "graded" and Payment.objects.get().refunded_minor == order.total_minor - 100


def test_the_label_of_the_way_back_is_made_by_the_carrier() -> None:
    from nitka.shelf.content import actions as content

    content.set_shop(legal_name="Tråd", line1="ul. Długa 1", city="Gdańsk", country="PL", email="a@shop.example")
    order = a_delivered_order()
    case = a_return(order)
    assert case.label_shipment_id and queries.label_pdf(case.id) is None
    run_jobs()
    label = queries.label_pdf(case.id)
    assert label and label.startswith(b"%PDF")
    assert queries.slip_pdf(case.id).startswith(b"%PDF")


def test_what_left_with_a_carrier_that_is_not_spoken_with_comes_back_with_a_label_all_the_same() -> None:
    placed = an_order((lamps(2000)[0], 1))
    orders.ship_order(order_id=placed.order_id, carrier="by_hand", tracking_number="X1")
    orders.deliver_order(order_id=placed.order_id)
    order = order_queries.order(placed.order_id)
    assert order
    case = a_return(order)
    run_jobs()
    assert queries.label_pdf(case.id)

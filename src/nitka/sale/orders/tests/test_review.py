"""Orders that the rules of risk set aside wait for a person."""

import pytest

from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries, risking
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import BERLIN, RETURN, an_order, draft, goods
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.models import Payment
from nitka.sale.payments.queries import Seen
from nitka.sale.shipping.tests.makers import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def suspicious(**figures: int) -> queries.Placed:
    """An order with a throw-away address, where the merchant lets that be enough for this."""
    payments.put_risk_rules(rules={"disposable": {"score": 70} | figures})
    return an_order(email="x@mailinator.com", seen=Seen(), payment="bank_transfer")


def test_an_order_under_review_is_not_packed_until_it_is_cleared() -> None:
    placed = suspicious()
    orders.confirm_bank_payment(order_id=placed.order_id)
    assert [row.id for row in queries.review_rows()] == [placed.order_id]
    with pytest.raises(orders.UnderReviewProblem):
        orders.pack_order(order_id=placed.order_id)
    with pytest.raises(orders.UnderReviewProblem):
        orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    orders.clear_review(order_id=placed.order_id, actor="shop")
    with pytest.raises(orders.AlreadyDoneProblem):
        orders.clear_review(order_id=placed.order_id)
    orders.pack_order(order_id=placed.order_id)
    assert list(queries.review_rows()) == []


def test_a_refused_order_is_cancelled_and_its_money_goes_back() -> None:
    placed = suspicious()
    orders.confirm_bank_payment(order_id=placed.order_id)
    back = orders.refuse_review(order_id=placed.order_id, note="We could not reach you.")
    run_jobs()
    row = Order.objects.get()
    assert (row.status, row.review, back) == ("cancelled", "refused", row.total_minor)


def test_an_order_whose_card_turns_out_to_be_suspicious_waits_too() -> None:
    payments.put_risk_rules(rules={"card_country": {"score": 70}})
    placed = an_order(seen=Seen())
    payments.note_card(placed.order_id, "print", "US")
    order = Order.objects.get()
    risking.look_again(order)
    assert order.review == "pending" and order.risk_score == 70
    orders.clear_review(order_id=placed.order_id)
    risking.look_again(Order.objects.get())
    assert Order.objects.get().review == "cleared"


def test_a_challenged_order_asks_the_payer_to_prove_who_they_are() -> None:
    payments.put_risk_rules(rules={"disposable": {"score": 50}})
    placed = an_order(email="x@mailinator.com", seen=Seen())
    assert Payment.objects.get(reference=placed.order_id).challenge
    risk = money.risk_of(placed.order_id)
    assert risk and risk.score == 50 and "throw-away" in risk.reasons[0]


def test_a_refused_try_leaves_nothing_behind() -> None:
    payments.put_risk_rules(rules={"disposable": {"score": 200}})
    agreed = draft((goods(stock=1), 1), email="x@mailinator.com", seen=Seen(), address=BERLIN)
    with pytest.raises(payments.RiskRefusedProblem):
        orders.place_order(draft=agreed, idempotency_key="k", return_url=RETURN)
    assert not Order.objects.exists() and not Payment.objects.exists()


def test_orders_that_no_face_handed_in_are_not_judged() -> None:
    placed = an_order(email="x@mailinator.com")
    assert money.risk_of(placed.order_id) is None

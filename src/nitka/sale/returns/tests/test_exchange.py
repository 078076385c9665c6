from datetime import timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries, tasks
from nitka.sale.returns.queries import CaseView
from nitka.sale.returns.tests.makers import HOUSE, a_delivered_order, lamps, of, received, view
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory.actions import OutOfStock
from nitka.shelf.inventory.models import Hold, StockLevel
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
BACK = "/en/"


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def an_exchange(order: OrderView, new: UUID, pieces: int = 1, **more: object) -> CaseView:
    asked = {"by": returns.holder(order.token), **more}
    lines = of(order, pieces, "too_small", new)
    return view(returns.request_exchange(order_id=order.id, lines=lines, **asked))  # type: ignore[arg-type]


def levels(variant: UUID) -> tuple[int, int]:
    level = StockLevel.objects.get(variant_id=variant)
    return level.on_hand, level.reserved


def test_the_new_size_is_kept_at_once_and_sent_when_the_old_one_is_here() -> None:
    small, large = lamps(2000, 2000, stock=5)
    order = a_delivered_order((small, 1))
    case = an_exchange(order, large)
    assert (case.state, case.difference_minor, case.refund_minor) == ("approved", 0, 0)
    assert levels(large) == (5, 1) and case.lines[0].new_text.startswith("Size")
    assert received(case).state == "graded" and levels(small) == (5, 0)
    returns.send_new_goods(case_id=case.id, by=HOUSE, carrier="demo_post")
    assert view(case.id).state == "closed" and levels(large) == (4, 0)


def test_what_costs_less_pays_the_rest_back() -> None:
    dear, cheap = lamps(2000, 1500)
    order = a_delivered_order((dear, 2))
    case = received(an_exchange(order, cheap, 2))
    assert case.refund_minor == 1000
    returns.send_new_goods(case_id=case.id, by=HOUSE, carrier="demo_post")
    run_jobs()
    assert view(case.id).refunded_minor == 1000 and DemoCharge.objects.get().refunded_minor == 1000


def test_what_costs_more_is_paid_first() -> None:
    cheap, dear = lamps(1500, 2000)
    order = a_delivered_order((cheap, 1))
    case = an_exchange(order, dear)
    assert (case.state, case.to_pay_minor) == ("requested", 500) and levels(dear) == (50, 1)
    with pytest.raises(returns.WrongStateProblem):
        returns.approve(case_id=case.id, by=HOUSE)
    by = returns.holder(order.token)
    for _twice in range(2):
        returns.pay_difference(case_id=case.id, by=by, mean="demo_card", choice="success", return_url=BACK)
    assert view(case.id).state == "approved" and view(case.id).to_pay_minor == 0
    assert [each.minor for each in DemoCharge.objects.order_by("minor")] == [500, order.total_minor]


def test_a_declined_card_may_be_followed_by_another() -> None:
    cheap, dear = lamps(1500, 2000)
    case = an_exchange(order := a_delivered_order((cheap, 1)), dear)
    by = returns.holder(order.token)
    returns.pay_difference(case_id=case.id, by=by, mean="demo_card", choice="decline", return_url=BACK)
    assert view(case.id).state == "requested"
    returns.pay_difference(case_id=case.id, by=by, mean="demo_card", choice="success", return_url=BACK)
    assert view(case.id).state == "approved"


def test_the_webhook_pays_too() -> None:
    cheap, dear = lamps(1500, 2000)
    case = an_exchange(order := a_delivered_order((cheap, 1)), dear)
    by = returns.holder(order.token)
    begun = returns.pay_difference(case_id=case.id, by=by, mean="demo_card", choice="challenge", return_url=BACK)
    assert begun.kind == "redirect" and view(case.id).state == "requested"
    charge = DemoCharge.objects.get(minor=500)
    gateway.answer(charge.ref, approve=True)
    raw, headers = gateway.message(DemoCharge.objects.get(minor=500))
    payments.store_webhook(provider="demo_card", raw=raw, headers=headers)
    run_jobs()
    assert view(case.id).difference_paid and view(case.id).state == "approved"


def test_a_difference_that_nobody_pays_frees_the_new_piece() -> None:
    cheap, dear = lamps(1500, 2000)
    case = an_exchange(a_delivered_order((cheap, 1)), dear)
    with clock.freeze(clock.now() + timedelta(days=2, minutes=1)):
        assert tasks.sweep_unpaid() == 1
    assert view(case.id).state == "cancelled" and levels(dear) == (50, 0)
    assert view(case.id).steps[-1].note == "The difference was not paid in time."


def test_calling_it_off_gives_the_difference_back() -> None:
    cheap, dear = lamps(1500, 2000)
    case = an_exchange(order := a_delivered_order((cheap, 1)), dear)
    by = returns.holder(order.token)
    returns.pay_difference(case_id=case.id, by=by, mean="demo_card", choice="success", return_url=BACK)
    returns.cancel_case(case_id=case.id, by=by)
    run_jobs()
    assert DemoCharge.objects.get(minor=500).refunded_minor == 500 and levels(dear) == (50, 0)


def test_a_card_that_holds_too_little_leaves_nothing_behind() -> None:
    cheap, dear = lamps(1500, 2000)
    order = a_delivered_order((cheap, 1))
    assert order.customer_id
    account = payments.store_credit_account(order.customer_id, "EUR")
    payments.grant_credit(customer_id=order.customer_id, currency="EUR", minor=499, key="gift", reason="test")
    by = returns.customer(order.customer_id)
    with pytest.raises(returns.MeansProblem, match="Sign in"):  # whoever was sent the link on
        an_exchange(order, dear, mean=f"credit:{account}")
    with pytest.raises(payments.CreditProblem):
        an_exchange(order, dear, mean=f"credit:{account}", by=by)
    assert not Hold.objects.filter(variant_id=dear).exists()
    payments.grant_credit(customer_id=order.customer_id, currency="EUR", minor=1, key="more", reason="test")
    assert an_exchange(order, dear, mean=f"credit:{account}", by=by).state == "approved"


def test_a_means_that_is_kept_pays() -> None:
    cheap, dear = lamps(1500, 2000)
    order = a_delivered_order((cheap, 1))
    assert order.customer_id
    mean = payments.save_mean(customer_id=order.customer_id, provider="demo_card", token="success", brand="Demo",
                              last4="4242")  # fmt: skip
    case = an_exchange(order, dear)
    with pytest.raises(returns.MeansProblem, match="Sign in"):  # whoever was sent the link on
        returns.pay_difference(case_id=case.id, by=returns.holder(order.token), mean=f"saved:{mean}")
    by = returns.customer(order.customer_id)
    returns.pay_difference(case_id=case.id, by=by, mean=f"saved:{mean}")
    returns.pay_difference(case_id=case.id, by=by, mean=f"saved:{mean}")
    assert view(case.id).state == "approved" and Payment.objects.filter(minor=500).count() == 1
    with pytest.raises(returns.MeansProblem):
        other = an_exchange(again := a_delivered_order((cheap, 1), email="o@example.com"), dear)
        assert again.customer_id
        returns.pay_difference(case_id=other.id, by=returns.customer(again.customer_id), mean=f"saved:{mean}")


def test_only_another_variant_of_the_same_product_that_is_there() -> None:
    small, large = lamps(2000, 2000, stock=1)
    vase = lamps(2000, handle="vase")[0]
    order = a_delivered_order((small, 1))
    for wrong in (None, small, vase):
        with pytest.raises(returns.OtherProductProblem):
            an_exchange(order, wrong)  # type: ignore[arg-type]
    other = a_delivered_order((small, 1), email="second@example.com") if levels(small)[0] else order
    an_exchange(order, large)
    if other.id != order.id:
        with pytest.raises(OutOfStock):
            an_exchange(other, large)
    assert queries.swaps(order)[order.lines[0].id] == ()


def test_an_exchange_is_asked_for_once() -> None:
    small, large = lamps(2000, 2000)
    order = a_delivered_order((small, 2))
    an_exchange(order, large)
    with pytest.raises(returns.OnceOnlyProblem):
        an_exchange(order, large)


def test_what_costs_the_same_today_is_exchanged_without_money_whatever_was_off_then() -> None:
    from nitka.shelf.pricing import actions as pricing

    small, large = lamps(1500, 1500)
    order = a_delivered_order((small, 1))
    pricing.set_prices(prices=[(small, "eu", 1900, None), (large, "eu", 1900, None)])
    assert an_exchange(order, large).difference_minor == 0


def test_a_charge_whose_answer_was_lost_is_taken_up_and_not_made_again() -> None:
    cheap, dear = lamps(1500, 2000)
    order = a_delivered_order((cheap, 1))
    assert order.customer_id
    mean = payments.save_mean(customer_id=order.customer_id, provider="demo_card", token="success", brand="Demo",
                              last4="4242")  # fmt: skip
    case = an_exchange(order, dear)
    payments.charge_saved(
        reference=order.id, mean_id=mean, minor=500, key="lost", currency="EUR", label=case.code
    )  # the process died here
    by = returns.holder(order.token)
    returns.pay_difference(case_id=case.id, by=by, mean="demo_card", choice="success", return_url=BACK)
    assert view(case.id).state == "approved" and Payment.objects.filter(minor=500).count() == 1

"""Money that comes on time, late, twice, or when nobody waits for it any more."""

from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.contact import queries as contact
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries, tasks
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import RETURN, an_order, draft, goods
from nitka.sale.payments import actions as payments
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers import GatewayTrouble
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory import queries as inventory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def status(order_id: object) -> str:
    return Order.objects.get(id=order_id).status


def told() -> list[str]:
    return [row.template.rpartition("/")[2] for row in contact.mailbox_rows("max@example.com").order_by("created_at")]


def confirm(approve: bool = True) -> None:
    gateway.answer(DemoCharge.objects.get().ref, approve=approve)


def test_coming_back_from_a_confirmed_challenge_places_the_order() -> None:
    placed = an_order(choice="challenge")
    assert placed.status == "awaiting"
    confirm()
    assert orders.settle(order_id=placed.order_id).status == "paid"
    assert orders.settle(order_id=placed.order_id).status == "paid"
    run_jobs()
    assert told() == ["order_placed"]


def test_coming_back_from_a_refused_challenge_frees_the_goods() -> None:
    lamp = goods(stock=1)
    placed = an_order((lamp, 1), choice="challenge")
    confirm(approve=False)
    with pytest.raises(orders.PaymentDeclinedProblem):
        orders.settle(order_id=placed.order_id)
    assert inventory.available([lamp]) == {lamp: 1}


def test_the_webhook_of_a_slow_bank_places_the_order_without_any_browser() -> None:
    placed = an_order(choice="late")
    assert placed.next and placed.next.kind == "wait" and placed.status == "awaiting"
    with clock.freeze(clock.now() + timedelta(seconds=10)):
        run_jobs()
    assert status(placed.order_id) == "paid"
    assert told() == ["order_placed"]


def test_return_page_webhook_and_sweeper_together_place_it_once() -> None:
    placed = an_order(choice="challenge")
    confirm()
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        orders.settle(order_id=placed.order_id)
        run_jobs()
        tasks.sweep_unsettled()
        run_jobs()
    assert [step.kind for step in queries.order(placed.order_id).steps] == ["placed", "paid"]  # type: ignore[union-attr]
    assert told() == ["order_placed"]


def test_an_order_that_nobody_comes_back_to_is_found_by_the_sweeper() -> None:
    placed = an_order(choice="challenge")
    gateway.answer(DemoCharge.objects.get().ref, approve=True)
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        assert tasks.sweep_unsettled() == 1
    assert status(placed.order_id) == "paid"


def test_a_card_that_is_not_confirmed_in_fifteen_minutes_is_let_go_at_the_gateway_too() -> None:
    lamp = goods(stock=1)
    placed = an_order((lamp, 1), choice="challenge")
    with clock.freeze(clock.now() + timedelta(minutes=14)):
        tasks.sweep_expired()
        assert inventory.available([lamp]) == {lamp: 0}
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        tasks.sweep_expired()
    assert status(placed.order_id) == "failed"
    assert inventory.available([lamp]) == {lamp: 1}
    assert DemoCharge.objects.get().state == "cancelled"


def test_an_order_that_never_reached_the_gateway_is_let_go() -> None:
    lamp = goods(stock=1)
    order_id = orders.accept_order(draft=draft((lamp, 1)), key="k")
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        tasks.sweep_unsettled()
        tasks.sweep_expired()
    assert status(order_id) == "failed" and inventory.available([lamp]) == {lamp: 1}
    with pytest.raises(orders.PaymentDeclinedProblem):
        orders.start_payment(order_id=order_id, return_url=RETURN)
    assert not DemoCharge.objects.exists()


def test_a_gateway_that_is_silent_for_good_does_not_keep_the_goods_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    lamp = goods(stock=1)
    placed = an_order((lamp, 1), choice="challenge")

    def silent(key: str) -> None:
        raise GatewayTrouble("time-out")

    monkeypatch.setattr(gateway, "cancel", silent)
    monkeypatch.setattr(gateway, "look", silent)
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        tasks.sweep_expired()
        assert status(placed.order_id) == "awaiting"
    with clock.freeze(clock.now() + timedelta(hours=13)):
        tasks.sweep_expired()
    assert status(placed.order_id) == "failed" and inventory.available([lamp]) == {lamp: 1}


def test_a_transfer_is_reminded_of_and_cancelled_after_seven_days() -> None:
    lamp = goods(stock=1)
    placed = an_order((lamp, 1), payment="bank_transfer")
    run_jobs()
    with clock.freeze(clock.now() + timedelta(days=4, hours=1)):
        tasks.expire_unpaid()
        tasks.expire_unpaid()
        run_jobs()
    with clock.freeze(clock.now() + timedelta(days=7, hours=1)):
        tasks.expire_unpaid()
        run_jobs()
    assert status(placed.order_id) == "cancelled" and inventory.available([lamp]) == {lamp: 1}
    assert told() == ["order_placed", "payment_overdue", "order_cancelled"]
    assert Payment.objects.get().state == "cancelled"


def test_money_for_a_cancelled_order_takes_the_goods_again_if_they_are_there() -> None:
    lamp = goods(stock=1)
    placed = an_order((lamp, 1), payment="bank_transfer")
    orders.cancel_order(order_id=placed.order_id, reason="overdue")
    assert orders.confirm_bank_payment(order_id=placed.order_id) == "paid"
    assert inventory.available([lamp]) == {lamp: 0}
    order = queries.order(placed.order_id)
    assert order and [step.kind for step in order.steps] == ["placed", "lapsed", "paid"]


@pytest.mark.parametrize("reason", ["shopper", "shop"])
def test_money_for_an_order_that_somebody_cancelled_goes_back_and_revives_nothing(reason: str) -> None:
    lamp = goods(stock=1)
    placed = an_order((lamp, 1), payment="bank_transfer")
    orders.cancel_order(order_id=placed.order_id, reason=reason)
    run_jobs()
    assert orders.confirm_bank_payment(order_id=placed.order_id) == "cancelled"
    run_jobs()
    assert inventory.available([lamp]) == {lamp: 1}
    order = queries.order(placed.order_id)
    assert order and [step.kind for step in order.steps] == ["placed", "cancelled", "refunded"]
    assert order.refunded_minor == 2489 and order.steps[-1].detail["by_hand"] and not order.paid
    assert told() == ["order_placed", "order_cancelled", "order_cancelled"]
    last = contact.mailbox_rows("max@example.com").order_by("created_at").last()
    assert last and "after the order was cancelled" in last.text


def test_each_part_that_comes_for_a_cancelled_order_goes_back_once() -> None:
    placed = an_order((goods(stock=1), 1), payment="bank_transfer")
    orders.confirm_bank_payment(order_id=placed.order_id, minor=489)
    orders.cancel_order(order_id=placed.order_id, reason="shop")
    for minor in (1000, 1000):
        assert orders.confirm_bank_payment(order_id=placed.order_id, minor=minor) == "cancelled"
    run_jobs()
    order = queries.order(placed.order_id)
    assert order and order.refunded_minor == 2489
    assert [step.detail.get("minor") for step in order.steps if step.kind == "refunded"] == [489, 1000, 1000]


def test_money_for_goods_that_are_sold_goes_back_and_the_shopper_is_told() -> None:
    lamp = goods(stock=1)
    first = an_order((lamp, 1), payment="bank_transfer")
    orders.cancel_order(order_id=first.order_id, reason="overdue")
    an_order((lamp, 1), email="other@example.com")
    assert orders.confirm_bank_payment(order_id=first.order_id) == "cancelled"
    run_jobs()
    assert Payment.objects.get(reference=first.order_id).refunded_minor == 2489
    assert told()[-1] == "order_cancelled"


def test_a_card_that_is_charged_after_its_order_was_let_go_is_placed_or_paid_back() -> None:
    lamp = goods(stock=1)
    free, sold = (orders.accept_order(draft=draft((lamp, 1)), key="free"), None)
    row = Order.objects.get(id=free)
    orders.abandon(order_id=free)
    assert status(free) == "failed"
    late = payments.settle(payment_id=row.payment_id, outcome=_captured(row))
    assert late.state == "captured"
    assert orders.settle(order_id=free).status == "paid" and sold is None
    second = an_order((goods(stock=1, handle="vase"), 1), choice="challenge")
    row = Order.objects.get(id=second.order_id)
    orders.abandon(order_id=row.id)
    an_order((inventory_variant(row), 1), email="other@example.com")
    payments.settle(payment_id=row.payment_id, outcome=_captured(row))
    assert orders.settle(order_id=row.id).status == "cancelled"
    assert Payment.objects.get(id=row.payment_id).refunded_minor == row.total_minor


def test_a_failed_try_that_is_charged_late_beside_the_order_of_its_cart_is_paid_back() -> None:
    lamp = goods()
    agreed = draft((lamp, 1), choice="challenge")
    first = orders.place_order(draft=agreed, idempotency_key="a", return_url=RETURN)
    orders.abandon(order_id=first.order_id)
    again = draft((lamp, 1), cart_id=agreed.cart_id)
    orders.place_order(draft=again, idempotency_key="b", return_url=RETURN)
    row = Order.objects.get(id=first.order_id)
    payments.settle(payment_id=row.payment_id, outcome=_captured(row))
    assert orders.settle(order_id=row.id).status == "cancelled"
    assert inventory.available([lamp]) == {lamp: 49}


def inventory_variant(row: Order) -> object:
    return next(iter(queries.pieces_of(row.id)))


def _captured(row: Order) -> object:
    from nitka.sale.payments.queries import Outcome

    return Outcome(state="captured", minor=row.total_minor, currency=row.currency)

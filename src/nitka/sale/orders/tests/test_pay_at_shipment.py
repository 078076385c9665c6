"""Orders whose money is set aside when they are placed, and taken when they leave."""

import pytest

from nitka.sale.orders import actions, queries
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.queries import Outcome
from nitka.shelf.inventory.models import Hold, StockLevel
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed() -> Order:
    from nitka.sale.shipping.tests.makers import open_shop

    open_shop()
    payments.put_method(code="demo_card", capture="on_shipment")
    return Order.objects.get(id=an_order((goods(), 2)).order_id)


def _money(order: Order) -> money.PaymentView:
    return money.payments_of(order.id)[0]


def test_an_authorised_payment_places_the_order_and_nothing_is_paid_yet(placed: Order) -> None:
    view = queries.order(placed.id)
    assert view and (view.status, view.paid, view.hold_until) == ("placed", False, None)
    assert view.status_text == "Placed" and _money(placed).is_secured
    assert Hold.objects.get().state == "held"


def test_it_is_packed_and_shipped_and_paid_by_that(placed: Order) -> None:
    promise = placed.promise
    actions.pack_order(order_id=placed.id)
    actions.ship_order(order_id=placed.id, carrier="demo_post")
    assert not Order.objects.get().paid
    run_jobs()
    row = Order.objects.get()
    assert (row.paid, row.status, row.promise) == (True, "shipped", promise)
    assert DemoCharge.objects.get().captured_minor == _money(placed).captured_minor == row.total_minor
    actions.deliver_order(order_id=placed.id)
    assert [step.kind for step in queries.order(placed.id).steps] == [  # type: ignore[union-attr]
        "placed", "packed", "shipped", "paid", "delivered",
    ]  # fmt: skip


def test_delivering_takes_no_money_at_the_door(placed: Order) -> None:
    actions.ship_order(order_id=placed.id, carrier="demo_post")
    actions.deliver_order(order_id=placed.id)
    assert _money(placed).captured_minor == 0 and not Order.objects.get().paid
    run_jobs()
    assert _money(placed).captured_minor == placed.total_minor and Order.objects.get().paid


def test_cancelling_lets_go_of_the_money_and_refunds_nothing(placed: Order) -> None:
    assert actions.cancel_order(order_id=placed.id) == 0
    run_jobs()
    assert _money(placed).state == DemoCharge.objects.get().state == "cancelled"
    assert StockLevel.objects.get().reserved == 0


def test_money_that_is_set_aside_after_the_order_was_given_up_is_let_go_of() -> None:
    from nitka.sale.shipping.tests.makers import open_shop

    open_shop()
    payments.put_method(code="demo_card", capture="on_shipment")
    order_id = an_order((goods(), 2), payment_choice="late").order_id
    actions.settle_rows(order_id=order_id, outcome=Outcome(state="cancelled"))
    made = DemoCharge.objects.get()
    gateway.decide_late(made.ref)
    actions.settle_rows(
        order_id=order_id, outcome=Outcome(state="authorised", minor=made.minor, currency=made.currency)
    )
    run_jobs()
    assert (Order.objects.get().status, DemoCharge.objects.get().state) == ("failed", "cancelled")

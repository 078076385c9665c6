from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.sale.orders import actions, checking
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.payments import queries as payments
from nitka.sale.payments.models import Payment
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    open_shop()
    return Order.objects.get(id=an_order((goods(), 1)).order_id)


def found() -> list[str]:
    """Compare an hour later, twice: what was found is one row."""
    with clock.freeze(clock.now() + timedelta(hours=1)):
        for _time in range(2):
            checking.compare(since=clock.now() - timedelta(days=1))
    return [each.kind for each in payments.open_findings()]


def test_an_order_that_was_paid_and_one_that_was_paid_back_are_in_order(order: Order) -> None:
    assert found() == []
    actions.cancel_order(order_id=order.id)
    assert found() == []


def test_an_order_that_counts_as_paid_without_money_is_found(order: Order) -> None:
    Payment.objects.update(captured_minor=0)
    assert found() == ["order_without_charge"]


def test_money_of_an_order_that_does_not_stand_is_found(order: Order) -> None:
    Order.objects.update(status="failed", paid=False)
    assert found() == ["charge_without_order"]

from datetime import UTC, datetime, timedelta

import pytest

from nitka.ground import clock
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def test_while_the_money_is_on_its_way_no_day_is_promised() -> None:
    view = queries.order(an_order(payment="bank_transfer").order_id)
    assert view and {step.kind: step.on for step in view.expected}["delivered"] is None


def test_late_money_counts_the_promise_anew_and_keeps_the_first() -> None:
    with clock.freeze(MONDAY):
        placed = an_order(payment="bank_transfer")
        first = queries.order(placed.order_id).promise.day_to
    with clock.freeze(MONDAY + timedelta(days=5)):
        orders.confirm_bank_payment(order_id=placed.order_id)
        view = queries.order(placed.order_id)
    assert view.promise.day_to > first
    assert {step.kind: step.on for step in view.expected}["delivered"] == view.promise.day_to
    assert Order.objects.get(id=placed.order_id).promise["first"]["day_to"] == first.isoformat()

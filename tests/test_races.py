"""Every race of `tests/races.py` once, a little smaller; `bin/bench races` runs them as often as wanted."""

import pytest
from django.db import connection

from nitka.sale.checkout.tests.makers import open_shop
from tests import books, races

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


@pytest.mark.parametrize("name", races.RACES)
def test_race(name: str) -> None:
    assert races.run(name) == []


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("name", ["same cart x 16", "one-use coupon x 16", "refund x 8", "web killed: gateway asked"])
def test_the_other_kinds_of_a_race(name: str, turn: int) -> None:
    assert races.run(name, turn) == []


MEDDLED = {
    "stock: what is promised": "UPDATE inventory_levels SET reserved = reserved + 1",
    "stock ledger": "UPDATE inventory_levels SET on_hand = on_hand + 1",
    "leaked": "UPDATE orders_orders SET status = 'failed', cart_id = NULL",
    "lost goods": "DELETE FROM inventory_holds",
    "second charge": "UPDATE payments_demo_charges SET minor = minor + 1",
    "lost order": "UPDATE orders_orders SET status = 'cancelled'",
    "gateway": "UPDATE payments_demo_charges SET refunded_minor = 1",
    "paid": "UPDATE orders_orders SET paid = false",
    "refunds": "UPDATE payments_payments SET refunded_minor = 1 WHERE provider = 'demo_card'",
    "cart": "UPDATE checkout_carts SET ordered_at = NULL",
    "credit ledger: a balance": "UPDATE payments_credit_accounts SET balance_minor = 7 WHERE kind = 'gift_card'",
    "credit: what was spent": "UPDATE payments_payments SET captured_minor = 999 WHERE provider = 'gift_card'",
    "promotions: a limit": "UPDATE pricing_promotions SET used = 0",
    "promotions: a budget": "UPDATE pricing_promotion_budgets SET spent_minor = 0",
    "promotions: an order has one": "DELETE FROM pricing_promotion_uses",
    "facts": "DELETE FROM facts_receipts; DELETE FROM facts WHERE kind = 'orders.order_placed'",
}


def test_the_books_find_what_somebody_meddled_with() -> None:
    token, _card = races.a_cart_of_everything()
    races.press(token)()
    races.rest()
    assert books.faults() == []
    for rule, meddling in MEDDLED.items():
        connection.set_autocommit(False)
        try:
            with connection.cursor() as cursor:
                cursor.execute(meddling)
            assert any(fault.startswith(rule) for fault in books.faults()), rule
        finally:
            connection.rollback()
            connection.set_autocommit(True)

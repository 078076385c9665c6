"""Paid by several means, refunded over them."""

import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from nitka.ground.ids import new_id
from nitka.people.contact import queries as contact
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.models import MoneyBack, Order
from nitka.sale.orders.tests.makers import RETURN, an_order, draft, goods
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.models import Refund
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.shipping.tests.makers import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def a_card(minor: int) -> UUID:
    return payments.issue_gift_card(minor=minor, currency="EUR", key=str(new_id())).account_id


def left_on(account_id: UUID) -> int:
    found = money.credit_account(account_id)
    assert found
    return found.balance_minor


def split(*cards: UUID, **more: Any) -> queries.Placed:
    """An order of which gift cards pay all that is on them, and something else the rest."""
    agreed = draft((goods(handle=str(new_id())), 2), **more)
    credit = money.credit_plan(cards=cards, currency="EUR", minor=agreed.quote.total_minor)
    agreed = draft(
        *[(line.variant_id, line.quantity) for line in agreed.quote.lines], **{"credit": credit, **more}
    )  # fmt: skip
    return orders.place_order(draft=agreed, idempotency_key=str(new_id()), return_url=RETURN)


def order_of(placed: queries.Placed) -> Order:
    return Order.objects.get(id=placed.order_id)


def test_a_gift_card_pays_first_and_the_card_the_rest() -> None:
    gift = a_card(1000)
    placed = split(gift)
    order = order_of(placed)
    assert placed.status == "paid" and left_on(gift) == 0
    assert DemoCharge.objects.get().minor == order.total_minor - 1000 == order.due_minor
    assert {each.provider: each.captured_minor for each in money.payments_of(order.id)} == {
        "gift_card": 1000, "demo_card": order.total_minor - 1000,
    }  # fmt: skip


def test_a_gift_card_that_covers_all_needs_no_gateway() -> None:
    gift = a_card(90_000)
    placed = split(gift, payment="gift_card", payment_choice="")
    order = order_of(placed)
    assert placed.status == "paid" and order.paid and not DemoCharge.objects.exists()
    assert left_on(gift) == 90_000 - order.total_minor
    assert orders.cancel_order(order_id=order.id) == order.total_minor
    assert left_on(gift) == 90_000


def test_a_declined_card_gives_the_gift_card_back_once_and_the_next_try_works() -> None:
    gift = a_card(1000)
    with pytest.raises(orders.PaymentDeclinedProblem):
        split(gift, choice="decline")
    assert left_on(gift) == 1000
    orders.settle_rows(order_id=Order.objects.get().id)
    run_jobs()
    assert left_on(gift) == 1000 and money.imbalances() == []
    assert split(gift).status == "paid"


def test_a_transfer_that_never_comes_gives_the_gift_card_back(monkeypatch: pytest.MonkeyPatch) -> None:
    gift = a_card(1000)
    placed = split(gift, payment="bank_transfer")
    shown = queries.order(placed.order_id)
    assert shown and shown.bank and shown.bank.minor == shown.total_minor - 1000
    orders.cancel_order(order_id=placed.order_id, reason="overdue")
    assert left_on(gift) == 1000
    # The money comes late: the order lives again, and the gift card pays again.
    assert orders.confirm_bank_payment(order_id=placed.order_id) == "paid"
    assert left_on(gift) == 0
    assert orders.cancel_order(order_id=placed.order_id) == shown.total_minor
    assert left_on(gift) == 1000 and money.imbalances() == []


def test_a_late_transfer_goes_back_where_the_gift_card_was_spent_meanwhile() -> None:
    gift = a_card(1000)
    placed = split(gift, payment="bank_transfer")
    orders.cancel_order(order_id=placed.order_id, reason="overdue")
    payments.pay_with_credit(reference=new_id(), label="X", account_id=gift, minor=900, key="elsewhere")
    assert orders.confirm_bank_payment(order_id=placed.order_id) == "cancelled"
    run_jobs()
    assert left_on(gift) == 100 and Refund.objects.filter(state="by_hand").count() == 1


def test_the_gateway_gives_back_first_and_the_gift_card_the_rest() -> None:
    gift = a_card(1000)
    placed = split(gift)
    total = order_of(placed).total_minor
    first = orders.refund_order(order_id=placed.order_id, minor=500, key="a", reason="scratched")
    assert [(part.provider, part.minor) for part in first.parts] == [("demo_card", 500)]
    rest = orders.refund_order(order_id=placed.order_id, minor=total - 500, key="b")
    assert [(part.provider, part.minor) for part in rest.parts] == [("demo_card", total - 1500), ("gift_card", 1000)]
    with pytest.raises(orders.RefundTooHighProblem) as refused:
        orders.refund_order(order_id=placed.order_id, minor=1, key="c")
    assert refused.value.detail == {"refundable_minor": 0}
    run_jobs()
    assert left_on(gift) == 1000 and DemoCharge.objects.get().refunded_minor == total - 1000
    assert order_of(placed).refunded_minor == total


def test_the_same_key_is_one_refund_with_one_answer() -> None:
    placed = an_order()
    first = orders.refund_order(order_id=placed.order_id, minor=500, key="a")
    assert orders.refund_order(order_id=placed.order_id, minor=500, key="a") == first
    assert MoneyBack.objects.count() == Refund.objects.count() == 1


def test_a_refund_as_store_credit_keeps_the_money_here() -> None:
    placed = an_order()
    order = order_of(placed)
    done = orders.refund_order(order_id=order.id, minor=700, key="a", to="credit")
    assert order.customer_id
    (credit,) = money.credit_of(order.customer_id)
    assert done.parts[0].into == credit.id and credit.balance_minor == 700
    run_jobs()
    assert DemoCharge.objects.get().refunded_minor == 0 and order_of(placed).refunded_minor == 700


def test_a_refund_as_a_gift_card_is_mailed() -> None:
    placed = an_order()
    orders.refund_order(order_id=placed.order_id, minor=700, key="a", to="gift_card")
    orders.refund_order(order_id=placed.order_id, minor=700, key="a", to="gift_card")
    run_jobs()
    (mail,) = [row for row in contact.mailbox_rows("max@example.com") if row.template.endswith("/gift_card")]
    assert "GC-" in mail.text and left_on(MoneyBack.objects.get().parts[0]["into"]) == 700


def test_a_refund_goes_to_the_payment_that_was_named_and_to_no_stranger() -> None:
    gift = a_card(1000)
    placed = split(gift)
    (by_card,) = [each for each in money.payments_of(placed.order_id) if each.provider == "gift_card"]
    orders.refund_order(order_id=placed.order_id, minor=300, key="a", to=by_card.id)
    assert left_on(gift) == 300
    with pytest.raises(orders.RefundTooHighProblem):
        orders.refund_order(order_id=placed.order_id, minor=701, key="b", to=by_card.id)
    with pytest.raises(orders.OrderProblem):
        orders.refund_order(order_id=placed.order_id, minor=10, key="c", to=a_card(10))


def test_a_refund_by_hand_is_ticked_off_once() -> None:
    placed = an_order(payment="bank_transfer")
    orders.confirm_bank_payment(order_id=placed.order_id)
    orders.refund_order(order_id=placed.order_id, minor=500, key="a")
    run_jobs()
    (row,) = money.by_hand_rows()
    assert orders.tick_off_refund(refund_id=row.id) is True
    assert orders.tick_off_refund(refund_id=row.id) is False
    assert list(money.by_hand_rows()) == []


@pytest.mark.django_db(transaction=True)
def test_eight_refunds_at_once_give_back_no_more_than_was_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    gift = a_card(1000)
    placed = split(gift)
    total, results, gate = order_of(placed).total_minor, [], threading.Barrier(8)

    def refund(number: int) -> None:
        gate.wait()
        try:
            results.append(orders.refund_order(order_id=placed.order_id, minor=total, key=f"k{number}"))
        except orders.RefundTooHighProblem:
            pass
        finally:
            connection.close()

    crowd = [threading.Thread(target=refund, args=(number,)) for number in range(8)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert len(results) == 1 and left_on(gift) == 1000 and money.imbalances() == []
    assert sum(each.refunded_minor for each in money.payments_of(placed.order_id)) == total

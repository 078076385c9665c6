"""Real threads with connections of their own, and processes that are killed, against the real database."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.sale.checkout import actions, queries
from nitka.sale.checkout.tests.makers import goods, open_shop, ready_cart
from nitka.sale.orders import queries as orders
from nitka.sale.orders import tasks
from nitka.sale.orders.actions import PaymentDeclinedProblem, cancel_order
from nitka.sale.orders.models import Order
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.shelf.inventory.actions import OutOfStock
from nitka.shelf.inventory.models import Hold, StockLevel
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing.actions import CouponProblem
from tests.crowd import at_once
from tests.points import killed_at

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "/en/order/{code}"


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def press(token: str, key: str) -> Callable[[], object]:
    return lambda: actions.place(token=token, key=key, return_url=BACK)


def leaked() -> int:
    """Pieces that are held for no living order."""
    living = Order.objects.exclude(status__in=["failed", "cancelled"]).values("id")
    return sum(Hold.objects.filter(state="held").exclude(reference__in=living).values_list("quantity", flat=True))


def reserved() -> int:
    return sum(StockLevel.objects.values_list("reserved", flat=True))


@pytest.mark.parametrize("same_key", [True, False])
def test_one_cart_pressed_sixteen_times_at_once_is_one_order_and_one_charge(same_key: bool) -> None:
    token = ready_cart((goods(), 2))
    results = at_once([press(token, "k" if same_key else f"k{n}") for n in range(16)])
    assert {getattr(each, "order_id", each) for each in results} == {Order.objects.get().id}
    assert DemoCharge.objects.count() == Payment.objects.count() == 1
    assert reserved() == 2 and leaked() == 0


def test_two_hundred_buyers_of_fifty_pieces_buy_exactly_fifty() -> None:
    lamp = goods(stock=50)
    tokens = [ready_cart((lamp, 1), email=f"b{n}@example.com") for n in range(200)]
    results = at_once([press(token, "k") for token in tokens])
    placed = [each for each in results if isinstance(each, orders.Placed)]
    assert len(placed) == 50 and {each.status for each in placed} == {"paid"}
    assert sum(isinstance(each, OutOfStock) for each in results) == 150
    assert DemoCharge.objects.filter(state="succeeded").count() == Order.objects.filter(paid=True).count() == 50
    assert reserved() == 50 and leaked() == 0


def test_a_coupon_once_a_customer_is_used_once_by_sixteen_carts() -> None:
    pricing.put_coupon(code="ONCE", kind="percent", value=50, once_per_customer=True)
    lamp = goods()
    tokens = [ready_cart((lamp, 1), email="same@example.com") for _each in range(16)]
    for token in tokens:
        actions.apply_coupon(token=token, code="once")
    results = at_once([press(token, "k") for token in tokens])
    cheap = Order.objects.filter(discount_minor__gt=0)
    assert cheap.count() == 1
    refused = [each for each in results if isinstance(each, CouponProblem)]
    # Who froze the cart after the code was used pays the whole price, as the page would say.
    assert len(refused) + Order.objects.count() == 16
    assert leaked() == 0 and reserved() == Order.objects.count()


def test_declined_cards_at_once_leave_nothing_held() -> None:
    lamp = goods(stock=10)
    tokens = [ready_cart((lamp, 1), choice="decline", email=f"b{n}@example.com") for n in range(16)]
    results = at_once([press(token, "k") for token in tokens])
    assert all(isinstance(each, PaymentDeclinedProblem | OutOfStock) for each in results)
    assert reserved() == 0 and not Order.objects.exclude(status="failed").exists()


def test_settling_from_everywhere_at_once_places_once() -> None:
    token = ready_cart((goods(), 1), choice="challenge")
    placed = actions.place(token=token, key="k", return_url=BACK)
    charge = DemoCharge.objects.get()
    gateway.answer(charge.ref, approve=True)
    raw, headers = gateway.message(DemoCharge.objects.get())
    from nitka.sale.payments import actions as payments

    results = at_once(
        [lambda: actions.finish(order_id=placed.order_id)] * 8
        + [lambda: payments.store_webhook(provider="demo_card", raw=raw, headers=headers)] * 8
    )
    assert not [each for each in results if isinstance(each, Exception)]
    order = orders.order(placed.order_id)
    assert order and [step.kind for step in order.steps] == ["placed", "paid"]


def test_cancelling_at_once_gives_the_money_back_once() -> None:
    token = ready_cart((goods(), 1))
    placed = actions.place(token=token, key="k", return_url=BACK)
    results = at_once([lambda: cancel_order(order_id=placed.order_id)] * 8)
    assert [each for each in results if each is not None] == [2489] and len(results) == 8
    assert Payment.objects.get().refunded_minor == 2489 and reserved() == 0


def test_adding_at_once_loses_no_piece() -> None:
    lamp = goods()
    token = ready_cart((lamp, 1))
    at_once([lambda: actions.add_to_cart(token=token, variant_id=lamp, quantity=1, market="eu")] * 16)
    assert queries.cart_badge(token).count == 17


def test_a_cart_that_changes_while_it_is_ordered_is_charged_as_it_was_frozen() -> None:
    lamp = goods()
    token = ready_cart((lamp, 1))
    jobs = [press(token, f"k{n}") for n in range(8)]
    jobs += [lambda: actions.add_to_cart(token=token, variant_id=lamp, quantity=1, market="eu")] * 8
    at_once(jobs)
    bought = sum(sum(orders.pieces_of(row.id).values()) for row in Order.objects.filter(paid=True))
    charged = sum(DemoCharge.objects.filter(state="succeeded").values_list("minor", flat=True))
    assert charged == sum(Order.objects.filter(paid=True).values_list("total_minor", flat=True))
    assert bought + queries.cart_badge(token).count == 9
    assert leaked() == 0 and reserved() == bought


def test_killed_before_the_commit_nothing_has_happened_and_the_button_works_again() -> None:
    token = ready_cart((goods(), 1))
    assert killed_at("payment opened", press(token, "k"))
    assert not Order.objects.exists() and reserved() == 0 and not DemoCharge.objects.exists()
    assert press(token, "k")().status == "paid"  # type: ignore[attr-defined]
    assert DemoCharge.objects.count() == 1


@pytest.mark.parametrize("retried", [True, False])
def test_killed_before_the_gateway_was_asked_the_retry_goes_on_or_the_sweeper_lets_go(retried: bool) -> None:
    token = ready_cart((goods(), 1))
    assert killed_at("committed", press(token, "k"))
    assert Order.objects.get().status == "awaiting" and reserved() == 1
    if retried:
        assert press(token, "k")().status == "paid"  # type: ignore[attr-defined]
        assert DemoCharge.objects.count() == Order.objects.count() == 1
        return
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        tasks.sweep_unsettled()
        tasks.sweep_expired()
    assert Order.objects.get().status == "failed" and reserved() == 0 and not DemoCharge.objects.exists()
    assert queries.cart_badge(token).count == 1


@pytest.mark.parametrize("retried", [True, False])
def test_killed_after_the_charge_the_order_is_placed_by_the_retry_or_the_sweeper(retried: bool) -> None:
    token = ready_cart((goods(), 1))
    assert killed_at("gateway answered", press(token, "k"))
    assert Order.objects.get().status == "awaiting" and DemoCharge.objects.get().state == "succeeded"
    if retried:
        press(token, "another key")()
    else:
        with clock.freeze(clock.now() + timedelta(minutes=1)):
            tasks.sweep_unsettled()
            tasks.sweep_expired()
    assert Order.objects.get().status == "paid" and DemoCharge.objects.count() == 1
    assert reserved() == 1 and leaked() == 0

"""Promotions under many who come at once: real threads with connections of their own, whole checkouts."""

import pytest

from nitka.sale.checkout import actions
from nitka.sale.checkout.tests.makers import goods, open_shop, ready_cart
from nitka.sale.checkout.tests.test_races import leaked, press, reserved
from nitka.sale.orders import queries as orders
from nitka.sale.orders.actions import cancel_order
from nitka.sale.orders.models import Order
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices
from nitka.shelf.pricing.actions import CouponProblem
from nitka.shelf.pricing.models import PromotionBudget, PromotionCode, PromotionUse
from tests.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop() -> None:
    prices.forget()
    open_shop()


def percent(number: int = 10, **more: object) -> object:
    return pricing.put_promotion(name="Autumn", benefit={"kind": "percent", "percent": number}, **more)  # type: ignore[arg-type]


def test_a_budget_is_never_overdrawn_by_fifty_checkouts() -> None:
    promotion = percent(budgets={"EUR": 2000})  # ten times 200
    lamp = goods(2000, stock=100)
    tokens = [ready_cart((lamp, 1), email=f"b{n}@example.com") for n in range(50)]
    results = at_once([press(token, "k") for token in tokens], threads=50)
    odd = [each for each in results if not isinstance(each, orders.Placed | CouponProblem)]
    assert odd == []
    budget = PromotionBudget.objects.get()
    cheap = Order.objects.filter(discount_minor__gt=0)
    assert budget.spent_minor == 2000 == sum(cheap.values_list("discount_minor", flat=True))
    assert cheap.count() == PromotionUse.objects.filter(promotion_id=promotion).count() == 10
    assert leaked() == 0 and reserved() == Order.objects.count()
    # Who was refused sees the whole price now, and may order at it.
    rest = [token for token in tokens if not Order.objects.filter(email=f"b{tokens.index(token)}@example.com").exists()]
    assert {press(token, "again")().status for token in rest} <= {"paid"}  # type: ignore[attr-defined]
    assert Order.objects.count() == 50


def test_a_generated_code_is_used_once_by_sixteen_carts_of_sixteen_people() -> None:
    (code,) = pricing.generate_codes(promotion_id=percent(50, needs_code=True), number=1)  # type: ignore[arg-type]
    lamp = goods()
    tokens = [ready_cart((lamp, 1), email=f"b{n}@example.com") for n in range(16)]
    for token in tokens:
        actions.apply_coupon(token=token, code=code)
    results = at_once([press(token, "k") for token in tokens])
    assert Order.objects.filter(discount_minor__gt=0).count() == PromotionUse.objects.count() == 1
    assert PromotionCode.objects.get().used == 1
    assert len([each for each in results if isinstance(each, CouponProblem)]) + Order.objects.count() == 16
    assert leaked() == 0 and reserved() == Order.objects.count()


def test_a_limit_in_all_and_one_of_each_customer_hold_together() -> None:
    percent(most=5, most_each=2)
    lamp = goods()
    tokens = [ready_cart((lamp, 1), email=f"b{n % 4}@example.com") for n in range(32)]
    results = at_once([press(token, "k") for token in tokens])
    assert [each for each in results if not isinstance(each, orders.Placed | CouponProblem)] == []
    uses = list(PromotionUse.objects.values_list("buyer_key", flat=True))
    assert len(uses) <= 5 and max(uses.count(each) for each in uses) <= 2
    assert leaked() == 0


def test_cancelling_at_once_gives_the_budget_back_once() -> None:
    percent(budgets={"EUR": 2000})
    lamp = goods(2000)
    placed = actions.place(token=ready_cart((lamp, 1)), key="k", return_url="/")
    assert PromotionBudget.objects.get().spent_minor == 200
    at_once([lambda: cancel_order(order_id=placed.order_id)] * 8)
    assert PromotionBudget.objects.get().spent_minor == 0 and not PromotionUse.objects.exists()


def test_a_declined_card_leaves_budget_and_code_free() -> None:
    (code,) = pricing.generate_codes(promotion_id=percent(budgets={"EUR": 2000}, needs_code=True), number=1)  # type: ignore[arg-type]
    token = ready_cart((goods(2000), 1), choice="decline")
    actions.apply_coupon(token=token, code=code)
    at_once([press(token, "k")])
    assert (PromotionBudget.objects.get().spent_minor, PromotionCode.objects.get().used) == (0, 0)
    assert not PromotionUse.objects.exists()

"""Promotions in a cart: gifts that are in stock, delivery at its lowered price, labels, the first order."""

import pytest

from nitka.people.customers import actions as customers
from nitka.sale.checkout import actions, queries
from nitka.sale.checkout.tests.makers import a_cart, goods, open_shop, ready_cart
from nitka.sale.orders import queries as orders
from nitka.sale.orders.models import Order, OrderLine
from nitka.shelf.inventory.models import StockLevel
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    prices.forget()
    queries.forget()
    open_shop()


def test_a_gift_goes_with_the_order_while_there_is_one() -> None:
    lamp, mug = goods(6000), goods(700, handle="mug", stock=1)
    pricing.put_promotion(name="A mug", benefit={"kind": "gift", "variant": str(mug)})
    token = ready_cart((lamp, 1))
    (gift,) = queries.cart(token, "en").gifts
    assert (gift.variant_id, gift.label, gift.list_minor) == (mug, "A mug", 700)
    placed = actions.place(token=token, key="k", return_url="/")
    assert list(OrderLine.objects.order_by("position").values_list("variant_id", "gift", "total_minor")) == [
        (lamp, False, 6000),
        (mug, True, 0),
    ]
    order = orders.order(placed.order_id)
    assert order and [(each.label, each.kind) for each in order.promotions] == [("A mug", "gift")]
    assert StockLevel.objects.get(variant_id=mug).reserved == 1
    assert queries.cart(ready_cart((lamp, 1), email="b@example.com"), "en").gifts == ()


def test_delivery_is_lowered_in_the_list_and_in_the_order() -> None:
    lamp = goods()
    token = ready_cart((lamp, 1))
    before = queries.checkout(token, "en")
    assert before and before.delivery and before.delivery.price_minor > 0
    pricing.put_promotion(name="Half", benefit={"kind": "delivery", "percent": 50}, code="HALF", public=True)
    assert [each.code for each in queries.cart(token, "en").offers] == ["HALF"]
    actions.apply_coupon(token=token, code="HALF")
    after = queries.checkout(token, "en")
    assert after and after.delivery and after.delivery.list_minor == before.delivery.price_minor
    assert after.delivery.price_minor == before.delivery.price_minor - (before.delivery.price_minor + 1) // 2
    placed = actions.place(token=token, key="k", return_url="/", seen_total_minor=after.total_minor)
    order = Order.objects.get(id=placed.order_id)
    assert (order.total_minor, order.delivery_minor) == (after.total_minor, after.delivery.price_minor)
    assert order.coupon_codes == ["HALF"]


def test_codes_of_two_lanes_stand_together_and_one_of_the_same_lane_gives_way() -> None:
    token = a_cart((goods(10_000), 1))
    pricing.put_promotion(name="Free", benefit={"kind": "delivery", "percent": 100}, code="FREE")
    pricing.put_coupon(code="TEN", kind="percent", value=10)
    pricing.put_coupon(code="TWENTY", kind="percent", value=20)
    for code, then in (("FREE", {"FREE"}), ("TEN", {"FREE", "TEN"}), ("TWENTY", {"FREE", "TWENTY"})):
        actions.apply_coupon(token=token, code=code)
        assert set(queries.cart(token, "en").coupon_codes) == then


def test_a_label_opens_a_promotion_to_whoever_has_it() -> None:
    pricing.put_promotion(name="VIP", benefit={"kind": "percent", "percent": 10}, conditions={"labels": ["vip"]})
    vip = customers.recognise(email="vip@example.com", language="en", market="eu", name="")
    customers.set_labels(customer_id=vip, labels=["VIP "])
    lamp = goods(1000)
    token = actions.add_to_cart(token=None, variant_id=lamp, market="eu", customer_id=vip).token
    assert queries.cart(token, "en").discount_minor == 100
    assert queries.cart(a_cart((lamp, 1)), "en").discount_minor == 0


def test_a_first_order_is_the_first_of_its_address() -> None:
    pricing.put_promotion(name="Hi", benefit={"kind": "percent", "percent": 10}, conditions={"first_order": True})
    lamp = goods(1000)
    for expected in (100, 0):
        placed = actions.place(token=ready_cart((lamp, 1)), key="k", return_url="/")
        assert Order.objects.get(id=placed.order_id).discount_minor == expected

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.people.customers.queries import PostalAddress
from nitka.people.customers.tests.makers import customer
from nitka.sale.checkout import actions, queries
from nitka.sale.checkout.tests.makers import goods, open_shop, ready_cart
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.queries import Seen
from nitka.sale.shipping import actions as shipping
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db
GDANSK = PostalAddress(name="Anna Nowak", line1="ul. Długa 5", postcode="80-001", city="Gdańsk", country="PL")
BACK = "/en/order/{code}/return-from-payment?k={token}"


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def place(token: str, key: str = "one", **more: object) -> order_queries.Placed:
    return actions.place(token=token, key=key, return_url=BACK, **more)


def test_a_card_that_works_places_and_pays_the_order() -> None:
    lamp = goods()
    token = ready_cart((lamp, 2))
    placed = place(token)
    assert placed.status == "paid"
    order = order_queries.order(placed.order_id)
    assert order and [step.kind for step in order.steps] == ["placed", "paid"]
    assert order.total_minor == 2 * 1999 + 490 == DemoCharge.objects.get().minor
    assert inventory.available([lamp]) == {lamp: 48}
    assert queries.cart_badge(token).count == 0


def test_the_name_of_the_delivery_is_kept_in_the_language_of_the_cart_whoever_places_it() -> None:
    placed = place(ready_cart((goods(), 1), language="ru"))
    order = order_queries.order(placed.order_id)
    assert order and order.promise.name == "До десяти рабочих дней"


def test_the_same_key_and_the_same_cart_give_the_same_order_and_one_charge() -> None:
    token = ready_cart((goods(), 1))
    first = place(token, "one")
    assert place(token, "one").order_id == first.order_id
    assert place(token, "two").order_id == first.order_id
    assert DemoCharge.objects.count() == Payment.objects.count() == 1


def test_a_declined_card_frees_goods_and_cart_and_the_next_card_may_work() -> None:
    lamp = goods(stock=2)
    token = ready_cart((lamp, 2), choice="decline")
    with pytest.raises(orders.PaymentDeclinedProblem):
        place(token, "one")
    assert inventory.available([lamp]) == {lamp: 2}
    assert queries.cart_badge(token).count == 2
    with pytest.raises(orders.PaymentDeclinedProblem):
        place(token, "one")
    assert DemoCharge.objects.count() == 1
    actions.choose_payment(token=token, method="demo_card", choice="success")
    assert place(token, "two").status == "paid"
    assert inventory.available([lamp]) == {lamp: 0}
    assert not [each for each in order_queries.order_rows() if each.status != "paid"]


def test_a_total_that_went_up_since_it_was_seen_is_shown_before_anything_is_ordered() -> None:
    lamp = goods()
    token = ready_cart((lamp, 1))
    seen = queries.checkout(token, "en")
    assert seen and seen.is_ready
    pricing.set_prices(prices=[(lamp, "eu", 2999, None)])
    with pytest.raises(actions.PriceChangedProblem) as refused:
        place(token, seen_total_minor=seen.total_minor)
    assert refused.value.detail["total_minor"] == seen.total_minor + 1000
    assert queries.cart(token, "en").lines[0].price_changed_from == 1999
    assert place(token, "two", seen_total_minor=seen.total_minor + 1000).status == "paid"


def test_going_on_with_an_open_challenge_makes_no_second_charge() -> None:
    token = ready_cart((goods(), 1), choice="challenge")
    first = place(token, "one")
    assert first.next and first.next.kind == "redirect" and first.status == "awaiting"
    again = place(token, "two")
    assert again.order_id == first.order_id and again.next == first.next
    assert DemoCharge.objects.count() == 1


def test_another_cart_during_a_challenge_gives_the_first_order_up() -> None:
    lamp = goods()
    token = ready_cart((lamp, 1), choice="challenge")
    first = place(token, "one")
    actions.add_to_cart(token=token, variant_id=lamp, quantity=2, market="eu")
    actions.choose_payment(token=token, method="demo_card", choice="success")
    second = place(token, "two")
    assert second.order_id != first.order_id and second.status == "paid"
    assert sorted(DemoCharge.objects.values_list("state", flat=True)) == ["cancelled", "succeeded"]
    assert inventory.available([lamp]) == {lamp: 47}


def test_what_was_added_while_the_payer_was_away_goes_on_in_a_new_cart() -> None:
    lamp, vase = goods(), goods(handle="vase")
    token = ready_cart((lamp, 1), choice="challenge")
    placed = place(token)
    actions.add_to_cart(token=token, variant_id=vase, quantity=3, market="eu")
    charge = DemoCharge.objects.get()
    from nitka.sale.payments.providers.demo_card import gateway

    gateway.answer(charge.ref, approve=True)
    assert actions.finish(order_id=placed.order_id).status == "paid"
    view = queries.cart(token, "en")
    assert [(line.variant_id, line.quantity) for line in view.lines] == [(vase, 3)]


def test_bank_transfer_is_placed_at_once_with_instructions() -> None:
    token = ready_cart((goods(), 1), payment="bank_transfer")
    placed = place(token)
    assert placed.status == "placed" and placed.next and placed.next.kind == "instructions"
    order = order_queries.order(placed.order_id)
    assert order and order.bank and order.bank.message == order.code and "<svg" in order.bank.qr_svg
    assert queries.cart_badge(token).count == 0


def test_cash_on_delivery_costs_its_fee() -> None:
    token = ready_cart((goods(), 1), payment="cash_on_delivery", market="pl", address=GDANSK, delivery="ten_days")
    placed = place(token)
    order = order_queries.order(placed.order_id)
    assert order and order.payment_fee_minor == 800 and order.delivery_minor == 990
    assert order.total_minor == 1999 * 4 + 990 + 800


def test_what_is_missing_is_named() -> None:
    token = ready_cart((goods(), 1), payment="")
    with pytest.raises(actions.MissingProblem) as refused:
        place(token)
    assert refused.value.detail["missing"] == ["payment"]


def test_a_coupon_once_a_customer_comes_back_after_a_declined_card() -> None:
    pricing.put_coupon(code="ONCE", kind="percent", value=10, once_per_customer=True)
    token = ready_cart((goods(), 1), choice="decline")
    actions.apply_coupon(token=token, code="once")
    with pytest.raises(orders.PaymentDeclinedProblem):
        place(token)
    actions.choose_payment(token=token, method="demo_card", choice="success")
    placed = place(token, "two")
    order = order_queries.order(placed.order_id)
    assert order and order.discount_minor == 200 and order.coupon_codes == ("ONCE",)


def test_an_order_of_nothing_to_pay_is_placed_and_paid_at_once() -> None:
    pricing.put_coupon(code="ALL", kind="percent", value=100)
    token = ready_cart((goods(6000), 1))
    actions.apply_coupon(token=token, code="all")
    view = queries.checkout(token, "en")
    assert view and view.total_minor == 490  # delivery is not free, for nothing is paid for goods


def test_what_costs_nothing_at_all_needs_no_means_of_payment() -> None:
    pricing.put_coupon(code="ALL", kind="percent", value=100)
    shipping.put_option(code="gift", names={"en": "Gift"}, cut_off=time(12), handling_days=1, transit_days=2,
                        prices={"eu": 0, "pl": 0})  # fmt: skip
    token = ready_cart((goods(6000), 1), payment="", delivery="gift")
    actions.apply_coupon(token=token, code="all")
    view = queries.checkout(token, "en")
    assert view and (view.total_minor, view.missing) == (0, ())
    assert place(token).status == "paid" and not Payment.objects.exists()


def test_a_fee_of_payment_is_not_asked_for_what_costs_nothing() -> None:
    pricing.put_coupon(code="ALL", kind="percent", value=100)
    shipping.put_option(code="gift", names={"en": "Gift"}, cut_off=time(12), handling_days=1, transit_days=2,
                        prices={"eu": 0, "pl": 0})  # fmt: skip
    token = ready_cart((goods(), 1), payment="cash_on_delivery", market="pl", address=GDANSK, delivery="gift")
    actions.apply_coupon(token=token, code="all")
    view = queries.checkout(token, "en")
    order = order_queries.order(place(token).order_id)
    assert view and order and view.total_minor == order.total_minor == order.payment_fee_minor == 0


def test_delivery_of_goods_that_are_free_must_be_paid() -> None:
    pricing.put_coupon(code="ALL", kind="percent", value=100)
    token = ready_cart((goods(6000), 1), payment="")
    actions.apply_coupon(token=token, code="all")
    view = queries.checkout(token, "en")
    assert view and view.missing == ("payment",)
    with pytest.raises(actions.MissingProblem) as refused:
        place(token)
    assert refused.value.detail["missing"] == ["payment"]


def test_an_order_belongs_to_who_is_signed_in_whatever_address_they_type() -> None:
    bob, anna = customer("bob@example.com"), customer("anna@example.com")
    lamp = goods()
    joined = ready_cart((lamp, 1), email="anna@example.com")
    actions.join_carts(token=joined, customer_id=bob)
    begun = ready_cart((lamp, 1), email="anna@example.com")
    guest = ready_cart((lamp, 1), email="anna@example.com")
    orders_of_bob = {place(joined).order_id, place(begun, customer_id=bob).order_id}
    assert {row.id for row in order_queries.orders_of_customer(bob)} == orders_of_bob
    of_guest = place(guest).order_id
    assert [row.id for row in order_queries.orders_of_customer(anna)] == [of_guest]


def test_a_cart_that_is_begun_after_signing_in_is_the_customers() -> None:
    bob = customer("bob@example.com")
    ref = actions.add_to_cart(token=None, variant_id=goods(), market="eu", customer_id=bob)
    assert queries.token_of_customer(bob) == ref.token


def test_the_rules_against_fraud_cost_two_statements_and_unused_credit_none() -> None:
    def statements(number: int, **more: object) -> tuple[int, int]:
        token = ready_cart((goods(handle=f"lamp-{number}"), 1), email=f"b{number}@example.com")
        with CaptureQueriesContext(connection) as asked:
            actions.place(token=token, key=f"k{number}", return_url="/", **more)  # type: ignore[arg-type]
        sql = [each["sql"] for each in asked]
        return sum("payments_risk_attempts" in each for each in sql), sum("payments_credit" in each for each in sql)

    assert statements(1, seen=Seen(ip="i", device="d")) == (2, 0)
    assert statements(2) == (0, 0)

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nitka.ground.facts.queries import told_about
from nitka.ground.ids import new_id
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries, steps
from nitka.sale.orders.models import Order, OrderLine, OrderStep
from nitka.sale.orders.tests.makers import RETURN, an_order, draft, goods
from nitka.sale.payments.actions import GatewayUnreachedProblem
from nitka.sale.payments.providers import GatewayTrouble
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.inventory.actions import OutOfStock
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing.actions import CouponProblem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def kinds(order_id: object) -> list[str]:
    return [fact.kind.partition(".")[2] for fact in told_about(str(order_id)) if fact.kind.startswith("orders.")]


def test_the_same_key_gives_the_same_order_and_one_charge() -> None:
    agreed = draft((goods(), 1))
    first = orders.place_order(draft=agreed, idempotency_key="k", return_url=RETURN)
    again = orders.place_order(draft=agreed, idempotency_key="k", return_url=RETURN)
    assert again.order_id == first.order_id and again.status == "paid"
    assert DemoCharge.objects.count() == 1
    assert kinds(first.order_id) == ["order_placed", "order_paid"]


def test_a_cart_becomes_one_living_order() -> None:
    lamp, cart = goods(), new_id()
    orders.place_order(draft=draft((lamp, 1), cart_id=cart), idempotency_key="a", return_url=RETURN)
    with pytest.raises(orders.OrderProblem):
        orders.place_order(draft=draft((lamp, 1), cart_id=cart), idempotency_key="b", return_url=RETURN)
    assert DemoCharge.objects.count() == 1


def test_goods_and_prices_are_copied() -> None:
    lamp = goods(1999)
    placed = an_order((lamp, 2))
    pricing.set_prices(prices=[(lamp, "eu", 1, None)])
    order = queries.order(placed.order_id)
    assert order and (order.lines[0].unit_minor, order.lines[0].sku) == (1999, "lamp-0")
    assert order.promise.code == "ten_days" and order.promise.source == "ten_days@PL"


def test_too_few_pieces_leave_nothing_behind() -> None:
    with pytest.raises(OutOfStock):
        an_order((goods(stock=1), 2))
    assert not Order.objects.exists() and not DemoCharge.objects.exists()


def test_a_coupon_that_was_used_meanwhile_leaves_nothing_behind() -> None:
    lamp = goods()
    pricing.put_coupon(code="ONCE", kind="percent", value=10, once_per_customer=True)
    agreed = [draft((lamp, 1), codes=("ONCE",)) for _each in range(2)]
    orders.place_order(draft=agreed[0], idempotency_key="a", return_url=RETURN)
    with pytest.raises(CouponProblem):
        orders.place_order(draft=agreed[1], idempotency_key="b", return_url=RETURN)
    assert inventory.available([lamp]) == {lamp: 49}


def test_a_card_that_is_declined_frees_all_and_is_never_seen_as_an_order() -> None:
    lamp = goods(stock=3)
    with pytest.raises(orders.PaymentDeclinedProblem):
        an_order((lamp, 3), choice="decline")
    row = Order.objects.get()
    assert (row.status, row.cart_id) == ("failed", None)
    assert inventory.available([lamp]) == {lamp: 3}
    assert not queries.order_rows().exists() and not kinds(row.id)
    assert queries.order_for_stranger(row.code, row.email) is None


def test_a_gateway_that_does_not_answer_is_tried_again_with_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed, real = draft((goods(), 1)), gateway.charge

    def silent(**asked: object) -> object:
        real(**asked)
        raise GatewayTrouble("time-out")

    monkeypatch.setattr(gateway, "charge", silent)
    with pytest.raises(GatewayUnreachedProblem):
        orders.place_order(draft=agreed, idempotency_key="k", return_url=RETURN)
    monkeypatch.setattr(gateway, "charge", real)
    assert orders.place_order(draft=agreed, idempotency_key="k", return_url=RETURN).status == "paid"
    assert DemoCharge.objects.count() == 1


def test_the_return_address_knows_the_order() -> None:
    placed = an_order(choice="challenge")
    assert DemoCharge.objects.get().return_url == f"/en/order/{placed.code}/return-from-payment?k={placed.token}"


def test_a_code_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("nitka.sale.orders.actions.place_order")
    first = an_order()
    codes = iter([first.code, "NK-NEXT-01"])
    monkeypatch.setattr(module, "new_code", lambda prefix: next(codes))
    assert an_order((goods(handle="vase"), 1)).code == "NK-NEXT-01"


def test_the_status_is_what_the_steps_say() -> None:
    placed = an_order(payment="bank_transfer")
    orders.confirm_bank_payment(order_id=placed.order_id)
    orders.pack_order(order_id=placed.order_id)
    for row in Order.objects.all():
        said = list(OrderStep.objects.filter(order=row).values_list("kind", flat=True))
        assert steps.derived(said) == row.status == "packed"


class TotalsAddUp(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(1, 90_000), st.integers(1, 9)), min_size=1, max_size=4), st.integers(0, 99),
        st.sampled_from(["eu", "us", "no"]),
    )  # fmt: skip
    def test_whatever_is_bought_the_parts_make_the_whole_and_the_charge(
        self, wanted: list[tuple[int, int]], percent: int, market: str
    ) -> None:
        from nitka.people.customers.queries import PostalAddress

        open_shop()
        country = {"eu": "DE", "us": "US", "no": "NO"}[market]
        home = PostalAddress(name="A", line1="B 1", postcode="10115", city="C", country=country)
        codes: tuple[str, ...] = ()
        if percent:
            pricing.put_coupon(code=f"P{percent}", kind="percent", value=percent)
            codes = (f"P{percent}",)
        tag = str(new_id())
        lines = [(goods(m, handle=f"g-{tag}-{n}", market=market), q) for n, (m, q) in enumerate(wanted)]
        placed = an_order(*lines, market=market, address=home, codes=codes)
        row = Order.objects.get(id=placed.order_id)
        rows = list(OrderLine.objects.filter(order=row))
        extra = 0 if row.tax_included else row.tax_minor
        assert row.total_minor == sum(line.total_minor for line in rows) + row.delivery_minor + extra
        assert row.goods_minor - row.discount_minor == sum(line.total_minor for line in rows)
        assert row.tax_minor == sum(line.tax_minor for line in rows) + row.delivery_tax_minor
        assert row.tax_minor == sum(part["tax_minor"] for part in row.taxes)
        assert DemoCharge.objects.get(payment_id=row.payment_id).minor == row.total_minor

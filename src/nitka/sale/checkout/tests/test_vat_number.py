"""A company writes its VAT number at the checkout: no tax, and the order keeps why."""

import pytest

from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as carts
from nitka.sale.checkout.tests import makers
from nitka.sale.orders.models import Order
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db
NUMBER = "DE136695976"


@pytest.fixture
def token() -> str:
    makers.open_shop()
    pricing.put_tax_place(kind="home", country="PL")
    return makers.ready_cart((makers.goods(1_190), 1))


def view(token: str) -> carts.CheckoutView:
    found = carts.checkout(token, "en")
    assert found is not None
    assert found.quote is not None
    return found


def test_with_a_number_of_another_country_no_tax_is_asked(token: str) -> None:
    before = view(token)
    checkout.fill_in(token=token, vat_number="de 136 695 976")
    after = view(token)
    assert after.vat_number == NUMBER
    assert (before.quote.tax_kind, after.quote.tax_kind) == ("oss", "reverse_charge")  # type: ignore[union-attr]
    assert (after.quote.goods_minor, after.tax_minor) == (1_000, 0)  # type: ignore[union-attr]
    assert after.total_minor == 1_000 + after.delivery_minor + after.payment_fee_minor
    assert after.delivery_minor < before.delivery_minor
    assert after.cart.lines[0].price_changed_from is None


def test_a_number_with_a_mistake_is_refused_and_an_empty_one_taken_back(token: str) -> None:
    checkout.fill_in(token=token, vat_number=NUMBER)
    with pytest.raises(pricing.VatNumberProblem):
        checkout.fill_in(token=token, vat_number="DE136695977")
    assert view(token).vat_number == NUMBER
    checkout.fill_in(token=token, vat_number=" ")
    assert view(token).quote.tax_kind == "oss"  # type: ignore[union-attr]


def test_the_order_keeps_the_number_and_adds_up(token: str) -> None:
    checkout.fill_in(token=token, vat_number=NUMBER)
    seen = view(token)
    done = checkout.place(token=token, key="once", return_url="/en/order/{code}?k={token}")
    order = Order.objects.get(id=done.order_id)
    assert (order.tax_kind, order.vat_number, order.tax_minor) == ("reverse_charge", NUMBER, 0)
    assert "Articles 138" in order.tax_note
    assert order.total_minor == seen.total_minor
    assert order.goods_minor + order.delivery_minor + order.payment_fee_minor == order.total_minor

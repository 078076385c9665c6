"""The page with Stripe's form, and nothing more than that page open to Stripe's hosts."""

from typing import Any

import pytest
from django.test import Client

from nitka.sale.orders.models import Order
from nitka.sale.orders.queries import order_link_token
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.payments.models import Payment
from nitka.sale.payments.tests.conftest import stripe  # noqa: F401 (a fixture)
from nitka.sale.payments.tests.fakes.server import Gateway
from nitka.sale.payments.tests.fakes.stripe_side import confirm
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(stripe: Gateway) -> Order:  # noqa: F811
    open_shop()
    placed = an_order((goods(), 1), payment="stripe", choice="")
    assert placed.next and placed.next.kind == "page"
    return Order.objects.get()


def address(order: Order, page: str = "pay") -> str:
    return f"/en/order/{order.code}/{page}?k={order_link_token(order.id)}"


def test_it_holds_the_secret_of_this_payment_and_opens_to_stripe_alone(
    client: Client, waiting: Order, settings: Any
) -> None:
    settings.NITKA_STRIPE_JS = "https://js.stripe.com/endive/stripe.js"
    answer = client.get(address(waiting))
    assert answer.status_code == 200 and f"{Payment.objects.get().provider_ref}_secret_x" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self' https://js.stripe.com https://*.js.stripe.com" in policy and "unsafe" not in policy
    assert "connect-src 'self' https://api.stripe.com" in policy and "https://hooks.stripe.com" in policy
    assert answer["Cache-Control"] == "no-store, private"
    assert "stripe" not in client.get(address(waiting, "").replace("/?", "?"))["Content-Security-Policy"]


def test_it_is_closed_to_who_may_not_see_the_order(client: Client, waiting: Order) -> None:
    answer = client.get(f"/en/order/{waiting.code}/pay")
    assert answer.status_code == 303 and "secret" not in answer.content.decode()


def test_the_order_leads_to_it_until_it_is_paid(client: Client, waiting: Order, stripe: Gateway) -> None:  # noqa: F811
    shown = client.get(f"/en/order/{waiting.code}?k={order_link_token(waiting.id)}").content.decode()
    assert "Go on to the payment" in shown
    confirm(stripe, Payment.objects.get().provider_ref)
    back = client.get(address(waiting, "return-from-payment"))
    assert back.status_code == 303 and Order.objects.get().status == "paid"
    assert client.get(address(waiting)).status_code == 303


def test_a_gateway_that_is_down_is_said_and_nothing_is_lost(client: Client, waiting: Order, stripe: Gateway) -> None:  # noqa: F811
    stripe.fail("down")
    answer = client.get(address(waiting))
    assert answer.status_code == 503 and "Nothing is lost" in answer.content.decode()
    assert Order.objects.get().status == "awaiting"

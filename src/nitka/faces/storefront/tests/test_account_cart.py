import pytest
from django.conf import settings
from django.test import Client

from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.sale.checkout import queries as checkout
from nitka.sale.checkout.tests import makers as carts
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db


def put(client: Client, token: str) -> None:
    client.cookies[settings.NITKA_CART_COOKIE] = token


def test_the_cart_of_a_visitor_goes_along_through_signing_in_and_to_the_next_browser() -> None:
    pricing.set_up_markets()
    lamp, cup = carts.goods(handle="lamp"), carts.goods(handle="cup")
    phone, laptop = Client(), Client()
    put(phone, carts.a_cart((lamp, 2)))
    sign_in(phone)
    put(laptop, carts.a_cart((cup, 1)))
    sign_in(laptop)
    token = laptop.cookies[settings.NITKA_CART_COOKIE].value
    assert token == phone.cookies[settings.NITKA_CART_COOKIE].value
    assert checkout.cart_badge(token).count == 3

    bare = Client()
    sign_in(bare)
    assert bare.cookies[settings.NITKA_CART_COOKIE].value == token


def test_the_next_person_at_the_screen_does_not_see_the_cart() -> None:
    pricing.set_up_markets()
    client = Client()
    put(client, carts.a_cart((carts.goods(), 1)))
    sign_in(client)
    client.post("/en/account/sign-out")
    assert client.cookies[settings.NITKA_CART_COOKIE].value == ""
    sign_in(client)
    assert checkout.cart_badge(client.cookies[settings.NITKA_CART_COOKIE].value).count == 1


def test_a_cart_begun_after_signing_in_is_the_customers_on_every_device() -> None:
    pricing.set_up_markets()
    lamp, cup = carts.goods(handle="lamp"), carts.goods(handle="cup")
    phone, laptop = Client(), Client()
    sign_in(phone)
    sign_in(laptop)
    phone.post("/en/cart/add", {"variant": str(lamp)})
    laptop.post("/en/cart/add", {"variant": str(cup)})
    token = phone.cookies[settings.NITKA_CART_COOKIE].value
    assert laptop.cookies[settings.NITKA_CART_COOKIE].value == token
    assert checkout.cart_badge(token).count == 2
    view = checkout.cart(token, "en")
    assert {line.variant_id for line in view.lines} == {lamp, cup}

"""Gift cards and store credit on the pages of the shop, without JavaScript."""

import pytest
from django.test import Client
from pytest_django import Settings

from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.faces.storefront.tests.buying import fill, opened, press
from nitka.ground.ids import new_id
from nitka.people.customers import queries as people
from nitka.sale.orders.models import Order
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from tests.cast import ANNA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.NITKA_DEMO = True


def a_card(minor: int) -> payments.IssuedCard:
    return payments.issue_gift_card(minor=minor, currency="EUR", key=str(new_id()))


def test_a_gift_card_typed_at_checkout_pays_a_part(visitor: Client, shop: makers.Shop) -> None:
    card = a_card(500)
    fill(visitor, shop.variants["STONE-CUP"])
    text = opened(visitor, gift_card=card.code.lower())
    assert "Left to pay" in text and f"…{card.code[-4:]}" in text and card.code not in text
    answer = press(visitor, text)
    assert answer.status_code == 303, answer.content.decode()
    order = Order.objects.get()
    assert order.credit_minor == 500 and order.paid and order.payment_method == "demo_card"
    page = visitor.get(answer["Location"], follow=True).content.decode()
    assert "Paid by gift card or store credit" in page


def test_a_large_gift_card_leaves_nothing_to_pay_and_no_choice(visitor: Client, shop: makers.Shop) -> None:
    card = a_card(90_000)
    fill(visitor, shop.variants["STONE-CUP"])
    text = opened(visitor, gift_card=card.code)
    assert "Nothing is left to pay" in text and 'name="payment"' not in text
    answer = press(visitor, text, payment="", choice="")
    assert answer.status_code == 303, answer.content.decode()
    assert Order.objects.get().payment_method == "gift_card"


def test_a_wrong_code_is_said_at_its_field(visitor: Client, shop: makers.Shop) -> None:
    fill(visitor, shop.variants["STONE-CUP"])
    text = opened(visitor, gift_card="GC-0000-0000-0000-0000")
    assert 'aria-describedby="f-gift_card-error"' in text and "We do not know this gift card" in text


def test_the_code_also_works_in_the_field_for_coupons(visitor: Client, shop: makers.Shop) -> None:
    card = a_card(500)
    fill(visitor, shop.variants["STONE-CUP"])
    assert "Left to pay" in opened(visitor, code=card.code)


def test_a_card_can_be_taken_off_again(visitor: Client, shop: makers.Shop) -> None:
    card = a_card(500)
    fill(visitor, shop.variants["STONE-CUP"])
    opened(visitor, gift_card=card.code)
    assert "Left to pay" not in opened(visitor, gift_drop=str(card.account_id))


def test_a_card_that_was_spent_meanwhile_charges_nobody_more_than_they_saw(visitor: Client, shop: makers.Shop) -> None:
    card = a_card(500)
    fill(visitor, shop.variants["STONE-CUP"])
    text = opened(visitor, gift_card=card.code)
    payments.pay_with_credit(reference=new_id(), label="X", account_id=card.account_id, minor=400, key="elsewhere")
    answer = press(visitor, text)
    assert answer.status_code == 422 and "The total changed" in answer.content.decode()
    assert not Order.objects.exists()


def test_store_credit_is_for_who_is_signed_in(client: Client, visitor: Client, shop: makers.Shop) -> None:
    sign_in(client, ANNA.email)
    me = people.customer_by_email(ANNA.email)
    assert me
    payments.grant_credit(customer_id=me.id, minor=300, currency="EUR", key="sorry")
    fill(visitor, shop.variants["STONE-CUP"])
    assert "store credit" not in opened(visitor, email=ANNA.email)
    fill(client, shop.variants["STONE-CUP"])
    assert "Use my store credit" in opened(client)
    text = opened(client, credit_shown="1", use_credit="1")
    assert press(client, text, use_credit="1").status_code == 303
    assert Order.objects.get().credit_minor == 300
    page = client.get("/en/account/credit").content.decode()
    assert "Store credit" in page and Order.objects.get().code in page


def test_unticking_credit_without_counting_anew_orders_nothing(client: Client, shop: makers.Shop) -> None:
    sign_in(client, ANNA.email)
    me = people.customer_by_email(ANNA.email)
    assert me
    payments.grant_credit(customer_id=me.id, minor=300, currency="EUR", key="sorry")
    fill(client, shop.variants["STONE-CUP"])
    text = opened(client, credit_shown="1", use_credit="1")
    assert press(client, text).status_code == 422 and not Order.objects.exists()


def test_the_balance_of_a_card_is_asked_by_post(client: Client, shop: makers.Shop) -> None:
    card = a_card(1250)
    assert client.get("/en/gift-card").status_code == 200
    answer = client.post("/en/gift-card/balance", {"code": card.code})
    assert "12.50" in answer.content.decode() and card.code not in answer.content.decode()
    assert client.post("/en/gift-card/balance", {"code": "GC-1"}).status_code == 422
    assert money.gift_card(card.code).balance_minor == 1250
    assert "Issued" in answer.content.decode()

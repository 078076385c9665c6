"""/<language>/order/<code>/change-…: what a shopper changes until it is packed, without JavaScript."""

from uuid import UUID

import pytest
from django.test import Client

from nitka.faces.storefront.tests.buying import bought
from nitka.faces.storefront.tests.makers import Shop
from nitka.faces.storefront.tests.test_order import order_at, page, way
from nitka.people.accounts.models import User
from nitka.people.customers import actions as customers
from nitka.sale.orders import actions as orders
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.payments import actions as payments
from nitka.sale.shipping import actions as shipping
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing.tests.makers import priced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_for_business(shop: Shop, settings) -> None:
    settings.NITKA_DEMO = True
    shipping.put_built_in_options()


@pytest.fixture
def lamps() -> list[UUID]:
    """Three variants of one lamp, for 19.99, 24.99 and 14.99."""
    made = priced(1999, 2499, 1499)
    inventory.set_stock(levels=[(each, a_location(), 5) for each in made])
    return made


@pytest.fixture
def link(lamps: list[UUID]) -> str:
    placed = an_order((lamps[0], 2))
    return f"/en/order/{placed.code}?k={placed.token}"


def signed_in(link: str) -> Client:
    """A browser of the order's customer."""
    user = User.objects.create_user("max@example.com", password="a long secret")
    customers.link_user(user_id=user.id, email="max@example.com", language="en", market="eu")
    client = Client(headers={"Accept-Language": "en-DE"})
    client.force_login(user)
    return client


def test_the_order_page_offers_what_can_be_changed(visitor: Client, shop: Shop) -> None:
    link = bought(visitor, UUID(shop.variants["STONE-CUP"]), 1)
    text = page(visitor, link)
    for words in ("Change the address", "Take another variant", "Pay another way"):
        assert words in text, words
    orders.pack_order(order_id=order_at(link).id)
    text = page(visitor, link)
    assert "Change the address" not in text and "packed already" in text


def test_another_address(visitor: Client, link: str) -> None:
    text = page(visitor, way(link, "change-address"))
    assert "Hauptstraße 1" in text
    fields = {"name": "Max Fremd", "line1": "Nebenstraße 2", "postcode": "1", "city": "Köln"}
    refused = visitor.post(way(link, "change-address"), fields)
    assert refused.status_code == 422 and "It is right as it stands" in refused.content.decode()
    done = visitor.post(way(link, "change-address"), {**fields, "postcode": "50667"})
    assert done.status_code == 303
    assert order_at(link).shipping_address.city == "Köln"
    assert "Your order is changed" in page(visitor, done["Location"])


def test_another_variant_is_shown_with_its_price_before_it_is_taken(
    visitor: Client, link: str, lamps: list[UUID]
) -> None:
    (line,) = order_at(link).lines
    fields = {f"variant-{line.id}": str(lamps[2]), f"pieces-{line.id}": "1"}
    shown = visitor.post(way(link, "change-items"), {**fields, "step": "look"}).content.decode()
    assert "€5.00 goes back to you." in shown and "It goes back the way you paid." in shown
    assert order_at(link).total_minor == order_at(link).total_minor
    done = visitor.post(way(link, "change-items"), {**fields, "step": "confirm", "means": "original"})
    assert done.status_code == 303
    assert [row.variant_id for row in order_at(link).lines] == [lamps[0], lamps[2]]
    again = visitor.get(way(link, "change-items"))
    assert again.status_code == 409 and "changed so already" in again.content.decode()


def test_nothing_chosen_is_said(visitor: Client, link: str) -> None:
    text = visitor.post(way(link, "change-items"), {"step": "look"}).content.decode()
    assert "Choose another variant of at least one thing." in text


def test_means_are_for_who_is_signed_in(visitor: Client, link: str) -> None:
    order = order_at(link)
    card = payments.issue_gift_card(minor=9000, currency="EUR", key="test", customer_id=order.customer_id)
    word = f"credit:{card.account_id}"
    assert "Sign in to pay" in page(visitor, way(link, "change-payment"))
    refused = visitor.post(way(link, "change-payment"), {"means": word})
    assert refused.status_code == 409 and not order_at(link).credit_minor
    me = signed_in(link)
    assert "€90.00 on it" in page(me, way(link, "change-payment"))
    assert me.post(way(link, "change-payment"), {"means": word}).status_code == 303
    assert order_at(link).credit_minor == order.total_minor


@pytest.mark.parametrize("name", ["change-address", "change-items", "change-payment"])
def test_a_stranger_is_asked_for_the_address(link: str, name: str) -> None:
    answer = Client().get(way(link.partition("?")[0] + "?k=forged", name))
    assert answer.status_code == 303

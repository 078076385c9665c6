"""/<language>/checkout, as a browser without JavaScript walks it."""

import re

import pytest
from django.test import Client

from nitka.faces.storefront.tests.makers import Shop
from nitka.shelf.content import actions as content
from nitka.sale.shipping import actions as shipping

pytestmark = pytest.mark.django_db
BUYER = {"email": "max@example.com", "name": "Max Fremd", "line1": "Hauptstraße 1", "postcode": "10115",
         "city": "Berlin", "country": "DE", "phone": "+49 30 901820"}  # fmt: skip


@pytest.fixture(autouse=True)
def open_for_business(shop: Shop, settings) -> None:
    settings.NITKA_DEMO = True
    shipping.put_built_in_options()


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(version|seen_total|key)" value="([^"]*)"', text))


def test_a_plain_client_buys(visitor: Client, shop: Shop) -> None:
    added = visitor.post("/en/cart/add", {"variant": shop.variants["FONN-CLAY-SMALL"], "quantity": 2})
    assert added.status_code == 303
    print(visitor.get("/en/cart").content.decode())
    opened = visitor.get("/en/checkout")
    assert opened.status_code == 200
    updated = visitor.post("/en/checkout/update", BUYER)
    assert updated.status_code == 200
    text = updated.content.decode()
    print(text)
    delivery = re.search(r'name="delivery"[^>]*value="(\w+)"', text)[1]
    placed = visitor.post("/en/checkout/place", {**BUYER, **hidden(text), "delivery": delivery, "payment": "demo_card", "choice": "success"})
    print(placed.content.decode())
    assert placed.status_code == 303
    order = visitor.get(placed["Location"])
    assert "NK-" in order.content.decode()
    print(order.content.decode())

"""Walking to an order as a browser without JavaScript does, for the tests of checkout and order."""

import re

from django.test import Client

BUYER = {"email": "max@example.com", "name": "Max Fremd", "line1": "Hauptstraße 1", "postcode": "10115",
         "city": "Berlin", "country": "DE", "phone": "+49 30 901820"}  # fmt: skip
CARD = {"payment": "demo_card", "choice": "success"}


def hidden(text: str) -> dict[str, str]:
    """What the form of the checkout holds beside the shopper's own fields."""
    return dict(
        re.findall(
            r'<input type="hidden" name="(version|seen_total|seen_due|seen_more|key|credit_shown)" value="([^"]*)"',
            text,
        )
    )


def fill(client: Client, variant: object, quantity: int = 1) -> None:
    client.post("/en/cart/add", {"variant": variant, "quantity": quantity})


def opened(client: Client, **buyer: str) -> str:
    """The page of the checkout with everything typed."""
    return client.post("/en/checkout/update", {**BUYER, **buyer}).content.decode()


def form(text: str, **fields: str) -> dict[str, str]:
    """What the order button sends."""
    delivery = re.search(r'name="delivery" value="(\w+)" checked', text)
    return {**BUYER, **hidden(text), "delivery": delivery[1] if delivery else "", **CARD, **fields}


def press(client: Client, text: str, **fields: str):
    """The order button of that page."""
    return client.post("/en/checkout/place", form(text, **fields))


def bought(client: Client, variant: object, quantity: int = 1, **fields: str) -> str:
    """The address of the page of an order that was placed just now."""
    fill(client, variant, quantity)
    answer = press(client, opened(client), **fields)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]

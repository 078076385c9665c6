"""Goods in a shop, and carts that are ready to be ordered, for tests."""

from uuid import UUID

from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import actions as checkout
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing.tests.makers import priced

BERLIN = PostalAddress(name="Max Fremd", line1="Hauptstraße 1", postcode="10115", city="Berlin", country="DE")
PRICE = 1999

__all__ = ["BERLIN", "PRICE", "a_cart", "goods", "open_shop", "ready_cart", "sell"]


def sell(*minors: int, stock: int = 50, handle: str = "lamp") -> list[UUID]:
    """Variants with these prices in EUR (and ten times as many in PLN), so many of each in stock."""
    made = priced(*minors, handle=handle)
    pricing.set_prices(prices=[(each, "pl", minor * 4, None) for each, minor in zip(made, minors, strict=True)])
    inventory.set_stock(levels=[(each, a_location(), stock) for each in made])
    return made


def goods(minor: int = PRICE, *, stock: int = 50, handle: str = "lamp") -> UUID:
    """One variant that is sold in EUR and PLN."""
    return sell(minor, stock=stock, handle=handle)[0]


def a_cart(*lines: tuple[UUID, int], market: str = "eu", language: str = "en", token: str | None = None) -> str:
    """The token of a cart with these lines."""
    for variant_id, quantity in lines:
        token = checkout.add_to_cart(
            token=token, variant_id=variant_id, quantity=quantity, market=market, language=language
        ).token
    assert token
    return token


def ready_cart(
    *lines: tuple[UUID, int], payment: str = "demo_card", choice: str = "success", email: str = "max@example.com",
    delivery: str = "", market: str = "eu", address: PostalAddress = BERLIN, language: str = "en",
) -> str:  # fmt: skip
    """The token of a cart of which nothing is missing."""
    token = a_cart(*lines, market=market, language=language)
    checkout.fill_in(
        token=token, email=email, shipping_address=address, delivery=delivery, payment=payment, payment_choice=choice
    )
    return token

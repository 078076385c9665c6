"""Markets and prices, for tests."""

from uuid import UUID

from nitka.shelf.inventory.tests.makers import variants
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing.queries import Basket, BasketLine, Buyer, buyer_key

ANNA = Buyer(key=buyer_key("anna@example.com"))
STRANGER = Buyer()


def markets() -> None:
    """The six markets and tax rates that a new shop starts with."""
    pricing.set_up_markets()


def priced(*minors: int, market: str = "eu", handle: str = "lamp", tax_class: str = "standard") -> list[UUID]:
    """Variants of one product with these prices, in this order."""
    made = variants(len(minors), handle=handle, tax_class=tax_class)
    pricing.set_prices(prices=[(each, market, minor, None) for each, minor in zip(made, minors, strict=True)])
    return made


def basket(*lines: tuple[UUID, int], market: str = "eu", country: str = "PL", **more: object) -> Basket:
    """A basket of (variant, quantity)."""
    return Basket(lines=tuple(BasketLine(*line) for line in lines), market=market, country=country, **more)

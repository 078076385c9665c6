"""Goods to wish for, and those who wish."""

from uuid import UUID

from nitka.growth.wishes.queries import Owner
from nitka.people.customers import actions as customers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing.tests import makers as goods
from tests.cast import Person


def a_product(minor: int = 10000, pieces: int = 3, *, handle: str = "lamp") -> tuple[UUID, UUID]:
    """A product with one variant at that price in the market eu: (product, variant)."""
    (variant,) = goods.priced(minor, handle=handle)
    inventory.set_stock(levels=[(variant, a_location(), pieces)])
    return catalog.products_of_variants([variant])[variant], variant


def costs(variant: UUID, minor: int) -> None:
    pricing.set_prices(prices=[(variant, "eu", minor, None)])


def lies(variant: UUID, pieces: int) -> None:
    inventory.set_stock(levels=[(variant, a_location(), pieces)])


def owner(person: Person) -> Owner:
    """A customer with that address."""
    return Owner(customer_id=customers.recognise(email=person.email, language=person.language, market="eu"))

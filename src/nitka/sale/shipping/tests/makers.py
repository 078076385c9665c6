"""A shop with a warehouse and ways of delivery, for tests."""

from datetime import UTC, datetime

from nitka.sale.shipping import actions as shipping
from nitka.shelf.content import actions as content
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing.tests.makers import markets

# A Wednesday without a holiday near it, ten in the morning in Gdańsk.
WEDNESDAY = datetime(2026, 9, 16, 8, 0, tzinfo=UTC)


def open_shop() -> None:
    """Markets, a warehouse in Gdańsk, the four built-in options, an account at a bank."""
    markets()
    a_location()
    shipping.put_built_in_options()
    content.set_shop(
        name="Tråd", legal_name="Tråd sp. z o.o.", vat_number="PL5252445767", line1="ul. Długa 1", postcode="80-831",
        city="Gdańsk", country="PL", email="shop@example.com", iban="PL61109010140000071219812874", bic="WBKPPLPP",
        zone="Europe/Warsaw",
    )  # fmt: skip

"""Between tests nothing is remembered: every test has a shop of its own."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    from nitka.sale.checkout import queries as checkout
    from nitka.sale.companies import queries as companies
    from nitka.sale.payments import queries as payments
    from nitka.sale.shipping import queries as shipping
    from nitka.shelf.content import queries as content
    from nitka.shelf.pricing import queries as pricing

    for domain in (checkout, companies, payments, shipping, content, pricing):
        domain.forget()

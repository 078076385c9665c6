"""A small shop, its index, and a browser without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.shelf.search.tests.conftest import own_index

__all__ = ["own_index"]


@pytest.fixture
def shop(db: None, own_index: Path) -> Iterator[makers.Shop]:
    """Two categories, three products with prices and stock, pages to read; all caches empty."""
    makers.forget()
    yield makers.small_shop()
    makers.forget()


@pytest.fixture
def visitor(shop: makers.Shop) -> Client:
    """Somebody from Germany who reads English."""
    return Client(headers={"Accept-Language": "en-DE"})

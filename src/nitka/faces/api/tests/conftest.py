from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from nitka.sale.shipping.tests.makers import open_shop as place_the_shop
from nitka.shelf.search.tests.conftest import own_index  # noqa: F401
from nitka.shelf.search.tests.shop import open_shop


@pytest.fixture
def shop(db: None, own_index: Path, settings: object) -> Iterator[dict[str, UUID]]:  # noqa: F811
    """Four products, ten pieces of each, sold in Europe; all deliveries and payments."""
    place_the_shop()
    yield open_shop()

"""A shop that sells in the markets of a new one."""

import pytest

from nitka.shelf.pricing.tests import makers as goods


@pytest.fixture(autouse=True)
def _markets(db: None) -> None:
    goods.markets()

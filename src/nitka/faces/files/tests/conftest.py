"""A shop whose goods are told in feeds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from nitka.faces.files.tests import feed_shop
from nitka.shelf.search.tests.conftest import own_index

__all__ = ["own_index"]


@pytest.fixture
def reader(db: None, own_index: Path, tmp_path: Path, settings: object) -> Iterator[Client]:
    """Who reads feeds, in a shop with three products."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    settings.FEEDS_ROOT = tmp_path / "feeds"  # type: ignore[attr-defined]
    feed_shop.forget()
    feed_shop.open_shop(tmp_path)
    yield Client()
    feed_shop.forget()

from collections.abc import Iterator
from pathlib import Path

import pytest

from nitka.shelf.search.reader import Reader
from nitka.shelf.search.tests.makers import small_index


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The small shop, indexed once for each file of tests."""
    return small_index(tmp_path_factory.mktemp("index"))


@pytest.fixture
def own_index(tmp_path: Path, settings: object) -> Iterator[Path]:
    """An index folder of this test alone."""
    from nitka.shelf.search import follow

    settings.NITKA_HOME = tmp_path  # type: ignore[attr-defined]
    yield tmp_path
    for _shelf, follower in follow._shelves.values():
        follower.close()
    follow._shelves.clear()

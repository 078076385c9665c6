"""One running demo shop for all tests that need one: journeys in a browser, and the storefront without a face."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo import Shop, free_port, start_demo, stop_demo


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The demo that all journeys share. NITKA_JOURNEYS_HOME keeps its folder, for a quicker start while one writes."""
    kept = os.environ.get("NITKA_JOURNEYS_HOME")
    running = start_demo(Path(kept) if kept else tmp_path_factory.mktemp("demo"), free_port())
    yield running
    stop_demo(running)

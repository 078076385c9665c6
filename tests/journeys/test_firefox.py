"""Every kind of page in another engine than the one of the other journeys: it stands as it should and nothing complains."""

from collections.abc import Iterator

import pytest

from tests.demo import Shop
from tests.journeys.firefox import PROGRAM, Firefox, running
from tests.journeys.looks import STICKS_OUT
from tests.journeys.page_kinds import PLAIN

pytestmark = [pytest.mark.browser, pytest.mark.skipif(PROGRAM is None, reason="no Firefox; bin/setup says how")]
# What no page of a shop is: something wider than ten screens, something as high as no page is, a picture that did not come.
BEYOND = """[...document.querySelectorAll("body *")].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width > 10 * innerWidth || box.height > 300 * innerHeight || (node.tagName === "IMG" && node.complete && node.currentSrc && !node.naturalWidth);
}).slice(0, 4).map((node) => node.outerHTML.slice(0, 100))"""
LEFT = """performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).origin !== location.origin)"""


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    with running() as browser:
        yield browser


@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_stands(firefox: Firefox, shop: Shop, width: int) -> None:
    firefox.size(width, 844)
    for kind, path in (each for each in PLAIN.items() if each[0] != "model"):  # without a screen it draws no WebGL
        firefox.open(shop.base + path)
        assert firefox.evaluate(f"({STICKS_OUT})()") == [], kind
        assert firefox.evaluate(BEYOND) == [], kind
        assert firefox.evaluate(LEFT) == [], kind
    assert firefox.faults == []

"""Deciding: a model in one's own hands, pictures close up, two things side by side."""

import json
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo import Shop
from tests.journeys.conftest import CHROMIUM, QUIET, OpenBrowser
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser
CHAIR = "/en/p/lind-dining-chair/"
# What draws three dimensions where there is no graphics card.
DRAWN_BY_HAND = ["--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader"]
MODEL_MS = 90_000


def triangle() -> bytes:
    """The smallest model there is: one triangle of a metre, in a .glb."""
    corners = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    document: dict[str, Any] = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "buffers": [{"byteLength": len(corners)}], "bufferViews": [{"buffer": 0, "byteLength": len(corners)}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3",
                       "min": [0, 0, 0], "max": [1, 1, 0]}],
    }  # fmt: skip
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    body = struct.pack("<II", len(text), 0x4E4F534A) + text + struct.pack("<II", len(corners), 0x004E4942) + corners
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


@pytest.fixture(scope="module")
def drawing_chromium(chromium: Browser) -> Iterator[Browser]:
    arguments = [*QUIET, *DRAWN_BY_HAND, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def models(shop: Shop, owner_state: Any, chromium: Browser) -> None:
    """The owner uploads a model of the chair: a stranger's, where there is one at hand."""
    foreign = Path(os.environ.get("NITKA_DATA", "")) / "ar" / "WickerChair.glb"
    content = foreign.read_bytes() if os.environ.get("NITKA_DATA") and foreign.exists() else triangle()
    (product,) = shop.rows("SELECT id FROM catalog_products WHERE handle = 'lind'")
    context = chromium.new_context(base_url=shop.base, locale="en-US", storage_state=owner_state)
    page = context.new_page()
    page.goto(f"/back/products/{product[0]}/")
    page.set_input_files("#files", {"name": "chair.glb", "mimeType": "model/gltf-binary", "buffer": content})
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("1 file was added")).to_be_visible()
    context.close()


def shown(page: Page, path: str, selector: str) -> None:
    """The page once the shop's rows have caught up with what the owner did."""
    for _turn in range(20):
        page.goto(path)
        if page.locator(selector).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{selector} never came to {path}")


@pytest.mark.usefixtures("models")
def test_a_model_loads_in_its_frame_and_nothing_is_asked_of_anybody_else(shop: Shop, drawing_chromium: Browser) -> None:
    watch = Watch(shop.base)
    context = drawing_chromium.new_context(base_url=shop.base, locale="en-IE", reduced_motion="reduce")
    watch.over(context)
    page = context.new_page()
    fetched: list[str] = []
    context.on("request", lambda request: fetched.append(request.url))
    shown(page, CHAIR, "a[data-model]")
    assert not any("model-viewer" in url or url.endswith(".glb") for url in fetched)
    page.get_by_role("link", name="See it in 3-D").click()
    frame = page.frame_locator("#in-room iframe")
    frame.locator("body[data-loaded]").wait_for(state="attached", timeout=MODEL_MS)
    expect(frame.get_by_text("Point your phone's camera here")).to_be_visible()
    assert any(url.endswith(".glb") for url in fetched)
    page.get_by_role("button", name="Close").last.click()
    assert page.locator("#in-room iframe").count() == 0
    context.close()
    assert watch.faults == []


@pytest.mark.usefixtures("models")
def test_without_javascript_the_model_has_a_page_with_the_files(shop: Shop, open_browser: OpenBrowser) -> None:
    page = open_browser("eu", java_script_enabled=False).new_page()
    shown(page, CHAIR, "a[data-model]")
    page.get_by_role("link", name="See it in 3-D").click()
    expect(page.get_by_role("link", name="Download the model")).to_be_visible()


def test_pictures_come_close_by_keyboard_alone(page: Page) -> None:
    page.goto(CHAIR)
    picture = page.locator("a[data-zoom]").first
    picture.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Pictures of")
    expect(dialog.get_by_text("1 of")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("2 of")).to_be_visible()
    page.keyboard.press("+")
    expect(page.locator("#zoom[data-close-up]")).to_be_attached()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("a[data-zoom]").nth(1)).to_be_focused()


def test_two_things_are_put_aside_on_a_shelf_and_compared(page: Page) -> None:
    page.goto("/en/c/chairs-benches/")
    for name in ("Lind dining chair", "Vik stool"):
        page.get_by_role("button", name=f"Compare {name}").focus()
        page.keyboard.press("Enter")
    expect(page.get_by_text("2 to compare")).to_be_visible()
    page.locator("#comparing").get_by_role("link", name="Compare").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    expect(page.get_by_role("row", name="Price").locator("[data-best]")).to_have_count(1)
    page.get_by_role("link", name="Take Vik stool away").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    page.goto(CHAIR)
    expect(page.get_by_text("1 to compare")).to_be_visible()
    expect(page.get_by_role("button", name="Compare with others")).to_have_attribute("aria-pressed", "true")


def test_it_is_asked_whether_it_fits_and_answered_in_place(page: Page) -> None:
    page.goto(CHAIR)
    page.get_by_text("Will it fit?").click()
    page.get_by_label("Width (cm)").fill("60")
    page.get_by_role("button", name="Does it fit?").click()
    expect(page.get_by_text("It fits:")).to_be_visible()
    assert page.url.endswith(CHAIR)

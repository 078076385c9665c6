"""A browser before the shop that keeps pictures of what it sees, none of them heavy."""

import io
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "gallery"
MOST_BYTES = 70 * 1024
SIZES = {"desk": (1280, 860), "tall": (1280, 1440), "phone": (390, 844)}
PATIENCE_MS = 45_000
# A person's browser, so that the visits that the pictures show are those of a person.
CHROMIUM = ["--disable-gpu", "--disable-blink-features=AutomationControlled", "--hide-scrollbars"]
# What draws three dimensions where there is no graphics card; too slow for everything else.
DRAWN_BY_HAND = ["--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader"]
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
# All that is about to be seen is here and at rest: letters, pictures, colours.
AT_REST = """async () => {
  const seen = [...document.images].filter((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth;
  });
  const come = async (one) => {
    if (!one.complete) await new Promise((done) => { one.onload = one.onerror = done; });
    await one.decode().catch(() => null);
  };
  const rest = Promise.all([
    document.fonts.ready,
    ...seen.map(come),
    ...document.getAnimations().map((each) => each.finished.catch(() => null)),
  ]);
  await Promise.race([rest, new Promise((done) => setTimeout(done, 30000))]);
}"""


@dataclass
class Camera:
    """Opens windows, and keeps what is asked for of what they show."""

    browser: Browser
    address: str
    only: frozenset[str] = frozenset()  # empty: all
    kept: list[str] = field(default_factory=list)

    def window(
        self, language: str = "en-IE", size: str = "desk", *, dark: bool = False, state: Any = None
    ) -> Page:  # fmt: skip
        """A window of somebody who has never been here, or whose cookies `state` holds."""
        width, height = SIZES[size]
        context = self.browser.new_context(
            base_url=self.address, locale=language, viewport={"width": width, "height": height}, storage_state=state,
            color_scheme="dark" if dark else "light", reduced_motion="reduce", user_agent=PERSON,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        context.set_default_navigation_timeout(PATIENCE_MS)
        return context.new_page()

    def keep(self, page: Page, name: str, at: str = "") -> None:
        """A picture of what stands in the window now, from the top or from the element `at` on."""
        if self.only and name not in self.only:
            return
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement?.blur()")
        page.evaluate(TO_PLACE, at)
        page.evaluate(AT_REST)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        made = lightest(lambda quality: _webp(picture, quality))
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{name}.webp").write_bytes(made)
        self.kept.append(name)

    def show(self, page: Page, path: str, name: str, at: str = "") -> None:
        """Open a page and keep a picture of it."""
        if self.only and name not in self.only:
            return
        page.goto(path)
        self.keep(page, name, at)


TO_PLACE = """(at) => {
  const head = document.querySelector(".masthead");
  const held = head && ["sticky", "fixed"].includes(getComputedStyle(head).position) ? head.offsetHeight : 0;
  const found = at && document.querySelector(at);
  if (at && !found) throw new Error(`nothing here is ${at}`);
  scrollTo(0, found ? found.getBoundingClientRect().top + scrollY - held - 24 : 0);
}"""


@contextmanager
def camera(address: str, only: frozenset[str]) -> Iterator[Camera]:
    """A browser that is closed afterwards."""
    with sync_playwright() as playwright:
        browser = _start(playwright.chromium)
        yield Camera(browser, address, only)
        browser.close()


@contextmanager
def drawing(seen: Camera) -> Iterator[Camera]:
    """The same, in a browser that draws models too."""
    browser = _start(seen.browser.browser_type, DRAWN_BY_HAND)
    yield replace(seen, browser=browser)
    browser.close()


def _start(chromium: BrowserType, more: Sequence[str] = ()) -> Browser:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise SystemExit("No Chromium on this machine; bin/setup says how to get it.")
    unboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
    return chromium.launch(executable_path=program, args=[*CHROMIUM, *more, *unboxed])


def lightest(make: Callable[[int], bytes]) -> bytes:
    """The best quality that is still light; halving, since each try costs more than the picture itself."""
    low, high, best = 30, 86, b""
    while low <= high:
        quality = (low + high) // 2
        made = make(quality)
        if len(made) <= MOST_BYTES:
            low, best = quality + 8, made
        else:
            high = quality - 8
    if not best:
        raise SystemExit(f"A picture stays above {MOST_BYTES // 1024} KB.")
    return best


def _webp(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=quality, method=4)
    return file.getvalue()

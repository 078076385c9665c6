"""A real Chromium, and the people who sit before it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.demo import Shop
from tests.journeys.watch import Watch

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
WAIT_MS = 15_000
# What the browser of a shopper of each language says of itself; "en" buys in the United States, "eu" in the Union.
LOCALES = {"eu": "en-IE", "en": "en-US", "bg": "bg-BG", "hy": "hy-AM", "nb": "nb-NO", "pl": "pl-PL", "ru": "ru-RU"}
expect.set_options(timeout=WAIT_MS)

OpenBrowser = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; bin/setup says how to get it")
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, shop: Shop) -> Iterator[OpenBrowser]:
    """Opens fresh browsers of people who have never been here, and at the end says what their browsers complained of."""
    watch, contexts = Watch(shop.base), []

    def open_one(language: str = "eu", **options: Any) -> BrowserContext:
        locale = LOCALES[language]
        context = chromium.new_context(base_url=shop.base, locale=locale, reduced_motion="reduce", **options)
        context.set_default_timeout(WAIT_MS)
        context.set_default_navigation_timeout(WAIT_MS)
        watch.over(context)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def visitor(open_browser: OpenBrowser) -> BrowserContext:
    """Somebody in the European Union who reads English."""
    return open_browser("eu")


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    return visitor.new_page()


@pytest.fixture(scope="session")
def owner_state(chromium: Browser, shop: Shop) -> Any:
    """The owner's browser after they followed the link that the demo printed: it signs in once."""
    context = chromium.new_context(base_url=shop.base, locale="en-US")
    page = context.new_page()
    page.goto(shop.back_office_link)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{shop.base}/back/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def office(open_browser: OpenBrowser, owner_state: Any) -> Page:
    """A window of the back office with the owner before it."""
    return open_browser(storage_state=owner_state, viewport={"width": 1280, "height": 900}).new_page()

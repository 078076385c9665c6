"""The shop on a phone: it can be put on the home screen, and cart and orders can be read where there is no net."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo import Shop
from tests.journeys.conftest import OpenBrowser

pytestmark = pytest.mark.browser
CUP = "/en/p/kopp-stoneware-cup/"
READY = "async () => { await navigator.serviceWorker.ready; return Boolean(navigator.serviceWorker.controller) }"


def with_worker(page: Page, path: str = "/en/") -> None:
    """The worker is in charge of this window and has kept the page for when there is no net."""
    page.goto(path)
    page.wait_for_function(READY)
    page.wait_for_function("async () => Boolean(await caches.match('/en/offline'))")


def kept(page: Page, path: str) -> None:
    page.wait_for_function("async (path) => Boolean(await (await caches.open('nitka-own')).match(path))", arg=path)


def test_it_can_be_installed(page: Page) -> None:
    with_worker(page)
    session = page.context.new_cdp_session(page)
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    found = session.send("Page.getAppManifest")
    assert found["errors"] == [] and found["url"].endswith("/en/manifest.webmanifest")


def test_without_a_net_there_are_the_cart_and_a_page_that_says_so(chromium: Browser, shop: Shop) -> None:
    # Unwatched: a browser without a net complains of every picture.
    context = chromium.new_context(base_url=shop.base, locale="en-IE")
    page = context.new_page()
    with_worker(page, CUP)
    page.get_by_role("button", name="Add to cart").first.click()
    expect(page.locator("#drawer, #cart-page").get_by_text("Kopp").first).to_be_visible()
    page.goto("/en/cart")
    kept(page, "/en/cart")
    context.set_offline(True)
    page.goto("/en/c/lamps/")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name="Cart", exact=True).last.click()
    expect(page.get_by_text("You see this page as it was")).to_be_visible()
    expect(page.locator("#main").get_by_text("Kopp").first).to_be_visible()
    assert page.locator("#main button:not([disabled])").count() == 0
    context.set_offline(False)
    expect(page.locator("html[data-kept]")).to_have_count(0)
    context.close()


def test_what_was_kept_goes_at_sign_out_and_by_its_button(open_browser: OpenBrowser) -> None:
    page = open_browser("eu").new_page()
    with_worker(page)
    page.goto("/en/cart")
    kept(page, "/en/cart")
    page.goto("/en/offline")
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    page.get_by_role("button", name="Remove them now").click()
    expect(page.get_by_text("Kept on this device")).to_be_hidden()
    page.goto("/en/cart")
    kept(page, "/en/cart")
    page.evaluate("() => fetch('/en/account/sign-out', { method: 'POST' })")
    page.wait_for_function("async () => !(await caches.has('nitka-own'))")


def test_the_worker_leaves_the_office_and_the_checkout_alone(office: Page, shop: Shop) -> None:
    with_worker(office)
    office.goto("/back/")
    office.goto("/en/checkout")
    names = office.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat()"
    )
    assert not [name for name in names if name.startswith("/back/") or "checkout" in name]

"""From order to delivery: the back office in one window, the shopper in another. Nobody reloads."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import ANNA
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser
LIVE_MS = 5_000  # the pages ask each second; a busy machine may need a little more


def test_an_order_is_followed_to_its_delivery(open_browser: OpenBrowser, office: Page) -> None:
    shopper = Shopper(open_browser("pl").new_page(), ANNA)
    page = shopper.page
    office.goto("/back/orders/")
    expect(office.locator("[data-live-state=live]")).to_have_count(1)
    office.evaluate("window.notReloaded = true")

    code = shopper.buy("kubek-kopp")
    row = office.locator(f"tr[data-href='/back/orders/{code}/']")
    expect(row).to_be_visible(timeout=LIVE_MS)
    expect(row).to_contain_text(ANNA.name)
    assert office.evaluate("window.notReloaded"), "the order appears without a reload"
    shopper.mail_about(code, "Your order %(code)s at %(shop)s")
    page.evaluate("window.notReloaded = true")

    row.get_by_role("link", name=code).click()
    expect(office.locator("h1")).to_contain_text(code)
    office.locator("form[action$='/pack'] button").click()
    seen_by_shopper(page, "packed")
    shopper.mail_about(code, "Your order %(code)s is packed")

    office.locator("form[action$='/ship'] button").click()
    seen_by_shopper(page, "shipped")
    number = page.locator("#order-live .parcel").inner_text().split()[-1]
    assert len(number) > 6
    expect(office.locator("main")).to_contain_text(number)
    assert number in shopper.mail_about(code, "Your order %(code)s is on its way")

    office.locator("form[action$='/deliver'] button").click()
    seen_by_shopper(page, "delivered")
    shopper.mail_about(code, "Your order %(code)s was delivered")
    assert page.evaluate("window.notReloaded"), "the shopper's page followed by itself"
    expect(page.locator("#order-live li[data-state=promised]")).to_have_count(0)

    office.goto("/back/audit/")
    expect(office.locator("main tr", has_text=code)).to_have_count(
        3
    )  # packed, shipped, delivered, each with who and when


def seen_by_shopper(page: Page, status: str) -> None:
    expect(page.locator(f"#order-live .state[data-state={status}]")).to_be_visible(timeout=LIVE_MS)

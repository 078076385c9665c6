"""A coupon: shown where it can be used, used with one press or by hand, once for each customer."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cast import STRANGER, Person
from tests.demo import Shop
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser


def test_a_coupon_saves_once(visitor: BrowserContext, shop: Shop) -> None:
    # Somebody else in each demo, also where its folder was kept: their one use may be spent.
    email = f"saver{shop.base.rsplit(':')[-1]}@example.org"
    shopper = Shopper(visitor.new_page(), Person("Max Fremd", email, "en", "eu", STRANGER.address))
    page = shopper.page
    page.goto("/en/")
    shopper.add_quickly("kopp-mug")
    shopper.drawer.get_by_text("I have a code").click()
    shopper.drawer.get_by_label("Code", exact=True).fill("NOSUCHCODE")
    shopper.drawer.get_by_role("button", name="Use", exact=True).click()
    expect(shopper.drawer.locator(".field-error")).to_be_visible()

    shopper.drawer.get_by_role("button", name="Use WELCOME10").click()
    expect(shopper.drawer.locator(".code-used")).to_contain_text("WELCOME10")
    saved = shopper.drawer.locator("dd.saved").inner_text()
    assert "2.20" in saved, "10 % of 22.00"

    shopper.to_checkout()
    summary = page.locator("#checkout-summary")
    expect(summary.locator("dd.saved")).to_have_text(saved)
    summary.get_by_role("button", name="Remove: WELCOME10").click()
    expect(summary.locator("dd.saved")).to_have_count(0)
    summary.get_by_text("I have a code").click()
    summary.get_by_label("Code", exact=True).fill("welcome10")
    summary.get_by_role("button", name="Use", exact=True).click()
    expect(summary.locator("dd.saved")).to_have_text(saved)
    shopper.fill_in()
    shopper.choose_delivery()
    shopper.choose_payment("demo_card", "success")
    total = page.locator(".pay b").inner_text()
    shopper.order()
    shopper.arrived()
    expect(page.locator(".order-papers dd.saved")).to_have_text(saved)
    expect(page.locator(".order-papers dd.total")).to_have_text(total)

    shopper.add_quickly("kopp-mug")
    shopper.to_checkout()
    shopper.fill_in()
    if page.locator("#f-code").is_hidden():
        summary.get_by_text("I have a code").click()
    page.locator("#f-code").fill("WELCOME10")
    summary.get_by_role("button", name="Use", exact=True).click()
    expect(summary.locator(".field-error, .code-used .why").first).to_be_visible()
    expect(summary.locator("dd.saved")).to_have_count(0)

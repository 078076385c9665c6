"""Two tabs, one cart."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cast import STRANGER
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser


def test_two_tabs_share_one_cart(visitor: BrowserContext) -> None:
    one, other = (Shopper(visitor.new_page(), STRANGER) for _ in range(2))
    one.page.goto("/en/")
    expect(one.page.locator("#cart-badge b")).to_have_count(0)
    other.add_quickly("kopp-mug")
    other.add_quickly("pute-linen-cushion")
    expect(other.page.locator("#cart-badge b")).to_have_text("2")

    one.page.locator("#cart-badge").click()
    lines = one.drawer.locator(".lines li")
    expect(lines).to_have_count(2)
    expect(one.page.locator("#cart-badge b")).to_have_text("2")

    mug = lines.filter(has_text="Kopp mug")
    mug.get_by_role("button", name="Remove").click()
    expect(lines).to_have_count(1)
    expect(one.drawer.locator(".undo")).to_contain_text("Kopp mug")
    # The other tab still shows the mug; what it does to it is said kindly, and no line is lost.
    still = other.drawer.locator(".lines li").filter(has_text="Kopp mug")
    still.get_by_role("button", name="Remove").click()
    expect(other.drawer.locator(".lines li")).to_have_count(1)

    one.drawer.get_by_role("button", name="Put it back").click()
    expect(lines).to_have_count(2)
    other.page.goto("/en/cart")
    expect(other.page.locator(".cart-page .lines li")).to_have_count(2)
    expect(other.page.locator("#cart-badge b")).to_have_text("2")


def test_an_emptied_cart_comes_back_whole(visitor: BrowserContext) -> None:
    shopper = Shopper(visitor.new_page(), STRANGER)
    shopper.add_quickly("kopp-mug")
    shopper.add_quickly("pute-linen-cushion")
    shopper.page.goto("/en/cart")
    lines = shopper.page.locator(".cart-page .lines li")
    expect(lines).to_have_count(2)
    shopper.page.get_by_role("button", name="Empty the cart").click()
    expect(lines).to_have_count(0)
    expect(shopper.page.locator("#cart-badge b")).to_have_count(0)
    shopper.page.get_by_role("button", name="Put all back").click()
    expect(lines).to_have_count(2)
    expect(shopper.page.locator("#cart-badge b")).to_have_text("2")

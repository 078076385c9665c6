"""A promotion is made in the back office, tried on a sample cart, and used by a shopper a moment later."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import STRANGER, Person
from tests.journeys.shopper import Shopper, eventually

pytestmark = pytest.mark.browser


def test_a_new_promotion_counts_at_once(visitor: BrowserContext, office: Page) -> None:
    office.goto("/back/settings/promotions/new/")
    office.get_by_label("For you").fill("Linen by the metre, a fifth off")
    office.get_by_label("Kind").select_option(value="percent")
    office.get_by_label("Per cent off").fill("20")
    office.locator("#f-products").fill("TR-LIN-NATURAL")
    office.get_by_role("button", name="Save").click()
    expect(office.locator("h1")).to_have_text("Linen by the metre, a fifth off")
    try:
        shopper = Shopper(visitor.new_page(), Person("Max Fremd", "promo@example.org", "en", "eu", STRANGER.address))
        page = shopper.page
        page.goto("/en/")
        shopper.add_quickly("lin-linen-by-the-metre")
        page.goto("/en/cart")
        saved = page.locator("dd.saved").first
        eventually(page, lambda: saved.count() or not page.reload() or saved.count())
        expect(saved).to_have_text("−€5.80")  # 20 % of 29.00
        page.get_by_role("link", name="To the checkout").click()
        shopper.fill_in()
        shopper.choose_delivery()
        shopper.choose_payment("demo_card", "success")
        shopper.order()
        shopper.arrived()
        expect(page.locator(".order-papers dd.saved")).to_have_text("−€5.80")
    finally:
        office.get_by_role("button", name="End it").click()
    expect(office.get_by_role("button", name="End it")).to_have_count(0)

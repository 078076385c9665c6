"""A gift card is made in the back office, pays what is on it, and a card pays the rest."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import STRANGER, Person
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser


def test_a_gift_card_pays_a_part(visitor: BrowserContext, office: Page) -> None:
    office.goto("/back/gift-cards/")
    office.get_by_text("Make a gift card").first.click()
    office.get_by_label("Amount").fill("15")
    office.get_by_label("Currency").select_option("EUR")
    office.get_by_role("button", name="Make the gift card").click()
    found = re.search(r"GC(-\w{4}){4}", office.locator("main").inner_text())
    assert found, "the code is shown once"

    shopper = Shopper(visitor.new_page(), Person("Max Fremd", "gift@example.org", "en", "eu", STRANGER.address))
    page = shopper.page
    page.goto("/en/")
    shopper.add_quickly("pute-linen-cushion")
    shopper.to_checkout()
    shopper.fill_in()
    shopper.choose_delivery()
    page.get_by_text("I have a gift card").click()
    page.locator("#f-gift_card").fill("GC-NONE-NONE-NONE-NONE")
    page.locator(".gift").get_by_role("button", name="Use").click()
    expect(page.locator("#f-gift_card-error")).to_be_visible()
    page.locator("#f-gift_card").fill(found.group(0).lower())
    page.locator(".gift").get_by_role("button", name="Use").click()
    expect(page.locator(".credit .code-used")).to_contain_text("pays €15.00")
    shopper.choose_payment("demo_card", "success")
    shopper.order()
    shopper.arrived()
    sums = page.locator(".order-papers .sums")
    expect(sums).to_contain_text("Paid by gift card or store credit")
    expect(sums).to_contain_text("−€15.00")
    expect(page.locator("#order-live .state[data-state=paid]")).to_be_visible()

    office.goto("/back/gift-cards/")
    row = office.locator("tr", has_text=found.group(0)[-4:])
    expect(row).to_contain_text("spent")

"""A parcel will come later than promised: the shopper is told before they ask, and chooses. Sofie of the demo waits."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cast import STRANGER, Person
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser
SOFIE = Person("Sofie Holm", "sofie@people.example", "en", "eu", STRANGER.address)


def test_whoever_waits_too_long_is_told_and_chooses(visitor: BrowserContext) -> None:
    shopper = Shopper(visitor.new_page(), SOFIE)
    page = shopper.page
    letter = shopper.mail(re.compile("comes later than promised"))
    link = re.search(r'href="[^"]*?(/en/order/NK-[^"]+)"', letter)
    assert link
    page.goto(link.group(1).replace("&amp;", "&"))
    expect(page.locator("h1")).to_contain_text("later")
    expect(page.get_by_role("radio", name=re.compile("^Cancel the order"))).to_be_visible()
    page.get_by_role("radio", name=re.compile("^I wait until")).check()
    page.get_by_role("button", name="That is my choice").click()
    expect(page.locator("#delay")).to_contain_text("You chose to wait. Thank you!")

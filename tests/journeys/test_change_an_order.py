"""Until it is packed an order is the shopper's to change: where it goes, and what is in it."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import LENA, Person
from tests.journeys.keeper import Keeper
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser


def test_address_and_colour_change_until_it_is_packed(visitor: BrowserContext, office: Page) -> None:
    shopper = Shopper(visitor.new_page(), Person("Lena Brandt", "changes@example.org", "en", "eu", LENA.address))
    page = shopper.page
    page.goto("/en/")
    code = shopper.buy("pute-linen-cushion")

    page.get_by_role("link", name="Change the address").click()
    page.get_by_label("Street and number").fill("Mauerweg 3")
    page.get_by_role("button", name="Send it there").click()
    expect(page.locator(".where")).to_contain_text("Mauerweg 3")

    page.get_by_role("link", name="Take another variant").click()
    other = page.get_by_label("Instead")
    other.select_option(label=next(each for each in other.locator("option").all_inner_texts() if "ust" in each))
    page.get_by_role("button", name="See what it costs").click()
    expect(page.get_by_text("It costs the same.")).to_be_visible()
    page.get_by_role("button", name="Change the order").click()
    expect(page.locator(".order-papers .lines")).to_contain_text(re.compile("rust", re.IGNORECASE))
    expect(page.get_by_role("link", name="Take another variant")).to_have_count(0)
    shopper.mail_about(code, "Your order %(code)s was changed")

    keeper = Keeper(office)
    keeper.order(code)
    expect(office.locator("main")).to_contain_text("Mauerweg 3")
    office.locator("form[action$='/pack'] button").click()
    expect(office.locator("form[action$='/ship']")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("link", name="Change the address")).to_have_count(0)

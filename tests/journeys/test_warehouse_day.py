"""A day in the warehouse: the walk along the shelves, a box filled by scanning, the rest in a second parcel, and a
return that is opened and looked at."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import LENA, Person
from tests.journeys.keeper import Keeper
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser
KOPP, PUTE = "TR-KOPP-DUNE", "TR-PUTE-NATURAL"


def scan(office: Page, number: str) -> None:
    office.get_by_label("Scan a piece").fill(number)
    office.get_by_label("Scan a piece").press("Enter")


def test_walk_pack_send_in_parts_and_look_at_what_came_back(visitor: BrowserContext, office: Page) -> None:
    shopper = Shopper(visitor.new_page(), Person("Lena Brandt", "boxes@example.org", "en", "eu", LENA.address))
    page, keeper = shopper.page, Keeper(office)
    page.goto("/en/")
    shopper.add_quickly("pute-linen-cushion")
    code = shopper.buy("kopp-mug")

    office.goto("/back/warehouse/")
    office.get_by_label(f"Choose {code}").check()
    office.get_by_role("button", name="Pick list").click()
    expect(office.locator("table.walk tbody tr")).to_have_count(2)
    office.get_by_label(f"{KOPP} is fetched").check()
    office.locator("tr", has_text=KOPP).get_by_role("link", name=code).click()

    expect(office.get_by_label("Scan a piece")).to_be_focused()
    scan(office, "TR-LIND-OAK")
    expect(office.locator("#scan-said .notice[data-kind=error]")).to_be_visible()
    scan(office, KOPP)
    expect(office.locator("tr[data-done]")).to_contain_text(KOPP)
    keeper.press("Send this part")
    shopper.mail_about(code, "A part of your order %(code)s is on its way")
    page.reload()
    expect(page.locator("#order-live .state")).to_have_text("A part is on its way")

    office.goto("/back/warehouse/")
    office.locator("tr", has_text=code).get_by_role("link", name="Pack").click()
    expect(office.locator("main")).not_to_contain_text(KOPP)
    scan(office, PUTE)
    keeper.press("Send")
    shopper.mail_about(code, "Your order %(code)s is on its way")
    keeper.order(code)
    office.locator("form[action$='/deliver'] button").click()
    expect(office.locator("form[action$='/deliver']")).to_have_count(0)

    page.reload()
    page.get_by_role("link", name="Send something back").click()
    page.get_by_label(re.compile("^Pieces, Kopp")).select_option("1")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Announce the return").click()
    expect(page.locator(".order-head .state")).to_have_text("Approved")
    case = page.url.partition("/returns/")[2].partition("?")[0]
    keeper.case(case)
    keeper.press("Received")
    office.get_by_label(re.compile("Kopp")).select_option(index=1)
    keeper.press("Keep the grades")
    expect(office.locator("h1 .state")).to_have_text("Looked at")

"""A wish list: hearts without an account, shared with somebody, kept at sign-in, told of lower prices, and without
JavaScript."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import ANNA, Person
from tests.cast import STRANGER as MAX
from tests.clockwork import strike
from tests.demo import Shop
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper, eventually, link_in

pytestmark = pytest.mark.browser
WISHER = Person("Mia Fremd", "mia.wishes@example.org", "en", "eu", MAX.address)
SAVER = replace(ANNA, email="anna.saves@example.org")
CHAIR = "/en/p/lind-dining-chair/"


def heart(page: Page) -> Any:
    return page.locator("article.product button[data-wish]")


def wish(page: Page) -> None:
    """Press the heart of the product and wait until the shop knows."""
    expect(heart(page)).to_have_attribute("aria-pressed", "false")
    with page.expect_response(re.compile("/wishes/put$")) as answer:
        heart(page).click()
    assert answer.value.ok
    expect(heart(page)).to_have_attribute("aria-pressed", "true")


def test_a_list_is_shared_and_read_by_somebody_else(open_browser: OpenBrowser) -> None:
    page = open_browser("eu").new_page()
    page.goto(CHAIR)
    title = page.locator("h1").inner_text()
    wish(page)
    page.reload()
    expect(heart(page)).to_have_attribute("aria-pressed", "true")
    page.locator(".masthead").get_by_role("link", name="Wish lists").click()
    line = page.locator(".wished > li", has_text=title)
    line.get_by_text("Note, or another list").click()
    line.get_by_label("Note", exact=True).fill("the one in oak")
    line.get_by_role("button", name="Keep").click()
    expect(page.locator(".wished .note")).to_have_text("the one in oak")
    page.get_by_text("Share, messages, name").click()
    page.get_by_role("button", name="Make an address to share").click()
    address = page.get_by_label("Whoever has this address").input_value()

    friend = open_browser("eu").new_page()
    friend.goto(address)
    expect(friend.locator("main")).to_contain_text(title)
    expect(friend.locator("main")).to_contain_text("the one in oak")
    expect(friend.get_by_role("button", name="Take it off")).to_have_count(0)
    page.get_by_role("button", name="Close this address").click()
    page.get_by_text("Share, messages, name").click()
    expect(page.get_by_role("button", name="Make an address to share")).to_have_count(1)
    response = friend.request.get(address)
    assert response.status == 404


def test_at_sign_in_the_list_stays_and_its_owner_may_ask_for_mail(open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser("eu").new_page(), WISHER)
    page = shopper.page
    page.goto(CHAIR)
    title = page.locator("h1").inner_text()
    wish(page)
    shopper.sign_in()
    page.goto(CHAIR)
    expect(heart(page)).to_have_attribute("aria-pressed", "true")
    page.goto("/en/wishes/")
    expect(page.locator(".wished > li", has_text=title)).to_have_count(1)
    page.get_by_text("Share, messages, name").click()
    page.get_by_role("button", name="Write to me when something costs less").click()
    page.get_by_text("Share, messages, name").click()
    expect(page.get_by_role("button", name="No more mail about this list")).to_be_visible()

    page.goto("/en/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(CHAIR)
    expect(heart(page)).to_have_attribute("aria-pressed", "false")


def test_without_javascript_the_heart_is_a_button_that_leads_to_the_list(open_browser: OpenBrowser) -> None:
    page = open_browser("eu", java_script_enabled=False).new_page()
    page.goto(CHAIR)
    title = page.locator("h1").inner_text()
    heart(page).click()
    expect(page).to_have_url(re.compile("/en/wishes/$"))
    page.locator(".wished").get_by_role("button", name="Add to cart").click()
    expect(page.locator("main")).to_contain_text(title)


def test_who_wished_in_polish_hears_of_a_lower_price_in_polish(
    shop: Shop, open_browser: OpenBrowser, office: Page
) -> None:
    shopper = Shopper(open_browser("pl").new_page(), SAVER)
    page, say = shopper.page, shopper.say
    page.goto("/pl/p/liten-side-table/")
    title = page.locator("h1").inner_text()
    wish(page)
    shopper.sign_in()
    page.goto("/pl/wishes/")
    page.get_by_text(say("Share, messages, name")).click()
    page.get_by_role("button", name=say("Write to me when something costs less or is back")).click()
    page.get_by_text(say("Share, messages, name")).click()
    expect(page.get_by_role("button", name=say("No more mail about this list"))).to_be_visible()

    price = "5"  # złotych: less than it ever costs
    office.goto("/back/prices/?q=liten&market=pl")
    for field in office.locator("input[name^='price.'][name$=':pl']").all():
        field.fill(price)
    office.get_by_role("button", name="Save prices").click()
    eventually(page, lambda: shop.rows("SELECT 1 FROM wishes_wishes WHERE cheaper_at IS NOT NULL"))
    strike(shop, "nitka.growth.wishes.tasks:tell_news", datetime.now(UTC).replace(hour=11))
    letter = shopper.mail(say("Costs less now: %(title)s") % {"title": title})
    assert "5,00\N{NO-BREAK SPACE}zł" in html.unescape(letter)
    page.goto(link_in(letter, "/pl/p/"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("[data-part=price] .now")).to_have_text("5,00\N{NO-BREAK SPACE}zł")

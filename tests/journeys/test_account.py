"""Signing in without a password, and what one finds there."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cast import STRANGER as MAX
from tests.cast import Person
from tests.journeys.shopper import Shopper, eventually

pytestmark = pytest.mark.browser
BUYER = Person("Max Fremd", "max.account@example.org", "en", "eu", MAX.address)


def test_a_guest_finds_the_order_in_the_account_later(visitor: BrowserContext) -> None:
    shopper = Shopper(visitor.new_page(), BUYER)
    page = shopper.page
    page.goto("/en/")
    code = shopper.buy("kopp-mug")

    shopper.sign_in()
    page.locator("main").get_by_role("link", name="Orders", exact=True).click()
    row = page.locator("tr", has_text=code)
    expect(row).to_be_visible()
    row.get_by_role("link", name=code).click()
    expect(page.locator(".order-head .code")).to_contain_text(code)

    # Who is signed in need not type the address a second time.
    shopper.buy("pute-linen-cushion")
    page.goto("/en/account/addresses")
    eventually(page, lambda: page.reload() and page.locator("main address", has_text=MAX.address.line1).count())
    page.goto("/en/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/account/orders")
    expect(page).to_have_url(re.compile("/account/sign-in"))
    expect(page.locator("body")).not_to_contain_text(code)


def test_a_wrong_code_is_refused(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/en/account/sign-in")
    page.locator("#f-email").fill("nobody@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.locator("#f-code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#f-code")).to_have_attribute("aria-invalid", "true")


def test_a_stranger_needs_more_than_the_number_of_an_order(visitor: BrowserContext) -> None:
    shopper = Shopper(visitor.new_page(), BUYER)
    shopper.page.goto("/en/")
    code = shopper.buy("kopp-mug")
    visitor.clear_cookies()
    page = visitor.new_page()
    page.goto(f"/en/order/{code}")
    expect(page.locator("body")).not_to_contain_text(MAX.address.line1)
    page.locator("#f-email").fill("somebody.else@example.org")
    page.get_by_role("button", name="Show the order").click()
    expect(page.locator(".notice[data-kind=error]")).to_be_visible()
    page.locator("#f-email").fill(BUYER.email)
    page.get_by_role("button", name="Show the order").click()
    expect(page.locator(".order-head .code")).to_contain_text(code)


def test_the_withdrawal_button_needs_no_reason(visitor: BrowserContext) -> None:
    shopper = Shopper(visitor.new_page(), BUYER)
    page = shopper.page
    page.goto("/en/")
    code = shopper.buy("kopp-mug")
    page.get_by_role("link", name="Withdraw from contract here").click()
    expect(page.locator("#f-name")).to_have_value(MAX.address.name)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Please confirm your withdrawal")
    expect(page.locator("form.withdraw .lines")).to_contain_text("Kopp mug")
    page.get_by_role("button", name="Confirm withdrawal").click()
    shopper.arrived()
    expect(page.locator(".notice[data-kind=done]").first).to_be_visible()
    expect(page.locator("#order-live")).to_contain_text(f"{MAX.address.name} withdrew")
    mail = shopper.mail_about(code, "Your withdrawal from order %(code)s")
    assert "Kopp mug" in mail

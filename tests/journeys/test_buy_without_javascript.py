"""Everything can be bought with plain pages and forms."""

import pytest
from playwright.sync_api import expect

from tests.cast import NORDLYS, STRANGER
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser


def test_a_guest_buys_without_javascript(open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser("eu", java_script_enabled=False).new_page(), STRANGER)
    page = shopper.page
    page.goto("/en/")
    shopper.search("mug")
    shopper.open_product("Kopp mug")
    shopper.choose("glaze", "sea")
    page.locator("form.buy input[name=quantity]").fill("2")
    page.locator("form.buy [data-part=button]").click()

    expect(page).to_have_url("/en/cart")
    line = page.locator(".cart-page .lines li")
    expect(line).to_have_count(1)
    expect(line.locator("input[name=quantity]")).to_have_value("2")
    line.locator("input[name=quantity]").fill("3")
    line.get_by_role("button", name="Update").click()
    expect(line.locator("input[name=quantity]")).to_have_value("3")
    line.get_by_role("button", name="Remove").click()
    expect(page.locator(".cart-page")).to_contain_text("Your cart is empty")
    page.get_by_role("button", name="Put it back").click()
    expect(line.locator("input[name=quantity]")).to_have_value("3")

    page.get_by_role("link", name="To the checkout").click()
    page.locator("#f-country").select_option("DE")
    page.get_by_role("button", name="Change country").click()
    expect(page.locator("#f-country")).to_have_value("DE")
    address = STRANGER.address
    page.locator("#f-email").fill(STRANGER.email)
    for name in ("name", "line1", "postcode", "city"):
        page.locator(f"#f-{name}").fill(getattr(address, name))
    delivery = page.locator("#checkout-delivery .choice").first
    promise = delivery.locator("span").first.inner_text()
    delivery.locator("input").check()
    page.locator("input[name=payment][value=demo_card]").check()
    page.get_by_role("button", name="Count the total anew").click()

    expect(page.locator("#f-name")).to_have_value(address.name)
    expect(page.locator(".arrives")).to_have_text(promise)
    expect(page.locator("input[name=payment][value=demo_card]")).to_be_checked()
    total = page.locator(".pay b").inner_text()
    shopper.order()
    code = shopper.arrived()
    expect(page.locator("h1")).to_have_text(promise)
    expect(page.locator(".order-papers .sums dd.total")).to_have_text(total)
    assert code in shopper.mail_about(code, "Your order %(code)s at %(shop)s")


def test_a_mistake_is_said_at_the_field_without_javascript(open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser("nb", java_script_enabled=False).new_page(), NORDLYS)
    page = shopper.page
    page.goto("/nb/p/kopp-krus/")
    page.locator("form.buy [data-part=button]").click()
    page.goto("/nb/checkout")
    page.locator("#f-email").fill(NORDLYS.email)
    for name in ("name", "line1", "city"):
        page.locator(f"#f-{name}").fill(getattr(NORDLYS.address, name))
    page.locator("#f-postcode").fill("99")  # Norway has four digits
    page.locator("input[name=delivery]").first.check()
    page.locator("input[name=payment][value=demo_card]").check()
    shopper.order()
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("#errors a")).to_have_attribute("href", "#f-postcode")
    expect(page.locator("#f-postcode")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#f-city")).to_have_value("Oslo")

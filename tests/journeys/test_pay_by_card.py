"""Cards as they are: declined, asking for confirmation, slow, pressed twice. Always one charge, or none."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cast import STRANGER
from tests.demo import Shop
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser
SLOW_MS = 20_000  # the late bank answers after four seconds, by a job of the worker


@pytest.fixture
def shopper(visitor: BrowserContext) -> Shopper:
    """At the checkout, with everything filled in but the card."""
    ready = Shopper(visitor.new_page(), STRANGER)
    ready.page.goto("/en/")
    ready.add_quickly("kopp-mug")
    ready.to_checkout()
    ready.fill_in()
    ready.choose_delivery()
    return ready


def charges(shop: Shop, code: str) -> list[str]:
    """The states of all charges for an order in the gateway's own book."""
    return [state for (state,) in shop.rows("SELECT state FROM payments_demo_charges WHERE label = %s", code)]


def total_charged(shop: Shop, code: str) -> int:
    """What the gateway took for an order, in minor units."""
    found = shop.rows("SELECT sum(minor) FROM payments_demo_charges WHERE label = %s AND state = 'succeeded'", code)
    return int(found[0][0])


def test_after_a_declined_card_another_one_works(shopper: Shopper, shop: Shop) -> None:
    page = shopper.page
    shopper.choose_payment("demo_card", "decline")
    shopper.order()
    expect(page.locator("#checkout-said .notice, #errors").first).to_be_visible()
    expect(page).to_have_url(re.compile("/en/checkout"))
    expect(page.locator("#f-name")).to_have_value(STRANGER.address.name)
    declined = shop.rows("SELECT count(*) FROM payments_demo_charges WHERE state = 'declined'")[0][0]
    assert declined >= 1

    shopper.choose_payment("demo_card", "success")
    shopper.order()
    code = shopper.arrived()
    expect(page.locator("#order-live .state[data-state=paid]")).to_be_visible()
    assert charges(shop, code).count("succeeded") == 1
    assert total_charged(shop, code) == shop.rows("SELECT total_minor FROM orders_orders WHERE code = %s", code)[0][0]
    page.goto("/en/cart")
    expect(page.locator(".cart-page")).to_contain_text("Your cart is empty")


def test_a_challenge_is_confirmed_at_the_bank(shopper: Shopper, shop: Shop) -> None:
    page = shopper.page
    shopper.choose_payment("demo_card", "challenge")
    total = page.locator(".pay b").inner_text()
    shopper.order()
    expect(page).to_have_url(re.compile("/demo-bank/"))
    expect(page.locator("main")).to_contain_text(total)
    page.get_by_role("button", name="Confirm payment").click()
    code = shopper.arrived()
    expect(page.locator("#order-live .state[data-state=paid]")).to_be_visible()
    assert charges(shop, code) == ["succeeded"]
    page.go_back()  # to the bank, which must not take the money again
    page.reload()
    assert charges(shop, code) == ["succeeded"]


def test_a_refused_challenge_leaves_the_cart(shopper: Shopper, shop: Shop) -> None:
    page = shopper.page
    shopper.choose_payment("demo_card", "challenge")
    shopper.order()
    expect(page).to_have_url(re.compile("/demo-bank/"))
    page.get_by_role("button", name="Refuse payment").click()
    expect(page).to_have_url(re.compile("/en/checkout"))
    expect(page.locator("#checkout-said .notice, #errors").first).to_be_visible()
    expect(page.locator("#checkout-summary .lines li")).to_have_count(1)


def test_a_late_bank_is_waited_for(shopper: Shopper, shop: Shop) -> None:
    page = shopper.page
    shopper.choose_payment("demo_card", "late")
    shopper.order()
    code = shopper.arrived()
    expect(page.locator("#order-live .state")).to_have_attribute("data-state", "awaiting")
    expect(page.locator("#order-live .state[data-state=paid]")).to_be_visible(timeout=SLOW_MS)
    assert charges(shop, code) == ["succeeded"]
    shopper.mail_about(code, "Your order %(code)s at %(shop)s")


def test_pressing_twice_and_the_back_button_make_one_order(shopper: Shopper, shop: Shop) -> None:
    page = shopper.page
    shopper.choose_payment("demo_card", "success")
    page.locator("#checkout button[data-once]").dblclick(no_wait_after=True)
    code = shopper.arrived()
    page.go_back()
    page.goto(f"/en/order/{code}")
    cart = "SELECT cart_id FROM orders_orders WHERE code = %s"
    made = shop.rows(f"SELECT code FROM orders_orders WHERE cart_id = ({cart})", code)
    assert made == [(code,)]
    assert charges(shop, code) == ["succeeded"]

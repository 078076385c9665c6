"""Paying in Stripe's form: the shop asks localstripe, by the official library; the form is a stand-in for Stripe's own,
which no test machine reaches. That its calls are the documented ones is all that the stand-in can tell."""

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from nitka.sale.payments.tests.fakes.local import DECLINED, GOOD, SECURE, browser_side, localstripe
from nitka.sale.payments.tests.fakes.server import Server
from tests.cast import STRANGER
from tests.demo import Shop, free_port, start_demo, stop_demo
from tests.journeys.conftest import WAIT_MS
from tests.journeys.shopper import Shopper
from tests.journeys.watch import Watch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not importlib.util.find_spec("localstripe"), reason="localstripe is not installed"),
]


GATEWAY: dict[str, str] = {}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A demo that has Stripe's keys, and takes localstripe for Stripe."""
    with localstripe() as address:
        browser = Server(browser_side(address))
        GATEWAY["origin"] = browser.gateway.url
        running = start_demo(
            tmp_path_factory.mktemp("stripe"), free_port(), NITKA_STRIPE_SECRET_KEY="sk_test_local",
            NITKA_STRIPE_PUBLISHABLE_KEY="pk_test_local", NITKA_STRIPE_WEBHOOK_SECRET="whsec_local",
            NITKA_STRIPE_METHODS="card", NITKA_STRIPE_API=address, NITKA_STRIPE_JS=f"{browser.gateway.url}/stripe.js",
        )  # fmt: skip
        yield running
        stop_demo(running)
        browser.close()


@dataclass
class Payer:
    shopper: Shopper

    def to_the_form(self) -> None:
        """Through the checkout, to the page with Stripe's form."""
        ready = self.shopper
        ready.page.goto("/en/")
        ready.add_quickly("kopp-mug")
        ready.to_checkout()
        ready.fill_in()
        ready.choose_delivery()
        ready.choose_payment("stripe", "")
        ready.order()
        expect(ready.page).to_have_url(re.compile(r"/en/order/NK-[\w-]+/pay"))

    def pay(self, number: str) -> None:
        page = self.shopper.page
        page.get_by_label("Card number").fill(number)
        page.get_by_role("button", name=re.compile("^Pay ")).click()


@pytest.fixture
def payer(chromium: Browser, shop: Shop) -> Iterator[Payer]:
    """Their browser may speak with the shop, and with the gateway's form: with nobody else."""
    context, watch = chromium.new_context(base_url=shop.base, locale="en-IE"), Watch(shop.base, GATEWAY["origin"])
    context.set_default_timeout(WAIT_MS)
    watch.over(context)
    yield Payer(Shopper(context.new_page(), STRANGER))
    context.close()
    assert watch.faults == []


@pytest.mark.parametrize("number", [GOOD, SECURE], ids=["card", "3-D Secure"])
def test_a_card_is_paid_and_the_order_stands(payer: Payer, shop: Shop, number: str) -> None:
    payer.to_the_form()
    payer.pay(number)
    code = payer.shopper.arrived()
    expect(payer.shopper.page.locator("#order-live .state[data-state=paid]")).to_be_visible()
    told = "SELECT p.state, p.captured_minor = o.total_minor FROM payments_payments p JOIN orders_orders o"
    assert shop.rows(f"{told} ON o.payment_id = p.id WHERE o.code = %s", code) == [("captured", True)]


def test_a_declined_card_is_said_in_the_form_and_another_way_works(payer: Payer, shop: Shop) -> None:
    """Stripe lets the payer try another card in the same form; localstripe does not, so they take another way here."""
    payer.to_the_form()
    page = payer.shopper.page
    payer.pay(DECLINED)
    expect(page.locator("#stripe-form [data-part=said]")).to_be_visible()
    expect(page).to_have_url(re.compile("/pay"))
    page.get_by_role("link", name="Pay another way").click()
    payer.shopper.choose_payment("demo_card", "success")
    payer.shopper.order()
    payer.shopper.arrived()
    expect(page.locator("#order-live .state[data-state=paid]")).to_be_visible()


def test_who_leaves_the_form_finds_the_way_back_from_the_order(payer: Payer) -> None:
    payer.to_the_form()
    page = payer.shopper.page
    page.goto(page.url.replace("/pay?", "?"))
    page.get_by_role("link", name="Go on to the payment").click()
    payer.pay(GOOD)
    payer.shopper.arrived()


def test_where_stripe_cannot_be_reached_the_page_says_so_and_leads_on(chromium: Browser, shop: Shop) -> None:
    context = chromium.new_context(base_url=shop.base, locale="en-IE")
    context.route(f"{GATEWAY['origin']}/**", lambda route: route.abort())
    payer = Payer(Shopper(context.new_page(), STRANGER))
    payer.to_the_form()
    page = payer.shopper.page
    expect(page.get_by_text("cannot be reached from your browser")).to_be_visible()
    page.get_by_role("link", name="Pay another way").click()
    expect(page).to_have_url(re.compile("/en/checkout"))
    payer.shopper.choose_payment("demo_card", "success")
    payer.shopper.order()
    payer.shopper.arrived()
    context.close()

"""axe finds nothing: on no kind of page, in light and dark, on a desk and in a hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.cast import STRANGER as MAX
from tests.cast import Person
from tests.demo import Shop
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper
from tests.journeys.test_account import sign_in
from tests.journeys.test_measuring import agree, device

pytestmark = pytest.mark.browser
# Colours that are still on their way to another scheme are nobody's colours.
AT_REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running");
  for (let frames = 0; frames < 3 || (moving() && frames < 120); frames += 1) await frame();
}"""
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
VISITOR = "somebody-whom-axe-looks-at"
READER = Person("Max Fremd", "reader@example.org", "en", "eu", MAX.address)

PLAIN = {
    "home": "/en/",
    "category": "/en/c/chairs-benches/",
    "category, filtered to nothing": "/en/c/chairs-benches/?price_from=1&price_to=2",
    "product": "/en/p/gnist-portable-lamp/",
    "search": "/en/search?q=mug",
    "search without a result": "/en/search?q=zxqwv",
    "empty cart": "/en/cart",
    "sign in": "/en/account/sign-in",
    "find an order": "/en/order",
    "help": "/en/help/delivery/",
    "legal": "/en/legal/terms/",
    "not found": "/en/p/there-is-no-such-thing/",
    "contact": "/en/contact",
    "question about a product": "/en/contact?about=product:kopp-mug",
    "privacy choices": "/en/consent",
    "mailbox": "/mailbox/",
    "gift card": "/en/gift-card",
    "API documentation": "/api/v1/docs",
    "Armenian home": "/hy/",
}
ACCOUNT = (
    "", "orders", "returns", "credit", "means", "messages", "erase", "addresses", "addresses/new", "about", "security",
)  # fmt: skip
DEEDS = ("change-address", "change-items", "change-payment", "cancel")
OFFICE = (
    "", "orders/", "orders/{code}/", "products/", "products/{product}", "products/new", "stock/", "prices/", "customers/",
    "settings/", "settings/delivery/", "settings/promotions/", "settings/promotions/new/", "settings/promotions/sample/",
    "settings/price-lists/", "settings/price-lists/new/", "settings/taxes/", "settings/currencies/", "settings/risk/",
    "settings/policies/", "settings/orders/", "settings/payments/", "settings/payments/demo_card/", "settings/firms/",
    "settings/firms/new/", "settings/customs/", "settings/synonyms/", "returns/?tab=all", "warehouse/", "warehouse/walk",
    "warehouse/pack/{code}/", "carriers/", "carriers/?tab=promises", "papers/", "review/", "money/", "money/statements/",
    "money/refunds/", "gift-cards/", "stock/low/?show=all", "stock/dead/", "stock/inbound/", "stock/suppliers/",
    "stock/buying/", "stock/ledger/{variant}/", "companies/", "staff/", "audit/", "system/", "search?q=kopp", "me",
    "content/", "products/import", "customers/{customer}", "customers/{customer}identities", "customers/?q=zxqwv",
    "visitors/{visitor}/", "collection/", "collection/?tab=rejected", "messages/?tab=all", "messages/{talk}/",
    "messages/numbers", "settings/channels/", "settings/channels/1/", "settings/webhooks/", "settings/webhooks/{endpoint}",
)  # fmt: skip


def findings(page: Page) -> list[str]:
    """What axe finds in each width and scheme, one line each."""
    found = []
    page.evaluate(Axe().axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AT_REST)
            for violation in page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]:
                nodes = "; ".join(_where(node) for node in violation["nodes"][:4])
                found.append(f"{width} {scheme} {page.url}: {violation['id']}: {nodes}")
    return found


def _where(node: Any) -> str:
    checks = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{node['target']} {node['html'][:140]} ({checks[0] if checks else ''})"


@pytest.mark.parametrize("kind", PLAIN)
def test_axe_finds_nothing_on_plain_pages(kind: str, open_browser: OpenBrowser) -> None:
    page = open_browser("eu").new_page()
    page.goto(PLAIN[kind])
    assert findings(page) == []


def test_axe_finds_nothing_in_cart_and_checkout(open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser("eu").new_page(), READER)
    page, found = shopper.page, list[str]()
    page.goto("/en/")
    shopper.add_quickly("kopp-mug")
    found += findings(page)  # the drawer is open
    shopper.drawer.get_by_role("button", name="Remove").click()
    expect(shopper.drawer.locator(".undo")).to_be_visible()
    found += findings(page)
    shopper.drawer.get_by_role("button", name="Put it back").click()
    expect(shopper.drawer.locator(".lines li")).to_have_count(1)
    page.goto("/en/cart")
    found += findings(page)
    page.goto("/en/checkout")
    found += findings(page)
    page.locator("#checkout").evaluate("form => { form.noValidate = true; }")
    page.locator("#f-email").fill("this is no address")
    shopper.order()
    expect(page.locator("#errors")).to_be_visible()
    found += findings(page)
    assert found == []


def test_axe_finds_nothing_on_order_and_account(open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser("eu").new_page(), READER)
    page, found = shopper.page, list[str]()
    page.goto("/en/")
    shopper.buy("kopp-mug", "bank_transfer", "")
    found += findings(page)  # with the code for the banking app
    shopper.buy("kopp-mug")
    found += findings(page)
    address, _question, token = page.url.partition("?")
    for deed in DEEDS:
        page.goto(f"{address}/{deed}?{token}")
        found += findings(page)
    page.goto(f"{address}?{token}")
    page.get_by_role("link", name="Withdraw from contract here").click()
    found += findings(page)
    sign_in(shopper)
    for path in ACCOUNT:
        page.goto(f"/en/account/{path}")
        found += findings(page)
    page.goto(f"/mailbox/?to={READER.email}")
    page.locator("main tbody a").first.click()
    found += findings(page)
    assert found == []


@pytest.mark.parametrize("path", OFFICE)
def test_axe_finds_nothing_in_the_back_office(path: str, office: Page, places: dict[str, Callable[[], str]]) -> None:
    if "{product}" in path:
        office.goto("/back/products/")
        path = re.sub(
            ".*/products/", "products/", str(office.locator("tr[data-href]").first.get_attribute("data-href"))
        )
    for name in re.findall(r"{(code|customer|visitor|talk|endpoint|variant)}", path):
        path = path.replace(f"{{{name}}}", places[name]())
    office.goto(f"/back/{path}")
    expect(office.locator("h1")).to_be_visible()
    assert findings(office) == []


def test_axe_finds_nothing_at_the_door(open_browser: OpenBrowser) -> None:
    page = open_browser("eu").new_page()
    page.goto("/back/sign-in")
    assert findings(page) == []


@pytest.fixture(scope="module")
def orders_made() -> list[str]:
    return []


@pytest.fixture
def an_order(open_browser: OpenBrowser, orders_made: list[str]) -> Callable[[], str]:
    """The code of some order; it is made once."""

    def code() -> str:
        if not orders_made:
            shopper = Shopper(open_browser("eu").new_page(), READER)
            shopper.page.goto("/en/")
            orders_made.append(shopper.buy("kopp-mug"))
        return orders_made[0]

    return code


@pytest.fixture
def places(
    shop: Shop, office: Page, open_browser: OpenBrowser, an_order: Callable[[], str]
) -> dict[str, Callable[[], str]]:
    """How to come by what the addresses of the back office name."""

    def customer() -> str:
        an_order()
        return str(shop.rows("SELECT id FROM customers_customers WHERE email = %s", READER.email)[0][0])

    def visitor() -> str:
        window = open_browser("eu")
        agree(window, shop, VISITOR)
        window.new_page().goto("/en/p/kopp-mug/")
        return device(VISITOR)

    def talk() -> str:
        page = open_browser("eu").new_page()
        page.goto("/en/contact?about=product:kopp-mug")
        page.get_by_label("Your question").fill("Does it survive the dishwasher?")
        page.locator("#f-email").fill(READER.email)
        page.wait_for_timeout(2_100)  # nobody writes a question faster
        page.get_by_role("button", name="Send").click()
        page.wait_for_url("**/contact/sent?**")
        return page.url.partition("code=")[2]

    def endpoint() -> str:
        office.goto("/back/settings/webhooks/")
        office.locator("#url").fill("https://hooks.example.com/nitka")
        office.get_by_role("button", name="Add", exact=True).click()
        office.get_by_role("button", name="Send a test message").click()
        return str(shop.rows("SELECT id FROM webhooks_endpoints ORDER BY id DESC")[0][0])

    def variant() -> str:
        return str(shop.rows("SELECT variant_id FROM inventory_levels LIMIT 1")[0][0])

    return {
        "variant": variant,
        "code": an_order,
        "customer": customer,
        "visitor": visitor,
        "talk": talk,
        "endpoint": endpoint,
    }

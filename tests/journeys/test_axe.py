"""axe finds nothing on any kind of page, in light and dark, on a desk, at 200 % and on the smallest phone; and nothing
has to be scrolled sideways."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import STRANGER as MAX
from tests.cast import Person
from tests.demo import Shop
from tests.journeys.conftest import OpenBrowser
from tests.journeys.looks import findings
from tests.journeys.page_kinds import ACCOUNT, DEEDS, OFFICE, PLAIN
from tests.journeys.shopper import Shopper
from tests.journeys.test_measuring import agree, device

pytestmark = pytest.mark.browser
VISITOR = "somebody-whom-axe-looks-at"
READER = Person("Max Fremd", "reader@example.org", "en", "eu", MAX.address)


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
    shopper.sign_in()
    for path in ACCOUNT:
        page.goto(f"/en/account/{path}")
        found += findings(page)
    page.goto(f"/mailbox/?to={READER.email}")
    page.locator("main tbody a").first.click()
    found += findings(page)
    assert found == []


@pytest.mark.parametrize("path", OFFICE)
def test_axe_finds_nothing_in_the_back_office(path: str, office: Page, places: dict[str, Callable[[], str]]) -> None:
    for name in re.findall(r"{(\w+)}", path):
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

    def row(table: str, column: str = "id", rest: str = "") -> Callable[[], str]:
        return lambda: str(shop.rows(f"SELECT {column} FROM {table} {rest} LIMIT 1")[0][0])

    return {
        "product": row("catalog_products", rest="WHERE handle = 'lind'"),
        "opinion": row("reviews_reviews"),
        "question": row("reviews_questions"),
        "page": row("content_pages", "slug", "WHERE kind = 'landing'"),
        "variant": row("inventory_levels", "variant_id"),
        "code": an_order,
        "customer": customer,
        "visitor": visitor,
        "talk": talk,
        "endpoint": endpoint,
    }

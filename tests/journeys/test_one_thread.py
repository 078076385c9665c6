"""Somebody looks round on a phone, follows a link of our mail on a laptop and buys there: one thread tells it in order.

Whether a machine sits there is judged as for anybody, so these browsers say that they are a person's: without that,
Playwright's "HeadlessChrome" and `navigator.webdriver` keep all that they do apart, as they should.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.cast import LENA
from tests.demo import Shop
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper, eventually

pytestmark = pytest.mark.browser
LIVE_MS = 2_000
NO_MACHINE = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"
CHROME = "(KHTML, like Gecko) Chrome/142.0.0.0"
PHONE = {
    "user_agent": f"Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
}  # fmt: skip
LAPTOP = {
    "user_agent": f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {CHROME} Safari/537.36",
    "viewport": {"width": 1280, "height": 800},
}  # fmt: skip
LINK = re.compile(r'href="https?://[^/"]+(/en/order/[^"]*[?&;]nk=[\w-]{44}[^"]*)"')


def person(open_browser: OpenBrowser, device: dict[str, Any]) -> Shopper:
    context = open_browser("eu", **device)
    context.add_init_script(NO_MACHINE)
    return Shopper(context.new_page(), LENA)


def agree(page: Page) -> None:
    page.locator("#consent").get_by_role("button", name="Accept").click()
    expect(page.locator("#consent")).to_be_hidden()


def number(context: BrowserContext) -> str:
    """What the back office shows of a browser's number."""
    [found] = [each["value"] for each in context.cookies() if each["name"] == "nitka_visitor"]
    return found[-6:]


def came(shop: Shop, page: Page, name: str, count: int = 1) -> None:
    """Wait until as many such events of people lie in the table."""
    question = "SELECT count(*) FROM events_events WHERE name = %s AND flags & 1 = 0"
    eventually(page, lambda: shop.rows(question, name)[0][0] >= count)


@pytest.fixture
def story(office: Page) -> Iterator[Locator]:
    """The thread of the one customer with this address, newest first."""
    yield office.locator("[data-newest]")


def find(office: Page) -> None:
    office.goto(f"/back/customers/?q={LENA.email}")
    rows = office.locator("main tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").first.click()
    expect(office.locator("h1")).to_have_text(LENA.name)
    office.locator("[data-newest] details").evaluate_all("all => all.forEach((each) => { each.open = true; })")


def in_order(text: str, *words: str) -> None:
    """Each of these stands in the text, after the one before."""
    place = 0
    for each in words:
        found = text.find(each, place)
        assert found >= 0, f"{each!r} does not come after what stands before it in:\n{text}"
        place = found + len(each)


def test_phone_mail_laptop_and_order_are_one_story(
    open_browser: OpenBrowser, office: Page, story: Locator, shop: Shop
) -> None:
    # On the phone: looks, searches, and buys a mug as a guest.
    phone = person(open_browser, PHONE)
    phone.enter()
    agree(phone.page)
    phone.search("mug")
    phone.page.locator(".cards .card a").first.click()
    came(shop, phone.page, "Product Viewed")
    first = phone.buy("kopp-mug")
    letter = phone.mail_about(first, "Your order %(code)s at %(shop)s")
    phone.page.close()

    # On the laptop: the link of that mail, a yes, and a second order.
    laptop = person(open_browser, LAPTOP)
    link = LINK.search(letter)
    assert link, "the mail's links tell whose mail it was"
    laptop.page.goto(link.group(1).replace("&amp;", "&"))
    agree(laptop.page)
    expect(laptop.page).not_to_have_url(re.compile("nk="))
    second = laptop.buy("kopp-mug")
    laptop.mail_about(second, "Your order %(code)s at %(shop)s")

    # In the back office: one customer, and one story.
    find(office)
    expect(story).to_contain_text(f"Order {second} placed")
    in_order(
        story.inner_text(),
        f"Mail “Your order {second} at Tråd” written", f"Payment for order {second} received",
        f"Order {second} placed", "Visit", "Went to checkout", "Put Kopp mug into the cart",
        f"Came by a link in our mail to the page “Order {first}", f"Mail “Your order {first} at Tråd” written",
        f"Payment for order {first} received", f"Order {first} placed",
        "Visit", "on a phone", "Went to checkout", "Put Kopp mug into the cart", "Searched for “mug”",
    )  # fmt: skip
    devices = office.locator("[data-value=devices]")
    expect(devices).to_contain_text("Android")
    expect(devices).to_contain_text("Linux")
    shown_while_it_is_open(office, laptop, story, second)
    told_why_and_undone(office, story, number(phone.page.context), number(laptop.page.context))


def shown_while_it_is_open(office: Page, laptop: Shopper, story: Locator, code: str) -> None:
    """What happens now appears on the open page within two seconds; nobody reloads."""
    expect(office.locator("[data-live-state=live]")).to_have_count(1)
    office.evaluate("window.notReloaded = true")
    worker = office.context.new_page()
    worker.goto(f"/back/orders/{code}/")
    for action, told in (("pack", f"Order {code} packed"), ("ship", f"Order {code} handed to the carrier")):
        worker.locator(f"form[action$='/{action}'] button").click()
        expect(story.get_by_text(told)).to_be_visible(timeout=LIVE_MS)
    worker.close()
    laptop.page.goto("/en/search?q=lantern")
    expect(story).to_contain_text("Searched for “lantern”", timeout=LIVE_MS)
    assert office.evaluate("window.notReloaded")


def told_why_and_undone(office: Page, story: Locator, phone: str, laptop: str) -> None:
    """The panel says why; one click takes the phone away with its visit, and orders stay."""
    page_of_customer = office.url
    office.get_by_role("link", name="Linked identities").click()
    known = office.locator(".identities > li")
    expect(known.filter(has=office.locator("strong", has_text=laptop))).to_contain_text(
        "Followed a link in a mail of ours"
    )
    of_phone = known.filter(has=office.locator("strong", has_text=phone))
    expect(of_phone).to_contain_text("Ordered")
    of_phone.get_by_role("button", name="Undo").click()
    expect(office.locator("main")).to_contain_text("it will not come back")
    expect(known.filter(has=office.locator("strong", has_text=phone))).to_have_count(0)
    office.goto(page_of_customer)
    expect(office.locator("h1")).to_have_text(LENA.name)
    expect(story).to_contain_text("Came by a link in our mail")
    expect(story.get_by_text(re.compile("^Order NK-.* placed"))).to_have_count(2)
    expect(story).not_to_contain_text("on a phone")

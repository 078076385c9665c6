"""What the browser tells of a visit: all of it after a yes, none of it before or after a no, never what is typed."""

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests.demo import Shop
from tests.journeys.shopper import eventually

pytestmark = pytest.mark.browser
VENDOR = Path(__file__).parents[2] / "src/nitka/ground/web/static/vendor"
WAIT_SECONDS = 15
Events = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def sent(visitor: BrowserContext) -> list[str]:
    """Every body that left for the collector."""
    bodies: list[str] = []

    def note(request: Request) -> None:
        if "/v1/" in request.url and request.method == "POST":
            bodies.append(request.post_data or "")

    visitor.on("request", note)
    return bodies


@pytest.fixture
def number(visitor: BrowserContext) -> str:
    """A visitor whose number we know, so that their events are found again."""
    return f"visitor-{time.time_ns()}"


@pytest.fixture
def agreed(visitor: BrowserContext, shop: Shop, number: str) -> Page:
    agree(visitor, shop, number)
    return visitor.new_page()


@pytest.fixture
def events(shop: Shop, number: str) -> Events:
    """Waits until an event of that name lies in the table; all of that name, oldest first."""

    def find(name: str) -> list[dict[str, Any]]:
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            rows = in_the_table(shop, number, name)
            if rows or time.monotonic() > deadline:
                assert rows, f"no {name}; there are {all_names(shop, number)}"
                return rows
            time.sleep(0.1)

    return find


def agree(context: BrowserContext, shop: Shop, number: str, choices: str = "ap-") -> None:
    context.add_cookies([
        {"name": "nitka_consent", "value": f"v1.{choices}.2026-11", "url": shop.base},
        {"name": "nitka_visitor", "value": number, "url": shop.base},
    ])  # fmt: skip


def device(number: str) -> str:
    from nitka.people.customers.queries import evidence_id

    return str(evidence_id("device", number))


def in_the_table(shop: Shop, number: str, name: str) -> list[dict[str, Any]]:
    rows = shop.rows(
        "SELECT properties, context FROM events_events WHERE device = %s"
        " AND (name = %s OR (kind = 3 AND %s = 'page')) ORDER BY at, seq", device(number), name, name,
    )  # fmt: skip
    return [{"properties": row[0], "context": row[1]} for row in rows]


def all_names(shop: Shop, number: str) -> list[str]:
    return [row[0] for row in shop.rows("SELECT name FROM events_events WHERE device = %s", device(number))]


def test_the_module_is_under_four_kilobytes() -> None:
    assert len(gzip.compress((VENDOR / "events.js").read_bytes(), 9)) < 4000
    assert (VENDOR / "web-vitals.js").exists()


def test_a_page_view_says_where_from_and_forgets_who(agreed: Page, events: Events, shop: Shop) -> None:
    agreed.goto(
        "/en/?utm_source=Letter&utm_medium=email&utm_campaign=Autumn+24&gclid=Abc123&nk=secret&email=anna%40example.com"
        "&phone=%2B48501222333&to=anna%2540example.com&note=anna@example.com&page=2"
    )  # fmt: skip
    view = events("page")[0]
    context, page = view["context"], view["context"]["page"]
    assert context["campaign"] == {"source": "Letter", "medium": "email", "name": "Autumn 24"}
    assert context["clickIds"] == {"gclid": "Abc123"}
    assert page["path"] == "/en/" and "page=2" in page["search"] and "utm_source=Letter" in page["url"]
    for secret in ("gclid", "nk=", "anna", "48501222333", "secret"):
        assert secret not in json.dumps(page)
    assert context["timezone"] and context["locale"] == "en-IE" and context["screen"]["width"]
    assert context["consent"]["analytics"] is True and context["consent"]["advertising"] is False
    assert "nk=" not in agreed.url


def test_shopping_is_told_in_the_words_of_the_convention(agreed: Page, events: Events) -> None:
    agreed.goto("/en/")
    assert events("Promotion Viewed")[0]["properties"]["position"] == "home"
    shelf = agreed.locator("nav.rooms a").first
    shelf.click()
    listed = events("Product List Viewed")[-1]["properties"]
    assert listed["products"][0]["position"] == 1 and listed["products"][0]["price"] > 0
    agreed.locator(".cards h2 a").first.click()
    assert events("Product Clicked")[-1]["properties"]["url"].startswith("/en/p/")
    viewed = events("Product Viewed")[-1]["properties"]
    assert {"product_id", "name", "price", "currency", "value", "category"} <= set(viewed)
    agreed.locator("[data-part=button]:not([disabled])").click()
    added = events("Product Added")[-1]["properties"]
    assert added["quantity"] == 1 and added["cart_id"] and added["price"] == viewed["price"]
    agreed.goto("/en/cart")
    assert events("Cart Viewed")[-1]["properties"]["products"][0]["name"] == added["name"]
    agreed.locator("summary", has_text="I have a code").click()
    agreed.get_by_label("Code", exact=True).fill("NOSUCHCODE")
    agreed.get_by_role("button", name="Use", exact=True).click()
    assert events("Coupon Entered") and events("Coupon Denied")[0]["properties"]["reason"]
    agreed.get_by_role("button", name="Remove").first.click()
    assert events("Product Removed")[0]["properties"]["name"] == added["name"]


def test_the_checkout_tells_its_steps_once_and_no_letter_of_the_address(
    agreed: Page, events: Events, sent: list[str], shop: Shop, number: str
) -> None:
    agreed.goto("/en/search?q=cup")
    agreed.locator(".cards h2 a").first.click()
    agreed.locator("[data-part=button]:not([disabled])").click()
    events("Product Added")
    agreed.goto("/en/checkout")
    started = events("Checkout Started")[0]["properties"]
    assert started["products"] and started["value"] > 0
    agreed.get_by_label("E-mail").fill("zofia.kowalska@example.com")
    agreed.get_by_label("Name").first.fill("Zofia Kowalska")
    agreed.keyboard.press("Tab")
    done = events("Checkout Step Completed")[0]["properties"]
    assert done["step"] == 1 and done["checkout_id"] == started["checkout_id"]
    agreed.locator("input[name=payment]").first.check()
    assert [each["properties"]["step"] for each in events("Checkout Step Viewed")][:2] == [1, 2]
    agreed.reload()
    events("Web Vital Measured")
    time.sleep(0.5)
    assert len(in_the_table(shop, number, "Checkout Started")) == 1
    text = "".join(sent)
    for typed in ("zofia", "Zofia", "Kowalska"):
        assert typed not in text


def test_a_search_is_told_with_how_much_was_found(agreed: Page, events: Events, shop: Shop, number: str) -> None:
    agreed.goto("/en/search?q=cup&f.brand=Nothing&sort=new")
    found = events("Products Searched")[0]["properties"]
    assert found["query"] == "cup" and found["results"] == 0
    narrowed = events("Product List Filtered")[0]["properties"]
    assert narrowed["sorts"] == [{"type": "sort", "value": "new"}]
    assert narrowed["filters"] == [{"type": "brand", "value": "Nothing"}]
    agreed.goto("/en/search?q=anna@example.com")
    time.sleep(1)
    assert [each["properties"]["query"] for each in in_the_table(shop, number, "Products Searched")][-1] == "***"
    assert "anna" not in json.dumps(in_the_table(shop, number, "page"))


def test_trouble_is_told(agreed: Page, events: Events) -> None:
    agreed.goto("/en/")
    agreed.evaluate("document.querySelector('h1').style.userSelect = 'none'")
    agreed.locator("h1").click(position={"x": 5, "y": 5}, click_count=1)
    assert events("Dead Clicked")[0]["properties"]["element"].endswith("h1")
    for _time in range(3):
        agreed.locator("h1").click(position={"x": 8, "y": 8}, delay=10)
    assert "h1" in events("Rage Clicked")[0]["properties"]["element"]
    agreed.locator("form[action$=newsletter] button").click()
    assert events("Form Error")[0]["properties"] == {"form": "/en/newsletter", "field": "email", "kind": "valueMissing"}


def test_errors_of_scripts_are_told_without_what_they_hold(
    shop: Shop, chromium: Any, number: str, events: Events
) -> None:
    context = chromium.new_context(base_url=shop.base)
    agree(context, shop, number)
    page = context.new_page()
    page.goto("/en/")
    page.evaluate("setTimeout(() => { throw new Error('No cart of anna@example.com, +48 501 222 333'); })")
    told = events("JavaScript Error")[0]["properties"]
    assert told["message"].count("***") == 2 and "anna" not in told["message"] and "501" not in told["message"]
    context.close()


def test_depth_and_speed_are_told_when_somebody_leaves(agreed: Page, events: Events) -> None:
    agreed.goto("/en/")
    agreed.mouse.wheel(0, 900)
    agreed.wait_for_timeout(400)
    agreed.goto("/en/search?q=lamp")
    depth = events("Page Scrolled")[0]["properties"]
    assert 0 < depth["depth"] <= 100 and depth["seconds"] >= 0
    metrics = {each["properties"]["metric"] for each in events("Web Vital Measured")}
    assert metrics & {"TTFB", "FCP", "LCP", "CLS"}


def test_without_a_yes_nothing_leaves_and_nothing_is_kept(visitor: BrowserContext, sent: list[str]) -> None:
    page = visitor.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/en/?utm_source=x")
    page.locator("h1").click()
    page.wait_for_timeout(800)
    assert sent == [] and not [url for url in asked if "web-vitals" in url]
    assert page.evaluate("localStorage.length") == 0
    assert "nitka_visitor" not in page.evaluate("document.cookie")


def test_a_yes_and_a_no_hold_at_once(visitor: BrowserContext, sent: list[str], shop: Shop) -> None:
    page = visitor.new_page()
    page.goto("/en/?utm_source=letter&utm_medium=email")
    page.get_by_role("button", name="Accept", exact=True).click()
    deadline, number = time.monotonic() + WAIT_SECONDS, ""
    while not number and time.monotonic() < deadline:
        number = page.evaluate("(document.cookie.match(/nitka_visitor=([^;]+)/) ?? [])[1] ?? ''")
    while not in_the_table(shop, number, "page") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert in_the_table(shop, number, "page")[0]["context"]["campaign"]["source"] == "letter"
    page.wait_for_timeout(600)
    page.evaluate("document.cookie = 'nitka_consent=v1.---.2026-11;path=/'")
    page.evaluate("document.dispatchEvent(new CustomEvent('nitka:consent', {detail: {analytics: false}}))")
    before = len(sent)
    page.locator("h1").click()
    page.goto("/en/search?q=cup")
    page.wait_for_timeout(600)
    assert len(sent) == before and page.evaluate("localStorage.getItem('nitka_events')") is None


def test_what_happens_without_a_net_comes_later_and_once(
    shop: Shop, chromium: Any, number: str, events: Events
) -> None:
    context = chromium.new_context(base_url=shop.base)
    agree(context, shop, number)
    page = context.new_page()
    page.goto("/en/")
    events("page")
    context.set_offline(True)
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('nitka:track', {detail: {event: 'In The Tunnel', properties: {}}}))"
    )
    page.wait_for_timeout(700)
    assert "In The Tunnel" in page.evaluate("localStorage.nitka_events")
    assert in_the_table(shop, number, "In The Tunnel") == []
    context.set_offline(False)
    assert len(events("In The Tunnel")) == 1
    page.goto("/en/search?q=lamp")
    page.wait_for_timeout(800)
    assert len(in_the_table(shop, number, "In The Tunnel")) == 1
    assert "In The Tunnel" not in page.evaluate("localStorage.nitka_events ?? ''")
    context.close()


QUEUED = "(localStorage.nitka_events ?? '').includes('Left Behind')"


def test_what_was_left_in_the_queue_goes_out_with_the_next_page(
    shop: Shop, chromium: Any, number: str, events: Events
) -> None:
    context = chromium.new_context(base_url=shop.base)
    agree(context, shop, number)
    page = context.new_page()
    page.goto("/en/")
    events("page")
    context.set_offline(True)
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('nitka:track', {detail: {event: 'Left Behind', properties: {}}}))"
    )
    # Playwright's own waiting for a condition would evaluate a text in the page, which its policy forbids.
    eventually(page, lambda: page.evaluate(QUEUED))
    page.close()  # a browser that closes may still get its last beacon out; sent twice, it is stored once
    context.set_offline(False)
    second = context.new_page()
    second.goto("/en/search?q=lamp")
    assert len(events("Left Behind")) == 1
    eventually(second, lambda: not second.evaluate(QUEUED))
    assert len(in_the_table(shop, number, "Left Behind")) == 1
    context.close()


def test_no_key_is_listened_to() -> None:
    text = (VENDOR / "events.js").read_text()
    for listener in ("keydown", "keyup", "keypress", '"input"', '"change"', ".value"):
        assert listener not in text.replace("data-value", "")


def test_a_visit_has_its_channel_a_moment_later(agreed: Page, shop: Shop, number: str) -> None:
    agreed.goto("/en/?utm_source=chatgpt.com")
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        rows = shop.rows("SELECT channel, why FROM events_sessions WHERE visitor = %s", device(number))
        if rows:
            break
        time.sleep(0.2)
    # A browser that a program steers is kept apart, and kept.
    assert rows == [("ai_assistants", "agent")]

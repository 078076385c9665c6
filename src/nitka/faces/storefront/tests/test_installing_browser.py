"""A real Chromium: the shop can be installed, cart and orders are readable without a net, news of an order appear."""

import shutil
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.buying import bought
from nitka.people.contact.models import PushSubscription
from nitka.sale.shipping import actions as shipping
from nitka.shelf.content import actions as content

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
WAIT_MS = 60_000
expect.set_options(timeout=WAIT_MS)
# A browser without its maker's push service: what it would have said.
PUSH = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async (wanted) => ({ toJSON: () => ({ endpoint: "https://push.example/one", keys: {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg" } }) });
Notification.requestPermission = async () => "granted";
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def shop(own_index: Any, settings: Any) -> Iterator[makers.Shop]:
    settings.NITKA_DEMO = True
    makers.forget()
    made = makers.small_shop()
    shipping.put_built_in_options()
    content.set_shop(iban="PL61109010140000071219812874", bic="WBKPPLPP", country="PL", zone="Europe/Warsaw")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    yield made
    makers.forget()


@pytest.fixture
def phone(browser: Browser, shop: makers.Shop, live_server: Any) -> Iterator[BrowserContext]:
    base = live_server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(locale="en-IE", base_url=base, permissions=["notifications"])
    context.set_default_timeout(WAIT_MS)
    yield context
    context.close()


@pytest.fixture
def link(shop: makers.Shop) -> str:
    """The page of a paid order."""
    return bought(Client(headers={"Accept-Language": "en-DE"}), UUID(shop.variants["STONE-CUP"]), 2)


def with_worker(page: Page, path: str = "/en/") -> None:
    """The worker is in charge of this window and has kept the page for when there is no net."""
    page.goto(path)
    page.wait_for_function(
        "async () => Boolean((await navigator.serviceWorker.ready) && navigator.serviceWorker.controller)"
    )
    until(page, "async () => Boolean(await caches.match('/en/offline'))")


def until(page: Page, asked: str, argument: str = "") -> None:
    """Wait for what the browser keeps; a promise of its own would always count as true."""
    for _turn in range(200):
        if page.evaluate(asked, argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError(asked)


KEPT = "async (path) => Boolean(await (await caches.open('nitka-own')).match(path))"


def test_it_is_installable_and_readable_without_a_net(phone: BrowserContext, link: str) -> None:
    page = phone.new_page()
    with_worker(page)
    session = phone.new_cdp_session(page)
    # A window without a profile is never offered to be installed; nothing else is wrong with it.
    errors = [each["errorId"] for each in session.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [each for each in errors if each != "in-incognito"] == []
    found = session.send("Page.getAppManifest")
    assert found["errors"] == [] and found["url"].endswith("/en/manifest.webmanifest")

    order = link.partition("?")[0]
    page.goto(link)
    until(page, KEPT, order)
    page.goto("/en/cart")
    until(page, KEPT, "/en/cart")
    phone.set_offline(True)
    page.goto("/en/search?q=lamp")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(page.locator("[data-kept-pages] li")).to_have_count(2)
    page.locator(f"[data-kept-pages] a[href='{order}']").click()
    expect(page.get_by_text("You see this page as it was")).to_be_visible()
    expect(page.get_by_role("heading", name="What you ordered")).to_be_visible()
    assert page.locator("#main button:not([disabled])").count() == 0
    phone.set_offline(False)
    expect(page.locator("html[data-kept]")).to_have_count(0)

    page.goto("/en/offline")
    page.get_by_role("button", name="Remove them now").click()
    expect(page.get_by_text("Kept on this device")).to_be_hidden()
    page.goto("/en/cart")
    until(page, KEPT, "/en/cart")
    page.evaluate("() => fetch('/en/account/sign-out', { method: 'POST' })")
    until(page, "async () => !(await caches.has('nitka-own'))")
    names = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat()"
    )
    assert "/en/offline" in names and not [name for name in names if "order" in name or "cart" in name]


def test_an_order_is_followed_by_a_button_and_its_news_are_shown(
    phone: BrowserContext, link: str, live_server: Any
) -> None:
    phone.add_init_script(PUSH)
    page = phone.new_page()
    with_worker(page)
    session = phone.new_cdp_session(page)
    known: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: known.extend(
        each["registrationId"] for each in said["registrations"]))  # fmt: skip
    session.send("ServiceWorker.enable")
    page.goto(link)
    button = page.get_by_role("button", name="Tell me on this device")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.get_by_text("You get news of this order on this device.")).to_be_visible()
    row = PushSubscription.objects.get()
    assert row.endpoint == "https://push.example/one" and row.language == "en" and row.customer_id
    said = '{"title": "Nitka", "body": "It arrives today.", "path": "/en/order/x", "tag": "order:1", "language": "en"}'
    origin = live_server.url.replace("127.0.0.1", "localhost")
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": known[-1], "data": said})
    shown = (
        "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
        ".some((each) => each.body === 'It arrives today.' && each.tag === 'order:1')"
    )
    until(page, shown)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert not PushSubscription.objects.exists()


# What only that language needs, beside its alphabet: its marks, its quotation, its money.
GLYPHS = {
    "hy": "։՛՞՜՝«»և֏Աֆ", "bg": "ѝЍ„“№щъьюя–", "pl": "ąćęłńóśźżŁŻ„”–", "nb": "æøåÆØÅ«»–", "ru": "ёЁъыэ«»—№₽", "en": "“”‘’–—€£",
}  # fmt: skip


def test_our_own_fonts_draw_every_letter_of_every_language(phone: BrowserContext) -> None:
    """Chromium says which file drew the text; a glyph of the machine's own fonts would be seen here."""
    page = phone.new_page()
    session = phone.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    foreign = []
    for language, letters in GLYPHS.items():
        page.goto(f"/{language}/offline")
        page.evaluate("() => document.fonts.ready")
        page.reload()  # the fonts are optional: at a slow first visit the page does without them
        page.evaluate(
            "async (letters) => { const main = document.getElementById('main');"
            " const made = ['h1', 'p'].map((tag) => Object.assign(document.createElement(tag), {textContent: letters}));"
            " main.replaceChildren(...made); await Promise.all(made.map((each) => { const style = getComputedStyle(each);"
            " return document.fonts.load(`${style.fontWeight} 20px ${style.fontFamily}`, letters) }));"
            " await document.fonts.ready }",
            letters,
        )
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for tag in ("h1", "p"):
            node = session.send("DOM.querySelector", {"nodeId": root, "selector": f"#main > {tag}"})["nodeId"]
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            foreign += [(language, tag, each["familyName"]) for each in fonts if not each["isCustomFont"]]
    assert not foreign

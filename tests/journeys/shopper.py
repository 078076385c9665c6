"""Somebody who shops: what people do on the pages, in one place, so that a journey reads as one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from tests.cast import Person

SHOP_NAME = "Tråd"
# Resolves when a form has been at rest for longer than it waits before it counts anew.
QUIET = """form => new Promise((done) => {
  let since = performance.now();
  const look = () => {
    if (form.hasAttribute("aria-busy")) since = performance.now();
    if (performance.now() - since > 300) done();
    else requestAnimationFrame(look);
  };
  look();
})"""
PAID = re.compile(r"/order/(NK-[\w-]+)")


def words(language: str, text: str) -> str:
    """What the shop says for this in that language."""
    with translation.override(language):
        return str(gettext(text))


def eventually[Found](page: Page, look: Callable[[], Found], seconds: float = 20) -> Found:
    """Look again until there is something: for what another process does, which no page announces."""
    deadline = monotonic() + seconds
    while not (found := look()):
        assert monotonic() < deadline, f"it did not happen within {seconds} s"
        page.wait_for_timeout(150)
    return found


def link_in(letter: str, part: str) -> str:
    """The path of the first link of a mail that holds this."""
    found = re.search(rf'href="https?://[^/"]+([^"]*{part}[^"]*)"', letter)
    assert found, f"no link to {part}"
    return found.group(1).replace("&amp;", "&")


@dataclass
class Shopper:
    """A person at a page."""

    page: Page
    person: Person

    @property
    def home(self) -> str:
        return f"/{self.person.language}/"

    def say(self, text: str) -> str:
        return words(self.person.language, text)

    def enter(self) -> None:
        """Come by the plain address; the shop finds language and market from the browser."""
        self.page.goto("/")
        expect(self.page).to_have_url(re.compile(f"{self.home}$"))
        expect(self.page.locator("html")).to_have_attribute("lang", self.person.language)
        expect(self.page.locator("#pref-market")).to_have_value(self.person.market)

    def search(self, text: str) -> None:
        self.page.locator("#q").fill(text)
        self.page.locator("#q").press("Enter")
        expect(self.page).to_have_url(re.compile(r"/search\?q="))

    def browse(self, place: int) -> None:
        """Open a category from the header."""
        link = self.page.locator(".masthead nav.rooms a").nth(place)
        name = link.inner_text()
        link.click()
        expect(self.page.locator("h1")).to_have_text(name)

    def open_product(self, name: str) -> None:
        card = self.page.locator(".cards .card a", has_text=name).first
        title = card.inner_text()
        card.click()
        expect(self.page.locator("h1")).to_have_text(title)

    def choose(self, option: str, value: str) -> str:
        """Choose a value of an option; returns its name. The form then holds another variant."""
        variant = self.page.locator("form.buy input[name=variant]")
        before = variant.input_value()
        link = self.page.locator(f"[data-option='{option}'] [data-value='{value}']")
        link.click()
        expect(self.page.locator(f"[data-option='{option}'] [aria-current=true]")).to_have_attribute(
            "data-value", value
        )
        expect(variant).not_to_have_value(before)
        return link.inner_text().strip()

    def add(self) -> None:
        self.page.locator("form.buy [data-part=button]").click()
        expect(self.drawer).to_be_visible()

    @property
    def drawer(self) -> Locator:
        return self.page.locator("dialog#drawer[open]")

    def add_quickly(self, slug: str) -> None:
        """Add the first variant of a product whose page is known."""
        self.page.goto(f"{self.home}p/{slug}/")
        self.add()

    def to_checkout(self) -> None:
        self.drawer.get_by_role("link", name=self.say("To the checkout")).click()
        expect(self.page).to_have_url(re.compile(r"/checkout$"))

    def fill_in(self) -> None:
        """E-mail and address; the country first, since its rules decide which fields there are."""
        page, address = self.page, self.person.address
        page.locator("#f-email").fill(self.person.email)
        if page.locator("#f-country").input_value() != address.country:
            page.locator("#f-country").select_option(address.country)
        expect(page.locator(f"#checkout-address[data-fields^='{address.country} ']")).to_be_visible()
        for name in ("name", "company", "line1", "postcode", "city", "phone"):
            field, value = page.locator(f"#f-{name}"), getattr(address, name)
            if value and field.count():
                field.fill(value)
        if address.region:
            page.locator("#f-region").select_option(address.region)
        page.locator("#f-email").focus()
        self.settled()

    def settled(self) -> None:
        """The sums on the page are those of what stands in the form: it neither counts nor is about to."""
        self.page.locator("#checkout").evaluate(QUIET)

    def choose_delivery(self, place: int = 0) -> str:
        """Choose a way of delivery; returns the promise that it makes."""
        choice = self.page.locator("#checkout-delivery .choice").nth(place)
        promise = choice.locator("span").first.inner_text()
        if not choice.locator("input").is_checked():
            choice.click()
        self.settled()
        expect(self.page.locator(".arrives")).to_have_text(promise)
        return promise

    def choose_payment(self, method: str, card: str = "") -> None:
        radio = self.page.locator(f"input[name=payment][value={method}]")
        if not radio.is_checked():
            radio.check()
        self.settled()
        if card:
            self.page.locator(f"input[name=choice][value={card}]").check()

    def order(self) -> None:
        button = self.page.locator("#checkout button[data-once]")
        expect(button).to_have_text(self.say("Order with obligation to pay"))
        button.click()

    def arrived(self) -> str:
        """On the order's page; returns its code."""
        expect(self.page).to_have_url(PAID)
        found = PAID.search(self.page.url)
        assert found
        expect(self.page.locator(".order-head .code")).to_contain_text(found.group(1))
        return found.group(1)

    def buy(self, slug: str, method: str = "demo_card", card: str = "success") -> str:
        """The whole way, where the way itself is not what is looked at."""
        self.add_quickly(slug)
        self.to_checkout()
        self.fill_in()
        self.choose_delivery()
        self.choose_payment(method, card)
        self.order()
        return self.arrived()

    def sign_in(self) -> None:
        """By the code that is mailed, to the account's page."""
        page = self.page
        page.goto(f"{self.home}account/")
        page.locator("#f-email").fill(self.person.email)
        page.get_by_role("button", name=self.say("Send me a code")).click()
        expect(page.locator("#f-code")).to_be_focused()
        before, _code, after = self.say("%(code)s is your code for %(shop)s").partition("%(code)s")
        ending = re.escape(after.replace("%(shop)s", SHOP_NAME))
        letter = self.mail(re.compile(rf"{re.escape(before)}\d{{3}}\s?\d{{3}}{ending}"))
        found = re.search(r"\b(\d{3})\s?(\d{3})\b", re.sub(r"<style.*?</style>|<[^>]+>", " ", letter, flags=re.S))
        assert found
        page.locator("#f-code").fill("".join(found.groups()))
        page.get_by_role("button", name=self.say("Sign in")).click()
        expect(page).to_have_url(re.compile(f"{self.home}account/$"))

    def mail(self, subject: str | re.Pattern[str]) -> str:
        """Wait for a mail with this subject, open it in the demo's mailbox; returns its HTML as it was sent."""
        page = self.page.context.new_page()
        letter = page.get_by_role("link", name=subject)

        def came() -> bool:
            page.goto(f"/mailbox/?to={self.person.email}")
            return letter.count() > 0

        eventually(page, came)
        expect(letter.first).to_have_attribute("lang", self.person.language)
        letter.first.click()
        expect(page.locator("h1")).to_have_text(subject)
        body = page.request.get(page.url + "body").text()
        page.close()
        return body

    def mail_about(self, code: str, subject: str) -> str:
        """Wait for the mail about an order; `subject` as it stands in the source."""
        return self.mail(self.say(subject) % {"code": code, "shop": SHOP_NAME})

"""B2B: a buyer asks for a price, takes it and orders on account; above their limit somebody of the company says yes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import NORDLYS, STRANGER, Person
from tests.journeys.conftest import OpenBrowser
from tests.journeys.keeper import Keeper
from tests.journeys.shopper import Shopper, eventually

pytestmark = pytest.mark.browser

# Of the demo's company: Ola may spend 5,000 NOK without asking, Kari anything. Every order bears its number.
COMPANY = "Kontor Nord AS (demo)"
OLA = Person("Ola Lund", "ola@kontornord.example", "nb", "no", NORDLYS.address)
KARI = Person("Kari Berg", "kari@kontornord.example", "nb", "no", NORDLYS.address)
MAX = Person("Max Fremd", "max.kawa@example.org", "en", "eu", STRANGER.address)
CODE = re.compile(r"\b\d{6}\b")
QUOTE = re.compile(r"/quotes/(NQ-[\w-]+)")
APPROVAL = re.compile(r"/approvals/")


def signed_in(open_browser: OpenBrowser, person: Person) -> Shopper:
    """In a browser of their own, by the newest code; whoever signed in before has older ones in the mailbox."""
    shopper = Shopper(open_browser({"en": "eu"}.get(person.language, person.language)).new_page(), person)
    page, mailbox = shopper.page, shopper.page.context.new_page()
    codes = mailbox.get_by_role("link", name=CODE)

    def count() -> int:
        mailbox.goto(f"/mailbox/?to={person.email}")
        return codes.count()

    before = count()
    page.goto(f"{shopper.home}account/")
    page.locator("#f-email").fill(person.email)
    page.get_by_role("button", name=shopper.say("Send me a code")).click()
    expect(page.locator("#f-code")).to_be_focused()
    eventually(mailbox, lambda: count() > before)
    found = CODE.search(codes.first.inner_text())
    assert found
    mailbox.close()
    page.locator("#f-code").fill(found.group())
    page.get_by_role("button", name=shopper.say("Sign in"), exact=True).click()
    expect(page).to_have_url(re.compile(rf"{shopper.home}account/$"))
    return shopper


def press(shopper: Shopper, text: str) -> None:
    shopper.page.locator("main").get_by_role("button", name=shopper.say(text), exact=True).click()


def many(shopper: Shopper, *lines: str) -> None:
    """By number, as companies order."""
    shopper.page.goto(f"{shopper.home}quick-order")
    shopper.page.locator("#f-lines").fill("\n".join(lines))
    press(shopper, "Put them into the cart")
    put = shopper.page.locator("main tbody tr")
    expect(put).to_have_count(len(lines))
    expect(put.and_(shopper.page.locator("[data-wrong]"))).to_have_count(0)


def to_the_button(shopper: Shopper, number: str) -> None:
    """The checkout of somebody who acts for the company, on account, with the company's number of the order."""
    page = shopper.page
    page.goto(f"{shopper.home}checkout")
    expect(page.locator(".buys-for .choice", has_text=COMPANY).locator("input")).to_be_checked()
    shopper.fill_in()
    shopper.choose_delivery()
    shopper.choose_payment("on_account")
    page.locator("#f-po_number").fill(number)


def ordered_on_account(shopper: Shopper, number: str) -> str:
    """On the order's page, which says by when the company pays."""
    code = shopper.arrived()
    live = shopper.page.locator("#order-live")
    expect(live).to_contain_text(shopper.say("On account: your company gets an invoice."))
    expect(live).to_contain_text(number)
    return code


def test_a_price_is_asked_for_answered_taken_and_ordered_on_account(open_browser: OpenBrowser, office: Page) -> None:
    ola = signed_in(open_browser, OLA)
    page = ola.page
    many(ola, "TR-KOPP-DUNE; 12", "TR-PUTE-NATURAL; 2")
    page.goto("/nb/cart")
    page.get_by_role("link", name=ola.say("Ask for a price for all of it")).click()
    wishes = page.locator("tr").filter(has=page.locator("input[name^='wish.']"))
    wishes.filter(has_text="Kopp").locator("input").fill("150")
    page.locator("#f-words").fill("Tolv kopper i måneden")
    press(ola, "Ask for a price")
    expect(page).to_have_url(QUOTE)
    found = QUOTE.search(page.url)
    assert found
    quote = found.group(1)
    expect(page.locator("main")).to_contain_text(ola.say("We are looking at it, and write to you with a price."))

    office.goto("/back/quotes/")
    office.get_by_role("link", name=quote).click()
    expect(office.locator("main")).to_contain_text("Tolv kopper i måneden")
    mugs = office.get_by_label(re.compile("^Our price, a piece: Kopp"))
    expect(mugs).to_have_value("150.00")  # what they wish, to begin with
    mugs.fill("160")
    office.get_by_label(re.compile("^Our price, a piece: Pute")).fill("500")
    office.get_by_label("A word with it").fill("Gjerne")
    Keeper(office).press("Send the price")

    assert "Gjerne" in ola.mail(ola.say("Your price for %(code)s") % {"code": quote})
    page.reload()
    expect(page.locator("blockquote")).to_have_text("Gjerne")
    press(ola, "Take it: put it into the cart")
    expect(page).to_have_url(re.compile("/nb/cart$"))
    expect(page.locator("main")).to_contain_text(re.compile(r"2\s920,00"))

    to_the_button(ola, "PO-17")
    ola.order()
    order = ordered_on_account(ola, "PO-17")
    office.goto("/back/quotes/?state=ordered")
    expect(office.get_by_role("link", name=quote)).to_be_visible()
    expect(office.locator("tr", has_text=order)).to_contain_text("PO-17")


def test_above_the_limit_somebody_of_the_company_says_yes_first(open_browser: OpenBrowser) -> None:
    ola, kari = signed_in(open_browser, OLA), signed_in(open_browser, KARI)
    many(ola, "TR-MANE-CHALK; 4")
    to_the_button(ola, "PO-18")
    expect(ola.page.locator("#f-approval_words")).to_be_visible()
    ola.page.locator("#f-approval_words").fill("Til det nye møterommet")
    press(ola, "Ask for approval")
    expect(ola.page).to_have_url(APPROVAL)
    asked = ola.page.url
    expect(ola.page.locator("main")).to_contain_text(ola.say("It waits for an answer."))
    expect(ola.page.get_by_role("button", name=ola.say("Approve"), exact=True)).to_have_count(0)

    page = kari.page
    page.goto("/nb/account/company")
    page.get_by_role("link", name=OLA.name).first.click()
    expect(page).to_have_url(asked)
    expect(page.locator("blockquote")).to_have_text("Til det nye møterommet")
    page.locator("#f-answer").fill("Fint")
    press(kari, "Approve")
    expect(page.locator("main")).to_contain_text(kari.say("It is approved."))

    subject = re.compile(
        "^" + re.escape(ola.say("Your order of %(sum)s is approved")).replace(re.escape("%(sum)s"), ".+")
    )
    assert "Fint" in ola.mail(subject)
    ola.page.reload()
    ola.page.get_by_role("link", name=ola.say("Order it now")).click()
    expect(ola.page.locator("main")).to_contain_text(ola.say("Your company approved this order."))
    ola.settled()
    ola.order()
    order = ordered_on_account(ola, "PO-18")
    page.goto("/nb/account/company")
    expect(page.locator("tr", has_text=order).filter(has_text="PO-18")).to_be_visible()


def test_the_staff_let_a_customer_act_for_a_new_company(open_browser: OpenBrowser, office: Page) -> None:
    buyer = signed_in(open_browser, MAX)
    office.goto(f"/back/customers/?q={MAX.email}")
    office.locator("main td a").first.click()
    office.get_by_role("link", name="Linked identities").click()
    office.get_by_text("Add a company").click()
    office.get_by_label("Name of a new company").fill("Kawa sp. z o.o.")
    office.get_by_label("Tax number of a new company").fill("PL5260001246")
    office.get_by_label("Role").select_option(label="Buys")
    office.locator("details.deed").get_by_role("button", name="Save").click()
    expect(office.locator("main")).to_contain_text("PL5260001246")

    office.get_by_role("link", name="Kawa sp. z o.o.").click()
    expect(office.locator("main table", has_text=MAX.email)).to_contain_text("buyer")
    buyer.page.goto("/en/account/company")
    expect(buyer.page.locator("main h2")).to_have_text("Kawa sp. z o.o.")

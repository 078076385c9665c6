"""From words to goods: an article, a quiz, a form of the merchant's own and a letter, all made of blocks."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import STRANGER
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper, eventually, link_in

pytestmark = pytest.mark.browser
GUEST = replace(STRANGER, email="max.guest@example.org")
READER = replace(STRANGER, email="max.letter@example.org")


def test_an_article_leads_to_its_chair_and_into_the_cart(visitor: BrowserContext) -> None:
    shopper = Shopper(visitor.new_page(), STRANGER)
    page = shopper.page
    page.goto("/en/")
    page.get_by_role("main").locator("a[href*='/article/']").first.click()
    expect(page).to_have_url(re.compile("/en/article/"))
    page.goto("/en/article/the-seat-of-lind/")
    page.get_by_role("main").locator("a[href*='/p/lind-dining-chair/']").first.click()
    expect(page.locator("h1")).to_have_text("Lind dining chair")
    shopper.add()
    expect(shopper.drawer).to_contain_text("Lind dining chair")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_quiz_on_a_landing_page_ends_in_goods_and_says_why(scripts: bool, open_browser: OpenBrowser) -> None:
    page = open_browser("eu", java_script_enabled=scripts).new_page()
    page.goto("/en/pages/a-quiet-corner/")
    page.get_by_role("link", name="Read", exact=True).click()
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    page.get_by_role("link", name="Wool", exact=True).click()
    because = page.get_by_text("Because you said: Read · Wool").first
    expect(because).to_be_visible()
    page.locator(".cards .card a").first.click()
    expect(page).to_have_url(re.compile("/en/p/"))
    expect(page.locator("form.buy")).to_be_visible()


def test_a_form_is_made_stands_in_a_page_and_its_sheet_is_answered(open_browser: OpenBrowser, office: Page) -> None:
    make_form(office)
    put_on_page(office)

    shopper = Shopper(open_browser("eu", java_script_enabled=False).new_page(), GUEST)
    page, wish = shopper.page, "Two of us, on a Friday; we would like to see the weaving."
    eventually(page, lambda: page.goto("/en/pages/visit-us/") and page.get_by_label("Your e-mail").count())
    page.get_by_label("Your e-mail").fill(GUEST.email)
    page.get_by_label("What would you like to see?").fill(wish)
    page.get_by_role("button", name="Send").click()
    assert page.locator("h1").inner_text() != "Thank you, we have it", "nothing is kept without the tick"
    page.get_by_label("You may keep what I write").check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("Thank you, we have it")
    expect(page.locator("main")).to_contain_text("Halina writes to you.")

    office.goto("/back/content/forms/workshop-visit/sheets/")
    expect(office.locator("main")).to_contain_text(wish)
    expect(office.locator("main")).to_contain_text("You may keep what I write")
    talk = office.locator("tr", has_text=GUEST.email).or_(office.locator("tr", has_text="A visit"))
    eventually(office, lambda: office.goto("/back/messages/") and talk.count())
    talk.first.get_by_role("link").first.click()
    expect(office.locator("main")).to_contain_text(wish)
    office.get_by_label("Answer to").fill("Friday at ten?")
    office.get_by_role("button", name="Send", exact=True).click()
    expect(office.locator("h1")).to_contain_text("Answered")
    assert "Friday at ten?" in shopper.mail(re.compile("^Re: "))


def make_form(office: Page) -> None:
    """A form with two fields, words of consent and of thanks."""
    office.goto("/back/content/forms/new/")
    office.get_by_label("Code, by which pages name it").fill("workshop-visit")
    office.get_by_label("Title").fill("A visit to the workshop")
    for place, (label, kind) in enumerate((("Your e-mail", "email"), ("What would you like to see?", "text"))):
        office.get_by_role("button", name="Add a field").click()
        office.locator(f"[id='b{place}.label']").fill(label)
        office.locator(f"[id='b{place}.kind_of']").select_option(kind)
        office.locator(f"[id='b{place}.needed']").select_option("yes")
    office.get_by_label("What one agrees to").fill("You may keep what I write, to answer me.")
    office.get_by_label("What you say afterwards").fill("Halina writes to you.")
    office.get_by_role("button", name="Save").last.click()
    expect(office).to_have_url(re.compile("/forms/workshop-visit/"))


def put_on_page(office: Page) -> None:
    """A page of one block, shown at once."""
    office.goto("/back/content/new/")
    office.get_by_label("Address", exact=True).fill("visit-us")
    office.get_by_label("Kind").select_option("page")
    office.get_by_label("Title", exact=True).first.fill("Visit us")
    office.get_by_role("button", name="Form", exact=True).last.click()
    office.locator("[id='b0.title']").fill("Come and see")
    office.locator("[id='b0.form']").fill("workshop-visit")
    office.get_by_label("Shown in the shop in English").check()
    office.get_by_role("button", name="Save and show").click()
    expect(office.get_by_role("link", name="See it in the shop")).to_be_visible()


def test_a_letter_is_asked_for_in_a_page_and_confirmed_by_mail(open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser("eu").new_page(), READER)
    page = shopper.page
    page.goto("/en/pages/a-quiet-corner/")
    offer = page.locator(".letter-offer")
    offer.get_by_label("E-mail").fill(READER.email)
    offer.get_by_role("button", name="Subscribe").click()
    expect(page.locator("h1")).to_have_text("One more step")
    page.goto(link_in(shopper.mail(re.compile("^Please confirm the newsletter")), "/newsletter/confirm"))
    expect(page.locator("h1")).to_have_text("Do you want our letter?")
    page.get_by_role("button", name="Yes, send it to me").click()
    expect(page.locator("h1")).to_have_text("Welcome")

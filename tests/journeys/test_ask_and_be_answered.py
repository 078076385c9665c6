"""A question from a product page, its answer by mail, and the answer to that: one conversation."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import STRANGER
from tests.journeys.conftest import OpenBrowser

pytestmark = pytest.mark.browser
LIVE_MS = 5_000


def test_a_question_is_asked_answered_and_answered_back(open_browser: OpenBrowser, office: Page) -> None:
    office.goto("/back/messages/")
    expect(office.locator("[data-live-state=live]")).to_have_count(1)
    office.evaluate("window.notReloaded = true")

    # Without JavaScript, as the form must work.
    page = open_browser("eu", java_script_enabled=False).new_page()
    page.goto("/en/p/kopp-mug/")
    page.get_by_role("link", name="Ask about this product").click()
    expect(page.locator("#f-cause")).to_have_value("product")
    page.get_by_label("Your question").fill("Does it survive the dishwasher?")
    page.locator("#f-email").fill(STRANGER.email)
    page.get_by_label("Name").fill(STRANGER.name)
    page.wait_for_timeout(2_100)  # nobody writes a question faster
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("Thank you, we have your question")
    code = re.search(r"M-\w{4}-\w{4}", page.locator("main").inner_text()).group()  # type: ignore[union-attr]

    row = office.locator(f"tr[data-href='/back/messages/{code}/']")
    expect(row).to_contain_text(STRANGER.name, timeout=LIVE_MS)
    assert office.evaluate("window.notReloaded"), "the question appears without a reload"
    row.get_by_role("link").first.click()
    expect(office.locator("main")).to_contain_text("Does it survive the dishwasher?")
    expect(office.locator("#cause")).to_have_value("product")
    office.get_by_label("Answer to").fill("Yes, on the upper shelf.")
    office.get_by_role("button", name="Send", exact=True).click()
    expect(office.locator("h1")).to_contain_text("Answered")

    page.goto(f"/mailbox/?to={STRANGER.email}")
    page.locator("main table a", has_text="Re: ").first.click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Yes, on the upper shelf.")
    page.get_by_label("Your answer").fill("Thank you!")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Your answer has arrived")

    office.reload()
    expect(office.locator("ol.talk > li")).to_have_count(3)
    expect(office.locator("ol.talk > li").last).to_contain_text("Thank you!")
    expect(office.locator("ol.talk > li").last).to_contain_text("from the mailbox that we wrote to")
    expect(office.locator("h1")).to_contain_text("To answer")

"""After the sale, without writing to anyone: a piece goes back for its money, another is exchanged."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import NORA
from tests.journeys.keeper import Keeper
from tests.journeys.shopper import Shopper, eventually

pytestmark = pytest.mark.browser
CASE = re.compile(r"/returns/([\w-]+)")


def opened(page: Page) -> str:
    """On the page of a case; its number."""
    expect(page).to_have_url(CASE)
    found = CASE.search(page.url)
    assert found
    return found.group(1)


def test_a_piece_goes_back_and_the_money_comes_back(visitor: BrowserContext, office: Page) -> None:
    shopper = Shopper(visitor.new_page(), replace(NORA, email="returns@example.org"))
    page, keeper = shopper.page, Keeper(office)
    page.goto("/en/")
    order = shopper.buy("pute-linen-cushion")
    keeper.deliver(order)

    page.reload()
    page.get_by_role("link", name="Send something back").click()
    page.get_by_label(re.compile("^Reason")).select_option(label="I do not like it")
    page.get_by_label("The way you paid").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".sums dd.total")).to_have_text("€60.90")  # 49.00, and 11.90 of delivery, since all goes back
    page.get_by_role("button", name="Announce the return").click()
    case = opened(page)
    expect(page.locator(".order-head .state")).to_have_text("Approved")
    # The label is made a moment later.
    label = page.get_by_role("link", name="Label (PDF)")
    eventually(page, lambda: label.count() or (page.reload() and label.count()))
    for paper in ("Return slip (PDF)", "Label (PDF)"):
        answer = page.request.get(page.get_by_role("link", name=paper).get_attribute("href") or "")
        assert answer.body().startswith(b"%PDF")
    page.get_by_role("button", name="I have sent it").click()
    expect(page.locator(".order-head .state")).to_have_text("On its way back")

    keeper.case(case)
    keeper.press("Received")
    keeper.press("Keep the grades")
    keeper.press("Refund and close")
    expect(office.locator("h1 .state")).to_have_text("Done")

    page.reload()
    expect(page.locator(".sums dt.total")).to_have_text("Sent back to you")
    assert "60.90" in shopper.mail(f"Return {case} is done")


def test_a_stool_is_exchanged_for_a_higher_one_and_the_difference_is_paid(
    visitor: BrowserContext, office: Page
) -> None:
    shopper = Shopper(visitor.new_page(), replace(NORA, email="exchange@example.org"))
    page, keeper = shopper.page, Keeper(office)
    page.goto("/en/")
    order = shopper.buy("vik-stool")
    keeper.deliver(order)

    page.reload()
    page.get_by_role("link", name="Exchange a piece").click()
    wish = page.get_by_label(re.compile("^Exchange for"))
    wish.select_option(label=next(each for each in wish.locator("option").all_inner_texts() if "65" in each))
    page.get_by_label(re.compile("^Reason")).select_option(label="Too small")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".sums dd.total")).to_have_text("€20.00")
    page.get_by_role("button", name="Ask for the exchange").click()
    case = opened(page)
    page.get_by_label(re.compile("Card that works")).check()
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.locator(".order-head .state")).to_have_text("Approved")
    page.get_by_role("button", name="I have sent it").click()

    keeper.case(case)
    keeper.press("Received")
    keeper.press("Keep the grades")
    keeper.press("They are with the carrier")
    expect(office.locator("h1 .state")).to_have_text("Done")
    assert "65" in shopper.mail(f"New pieces for {case} are on their way")

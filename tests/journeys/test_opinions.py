"""What buyers and those who hesitate say of a product: written by them, looked at by the shop, read by everybody."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import NORA, STRANGER
from tests.clockwork import strike
from tests.demo import Shop
from tests.journeys.conftest import OpenBrowser
from tests.journeys.keeper import Keeper
from tests.journeys.shopper import Shopper, eventually, link_in

pytestmark = pytest.mark.browser
BUYER = replace(NORA, email="nora.reviews@example.org")
ASKER = replace(STRANGER, email="max.asks@example.org")
SHELF = "/en/c/textiles-rugs/"
SLUG, NAME = "sauda-wool-throw", "Sauda wool throw"


def photograph() -> bytes:
    """A picture as a telephone makes it, with the place in it."""
    file, picture = BytesIO(), Image.new("RGB", (900, 700), "#6c7a55")
    exif = Image.Exif()
    exif[0x0110] = "A telephone of Nora"
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def buyer(visitor: BrowserContext) -> Shopper:
    return Shopper(visitor.new_page(), BUYER)


def stars_on_card(page: Page, name: str) -> int:
    """How many reviews the card of a product counts."""
    page.goto(SHELF)
    card = page.locator(".card", has_text=name).first
    expect(card).to_be_visible()
    found = re.search(r"\((\d+)\)|(\d+) reviews?", card.inner_text())
    return int(next(filter(None, found.groups()))) if found else 0


def test_a_buyer_is_asked_writes_and_is_read(shop: Shop, buyer: Shopper, office: Page) -> None:
    page, keeper = buyer.page, Keeper(office)
    page.goto("/en/")
    before = stars_on_card(page, NAME)
    office.goto("/back/reviews/rules")
    office.get_by_label("Days after delivery").fill("0")
    office.get_by_role("button", name="Save").click()
    keeper.deliver(buyer.buy(SLUG))
    title = "Warm in November"

    eventually(page, lambda: shop.rows("SELECT 1 FROM reviews_invitations WHERE email = %s", BUYER.email))
    strike(shop, "nitka.shelf.reviews.tasks:ask_buyers")
    page.goto(link_in(buyer.mail("What do you think of it?"), "/review"))
    page.locator("input[name=rating][value='5']").check()
    page.get_by_label("In one line").fill(title)
    page.get_by_label("Your review").fill("Washed once, and it only got softer.\nThe seams hold.")
    page.get_by_label("Name to be shown").fill("Nora from Cologne")
    page.set_input_files("#f-pictures", {"name": "throw.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    page.get_by_role("button", name="Send the review").click()
    expect(page.locator("h1")).to_have_text("Thank you for your review")
    page.goto(f"/en/p/{SLUG}/reviews?sort=new")
    expect(page.locator("main")).not_to_contain_text(title)

    office.goto("/back/reviews/")
    office.get_by_role("link", name=title).click()
    expect(office.locator("main")).to_contain_text("Nora from Cologne")
    office.get_by_label("For all to read").fill("Thank you, Nora!")
    office.get_by_role("button", name="Save the answer").click()
    office.locator("main form[action$='/publish']").get_by_role("button").click()
    # The next that waits is opened at once.
    expect(office.locator("#notices")).to_contain_text("The review is shown.")

    review = page.locator("article.review", has_text=title)
    eventually(page, lambda: page.goto(f"/en/p/{SLUG}/reviews?sort=new") and review.count())
    expect(review).to_contain_text("Bought here")
    expect(review).to_contain_text("Thank you, Nora!")
    picture = eventually(page, lambda: drawn(page, title), 75)
    answer = page.request.get(picture)
    exif = Image.open(BytesIO(answer.body())).getexif()
    assert dict(exif) == {}, "where and by what a picture was taken is nobody's business"
    eventually(page, lambda: stars_on_card(page, NAME) == before + 1)


def drawn(page: Page, title: str) -> str:
    """The address of the picture of that review, once the worker has drawn it anew."""
    page.reload()
    shot = page.locator("article.review", has_text=title).locator(".shots a")
    return str(shot.get_attribute("href")) if shot.count() else ""


def test_a_stranger_asks_proves_the_address_and_is_answered(
    shop: Shop, open_browser: OpenBrowser, office: Page
) -> None:
    asker = Shopper(open_browser("eu", java_script_enabled=False).new_page(), ASKER)
    page, question = asker.page, "Is the zip hidden, or does it scratch the table?"
    page.goto("/en/p/pute-linen-cushion/")
    page.get_by_role("link", name="Ask a question").first.click()
    page.get_by_label("Your question").fill(question)
    page.locator("#f-email").fill(ASKER.email)
    page.get_by_label("Name to be shown").fill("Max")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("h1")).to_have_text("One more click")
    page.goto(link_in(asker.mail(re.compile("^Please confirm your question")), "/questions/confirm"))
    page.get_by_role("button", name="Yes, this is my question").click()
    expect(page.locator("h1")).to_have_text("Thank you for your question")

    office.goto("/back/questions/")
    office.get_by_role("link", name=question).click()
    office.get_by_label("Answer of the shop").fill("It lies under a fold of the cloth, and touches nothing.")
    office.get_by_role("button", name="Answer and show").click()

    letter = asker.mail(re.compile("^An answer to your question"))
    assert "It lies under a fold of the cloth" in letter
    page.goto(link_in(letter, "/p/pute-linen-cushion/"))
    found = page.locator("article.question", has_text=question)
    eventually(page, lambda: found.count() or (page.reload() and found.count()))
    expect(found).to_contain_text("It lies under a fold of the cloth")
    expect(page.locator("body")).not_to_contain_text(ASKER.email)

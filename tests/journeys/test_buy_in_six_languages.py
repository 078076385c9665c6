"""A guest buys, in each language of the shop, in the market that their browser speaks of."""

import pytest
from playwright.sync_api import expect

from nitka.ground.locale import LANGUAGES
from tests.cast import SHOPPERS
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser

# Half of them search in their own words, half look through a category (the sixth in the header: tableware).
SEARCHES = {"bg": "чаша", "nb": "krus", "ru": "кружка"}
TABLEWARE = 5
CURRENCIES = {"en": "$", "bg": "€", "hy": "֏", "nb": "kr", "pl": "zł", "ru": "₽"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guest_buys(language: str, open_browser: OpenBrowser) -> None:
    shopper = Shopper(open_browser(language).new_page(), SHOPPERS[language])
    page = shopper.page
    shopper.enter()
    if language in SEARCHES:
        shopper.search(SEARCHES[language])
    else:
        shopper.browse(TABLEWARE)
    shopper.open_product("Kopp")
    glaze = shopper.choose("glaze", "sea")
    price = page.locator("form.buy, [data-part=price]").locator(".price .now").first.inner_text()
    assert CURRENCIES[language] in price
    title = page.locator("h1").inner_text()
    expect(page.locator("form.buy [data-part=button]")).to_have_text(shopper.say("Add to cart"))

    shopper.add()
    line = shopper.drawer.locator(".lines li")
    expect(line).to_have_count(1)
    expect(line).to_contain_text(title)
    expect(line).to_contain_text(glaze)
    expect(page.locator("#cart-badge b")).to_have_text("1")

    shopper.to_checkout()
    shopper.fill_in()
    promise = shopper.choose_delivery()
    shopper.choose_payment("demo_card", "success")
    total = page.locator(".pay b").inner_text()
    assert CURRENCIES[language] in total
    shopper.order()

    code = shopper.arrived()
    assert f"/{language}/order/" in page.url
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_text(promise)
    expect(page.locator(".order-papers .sums dd.total")).to_have_text(total)
    expect(page.locator(".order-papers address").first).to_contain_text(shopper.person.address.line1)
    expect(page.locator(".order-papers .lines")).to_contain_text(glaze)

    mail = shopper.mail_about(code, "Your order %(code)s at %(shop)s")
    assert f'<html lang="{language}"' in mail
    assert all(text in mail for text in (code, title, glaze))
    assert promise.split()[-2] in mail, "the mail keeps the promised day"

"""The same pages in languages of long words: nothing has to be scrolled sideways, on any width."""

import pytest
from playwright.sync_api import Page

from nitka.ground.locale import LANGUAGES
from tests.cast import SHOPPERS
from tests.journeys.conftest import OpenBrowser
from tests.journeys.looks import STICKS_OUT
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser
HEADERS = (768, 900, 1024, 1200)
NARROW = 320
SCROLLED = """() => {
  const rooms = document.querySelector(".masthead .rooms > ul");
  return [rooms.scrollWidth - rooms.clientWidth, Math.round(rooms.parentElement.getBoundingClientRect().height)];
}"""
TOP = "() => [document.querySelector('.masthead').getBoundingClientRect().bottom, document.querySelector('.masthead .bar').getBoundingClientRect().bottom]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_categories_stand_in_the_header_and_only_the_bar_stays(language: str, open_browser: OpenBrowser) -> None:
    page = open_browser("eu").new_page()
    page.goto(f"/{language}/")
    for width in HEADERS:
        page.set_viewport_size({"width": width, "height": 844})
        hidden, height = page.evaluate(SCROLLED)
        assert (hidden, page.evaluate(STICKS_OUT)) == (0, [])
        page.wait_for_function(
            "px => document.querySelector('.masthead').style.getPropertyValue('--rooms') === `${px}px`", arg=height
        )
        page.evaluate("scrollTo(0, 900)")
        page.wait_for_function("scrollY > 500")
        header, bar = page.evaluate(TOP)
        assert abs(header - bar) < 4, f"{header - bar} px of the categories are left at {width}"
        page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_that_asks_fits_the_smallest_phone(language: str, open_browser: OpenBrowser) -> None:
    page = _narrow(open_browser)
    page.goto(f"/{language}/")
    bar = page.locator("#consent")
    assert bar.evaluate("bar => bar.scrollWidth - bar.clientWidth") == 0
    refuse, accept = (bar.locator(f"button[value={answer}]").first.bounding_box() for answer in ("none", "all"))
    assert refuse and accept
    assert abs(refuse["width"] - accept["width"]) < 1, "refusing is as easy as accepting"


@pytest.mark.parametrize("path", ["legal/cookies/", "consent", "gift-card", "account/sign-in", "contact"])
@pytest.mark.parametrize("language", ["hy", "bg"])
def test_pages_of_words_fit_the_smallest_phone(language: str, path: str, open_browser: OpenBrowser) -> None:
    page = _narrow(open_browser)
    page.goto(f"/{language}/{path}")
    assert page.evaluate(STICKS_OUT) == []


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_measures_cart_and_checkout_fit_the_smallest_phone(language: str, open_browser: OpenBrowser) -> None:
    page = _narrow(open_browser)
    shopper, found = Shopper(page, SHOPPERS[language]), []
    page.goto(f"/{language}/")
    page.goto(page.locator("a[href*='/p/']").first.get_attribute("href") or "")
    address = page.url.partition("?")[0]
    shopper.add()
    for path in (f"{address}fit", f"/{language}/cart", f"/{language}/checkout"):
        page.goto(path)
        found += page.evaluate(STICKS_OUT)
    assert found == []


def test_the_account_fits_the_smallest_phone(open_browser: OpenBrowser) -> None:
    page = _narrow(open_browser)
    shopper, found = Shopper(page, SHOPPERS["ru"]), []
    page.goto("/ru/")
    shopper.sign_in()
    for path in ("", "orders", "credit", "security", "about", "addresses/new"):
        page.goto(f"/ru/account/{path}")
        found += page.evaluate(STICKS_OUT)
    assert found == []


def _narrow(open_browser: OpenBrowser) -> Page:
    return open_browser("eu", viewport={"width": NARROW, "height": 844}).new_page()

"""A shop that was just made: no market, or no product."""

from pathlib import Path

import pytest
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.shelf.content import actions as content
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.search import actions as search
from nitka.shelf.search.tests.conftest import own_index

pytestmark = pytest.mark.django_db
__all__ = ["own_index"]
NEEDS_A_MARKET = [
    "/en/",
    "/en/cart",
    "/en/checkout",
    "/en/search",
    "/en/search?q=lamp",
    "/en/c/lamps/",
    "/en/suggest?q=a",
]
PAGES = [
    *NEEDS_A_MARKET, "/", "/en/account/sign-in", "/en/help/delivery/", "/en/nothing", "/sitemap.xml",
    "/sitemap-pages.xml", "/robots.txt", "/en/order/NK-1", "/en/newsletter/confirm?token=x", "/mailbox/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def nothing(own_index: Path) -> None:
    makers.forget()
    search.rebuild()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_without_a_market(path: str) -> None:
    assert Client().get(path).status_code < 500


@pytest.mark.parametrize("path", NEEDS_A_MARKET)
def test_it_says_that_it_is_being_set_up(path: str) -> None:
    answer = Client().get(path)
    assert "This shop is being set up" in answer.content.decode()
    assert "noindex" in answer.content.decode() and answer["Cache-Control"] == "no-store"


def test_nothing_can_be_put_into_a_cart_without_a_market() -> None:
    for deed in ("add", "coupon", "restore-all"):
        assert "being set up" in Client().post(f"/en/cart/{deed}", {"variant": "x"}).content.decode()
    assert Client().post("/en/cart/add", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_without_products(path: str) -> None:
    pricing.set_up_markets()
    makers.forget()
    assert Client().get(path).status_code < 500


def test_the_front_page_greets_with_the_shops_name_until_a_page_says_more() -> None:
    pricing.set_up_markets()
    content.set_shop(name="Needle & Co")
    makers.forget()
    text = Client().get("/en/").content.decode()
    assert "<h1>Needle &amp; Co</h1>" in text and "<title>Needle &amp; Co</title>" in text
    content.put_page(draft=content.Draft(slug="home", kind="article", title={"en": "Sharp things"}, body={"en": "x"}, description={"en": "For soft cloth."}))  # fmt: skip
    makers.forget()
    text = Client().get("/en/").content.decode()
    assert "<h1>Sharp things</h1>" in text and "For soft cloth." in text
    assert "/en/article/home/" not in text
    assert "/article/home/" not in Client().get("/sitemap-pages.xml").getvalue().decode()
    assert Client().get("/en/article/home/")["Location"] == "/en/"

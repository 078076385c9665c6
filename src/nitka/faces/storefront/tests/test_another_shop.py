"""A shop as an import leaves it: goods without pictures, and countries in which nothing has a price yet."""

import re

import pytest
from django.test import Client

from nitka.faces.storefront.tests.makers import Shop, forget, index_again
from nitka.shelf.catalog.models import Media
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db
BLANKET = "/en/p/fonn-wool-blanket/"


def take_prices_away(shop: Shop, market: str) -> None:
    pricing.set_prices(prices=[(variant, market, None, None) for variant in shop.variants.values()])  # type: ignore[misc]
    index_again()
    forget()


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_what_is_not_sold_here_promises_no_day_and_cannot_be_bought(visitor: Client, shop: Shop) -> None:
    parts = [r'<ol class="thread promise"( hidden)?>', r'<div class="row add"( hidden)?>']
    text = page(visitor, BLANKET)
    assert [re.search(part, text)[1] for part in parts] == [None, None]
    take_prices_away(shop, "eu")
    text = page(visitor, BLANKET)
    assert "Not sold in your country" in text and [re.search(part, text)[1] for part in parts] == [" hidden"] * 2
    assert "Tell me when it is back" not in text


def test_an_empty_shelf_asks_nobody_to_take_wishes_away(visitor: Client, shop: Shop) -> None:
    take_prices_away(shop, "eu")
    text = page(visitor, "/en/c/textiles/")
    assert "Nothing here yet" in text and "Take away one of your wishes" not in text
    assert 'href="/en/search?sort=new"' in text


def test_a_category_without_a_picture_has_no_empty_square_on_the_front_page(visitor: Client, shop: Shop) -> None:
    Media.objects.all().delete()
    index_again()
    grid = page(visitor, "/en/").partition('class="rooms-grid"')[2].partition("</ul>")[0]
    assert "<h3>Textiles</h3>" in grid and '<div class="picture">' not in grid

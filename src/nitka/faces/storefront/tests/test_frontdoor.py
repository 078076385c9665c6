"""robots.txt, the sitemaps, the accent colour"""

from xml.etree import ElementTree

import pytest
from django.test import Client

from nitka.faces.storefront import accents
from nitka.faces.storefront.tests.makers import address
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as shop_queries

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def places(client: Client, path: str) -> list[str]:
    return [str(each.text) for each in ElementTree.fromstring(client.get(path).content).iterfind(".//s:loc", NS)]


def test_robots_are_shown_the_sitemap_and_kept_from_carts(visitor: Client) -> None:
    text = visitor.get("/robots.txt").content.decode()
    assert f"Sitemap: {address('/sitemap.xml')}" in text
    assert "Disallow: /*/cart" in text


def test_the_sitemaps_lead_to_pages_that_exist(visitor: Client) -> None:
    maps = places(visitor, "/sitemap.xml")
    assert len(maps) == 2
    found = [place for each in maps for place in places(visitor, each.removeprefix(address("")))]
    assert address("/pl/p/koc-welniany-fonn/") in found
    for place in found:
        assert visitor.get(place.removeprefix(address(""))).status_code == 200, place


def test_a_map_beyond_the_last_is_none(visitor: Client) -> None:
    assert visitor.get("/sitemap-products-2.xml").status_code == 404
    assert visitor.get("/sitemap-products-0.xml").status_code == 404


@pytest.mark.parametrize("accent", ["#ffee00", "#000000", "#b4472e", "#7777ff", "#ffffff"])
def test_an_accent_is_mended_until_it_can_be_read(accent: str) -> None:
    for ground in (accents.PAPER, accents.NIGHT):
        colour = accents.mended(accent, ground)
        assert accents.contrast(colour, ground) >= accents.ENOUGH
        assert accents.contrast(accents.ink_on(colour), colour) >= accents.ENOUGH


def test_the_shops_own_accent_is_linked(visitor: Client) -> None:
    content.set_shop(accent="#225588")
    shop_queries.forget()
    text = visitor.get("/en/help/delivery/").content.decode()
    href = text.split('<link rel="stylesheet" href="/accent-')[1].split('"')[0]
    answer = visitor.get("/accent-" + href)
    assert answer["Content-Type"].startswith("text/css")
    assert "--thread:#225588" in answer.content.decode()

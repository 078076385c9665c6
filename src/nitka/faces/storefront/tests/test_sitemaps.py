"""GET /sitemap.xml and the maps that it names"""

from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from nitka.faces.storefront import sitemaps
from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.makers import address
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import CategoryDraft, CollectionDraft

pytestmark = pytest.mark.django_db
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def read(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(answer.getvalue())


def places(client: Client, path: str) -> list[str]:
    return [str(each.text) for each in read(client, path).iterfind(".//s:loc", NS)]


def entries(client: Client) -> Iterator[ElementTree.Element]:
    for each in places(client, "/sitemap.xml"):
        yield from read(client, each.removeprefix(address(""))).iterfind("s:url", NS)


def test_the_maps_lead_to_pages_that_exist(visitor: Client) -> None:
    maps = places(visitor, "/sitemap.xml")
    assert [each.rpartition("/")[2] for each in maps] == [
        "sitemap-pages.xml", "sitemap-shelves-1.xml", "sitemap-products-1.xml",
    ]  # fmt: skip
    found = [str(entry.findtext("s:loc", "", NS)) for entry in entries(visitor)]
    assert {address("/pl/p/koc-welniany-fonn/"), address("/en/makers/fonn/")} <= set(found)
    assert len(found) == len(set(found))
    for place in found:
        assert visitor.get(place.removeprefix(address(""))).status_code == 200, place


def test_an_entry_names_what_its_page_names(visitor: Client) -> None:
    for entry in entries(visitor):
        path = str(entry.findtext("s:loc", "", NS)).removeprefix(address(""))
        text = visitor.get(path).content.decode()
        assert f'<link rel="canonical" href="{address(path)}">' in text
        for link in entry.iterfind("x:link", NS):
            line = f'<link rel="alternate" hreflang="{link.get("hreflang")}" href="{link.get("href")}">'
            assert line in text, path
        assert text.count('rel="alternate"') == len(entry.findall("x:link", NS)), path


def test_a_product_says_when_it_was_changed_and_is_named_in_its_own_languages_alone(visitor: Client) -> None:
    products = {str(each.findtext("s:loc", "", NS)): each for each in entries(visitor)}
    blanket = products[address("/en/p/fonn-wool-blanket/")]
    assert datetime.fromisoformat(blanket.findtext("s:lastmod", "", NS)).tzinfo
    assert {link.get("hreflang") for link in blanket.iterfind("x:link", NS)} == {"en", "pl", "x-default"}
    assert address("/pl/p/brass-lamp/") not in products


def test_a_text_of_another_language_has_that_ones_address_as_its_own(visitor: Client) -> None:
    text = visitor.get("/pl/p/brass-lamp/").content.decode()
    assert f'<link rel="canonical" href="{address("/en/p/brass-lamp/")}">' in text


def test_many_products_are_split_over_maps(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PRODUCTS_IN_A_MAP", 2)
    maps = [each for each in places(visitor, "/sitemap.xml") if "products" in each]
    assert len(maps) == 2
    found = [place for each in maps for place in places(visitor, each.removeprefix(address("")))]
    assert len(found) == len(set(found)) == 4
    for path in ("/sitemap-products-3.xml", "/sitemap-products-0.xml", "/sitemap-shelves-2.xml"):
        assert visitor.get(path).status_code == 404


def test_a_full_map_is_smaller_than_search_engines_take() -> None:
    """50,000 addresses and 50 MB, with slugs as long as they come."""
    languages = 6
    assert sitemaps.PRODUCTS_IN_A_MAP * languages <= 50_000
    paths = {code: f"/{code}/p/{'x' * 100}/" for code in ("en", "bg", "hy", "nb", "pl", "ru")}
    entry = sitemaps.Entry(paths, ("/media/" + "x" * 60,) * 2)
    size = len(sitemaps._urls("https://www.a-shop-with-a-long-name.example", tuple(paths), entry))
    assert sitemaps.PRODUCTS_IN_A_MAP * size <= 50 * 1024 * 1024
    assert sitemaps.SHELVES_IN_A_MAP * languages <= 50_000


def test_shelves_with_nothing_on_them_are_not_named(visitor: Client) -> None:
    catalog.put_categories(drafts=[CategoryDraft(handle="empty", name={"en": "Empty"})])
    catalog.put_collections(drafts=[CollectionDraft(handle="none", name={"en": "None"})])
    makers.index_again()
    text = " ".join(places(visitor, "/sitemap-shelves-1.xml"))
    assert "/c/textiles/" in text and "/c/empty/" not in text and "/collections/" not in text


def test_the_public_address_is_the_one_of_the_maps(visitor: Client, settings: Settings) -> None:
    settings.NITKA_PUBLIC_URL = "https://shop.example"
    assert all(each.startswith("https://shop.example/") for each in places(visitor, "/sitemap.xml"))


def test_a_page_to_read_says_when_it_was_changed(visitor: Client) -> None:
    pages = {str(each.findtext("s:loc", "", NS)): each for each in entries(visitor)}
    assert datetime.fromisoformat(pages[address("/en/article/wool/")].findtext("s:lastmod", "", NS)).tzinfo

"""Pages of collections and of makers, and old addresses that lead on"""

import pytest
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import (
    BrandDraft,
    CategoryDraft,
    CollectionDraft,
    PriceDraft,
    ProductDraft,
    VariantDraft,
)
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db
TABLE = CollectionDraft(
    handle="long-table", name={"en": "The long table", "pl": "Długi stół"}, intro={"en": "When <b>many</b> come."}
)


def in_collections() -> None:
    catalog.put_collections(drafts=[TABLE])
    variant = VariantDraft(sku="JUG", prices={"eu": PriceDraft(minor=3000)}, stock={"main": 5})
    makers.offer([ProductDraft(handle="jug", title={"en": "Stone jug"}, category=("tableware",), brand="Leir & Co",
                               variants=(variant,), collections=("long-table",))])  # fmt: skip


def test_a_collection_shows_its_products_under_its_name_in_each_language(visitor: Client) -> None:
    in_collections()
    text = visitor.get("/en/collections/the-long-table/").content.decode()
    assert "<h1>The long table</h1>" in text and "/en/p/stone-jug/" in text and "Fonn wool" not in text
    assert '<meta name="description" content="When many come.">' in text
    assert f'hreflang="pl" href="{makers.address("/pl/collections/dlugi-stol/")}"' in text
    assert '"@type":"ItemList"' in text
    assert "/en/collections/the-long-table/" in visitor.get("/en/").content.decode()


def test_a_collection_that_is_renamed_is_found_at_every_address_it_had(visitor: Client) -> None:
    in_collections()
    catalog.put_collections(drafts=[CollectionDraft(handle="long-table", name={"en": "The feast"})])
    for old in ("/en/collections/the-long-table/", "/en/collections/dlugi-stol/", "/en/collections/long-table/"):
        answer = visitor.get(old + "?utm_source=letter")
        assert (answer.status_code, answer["Location"]) == (301, "/en/collections/the-feast/?utm_source=letter")
    catalog.put_collections(drafts=[CollectionDraft(handle="other", name={"en": "The long table"})])
    assert visitor.get("/en/collections/the-long-table/")["Location"] == "/en/collections/the-feast/"


def test_a_category_that_is_renamed_is_found_at_every_address_it_had(visitor: Client) -> None:
    for name, slug in (("Warm things", "warm-things"), ("Blankets", "blankets")):
        catalog.put_categories(drafts=[CategoryDraft(handle="textiles", name={"en": name}, slug={"en": slug})])
        makers.index_again()
    for old in ("textiles", "tkaniny", "warm-things"):
        answer = visitor.get(f"/en/c/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/en/c/blankets/")
    catalog.put_categories(drafts=[CategoryDraft(handle="new", name={"en": "Warm things"})])
    makers.index_again()
    assert visitor.get("/en/c/warm-things/")["Location"] == "/en/c/blankets/"


def test_a_maker_has_a_page_that_its_products_lead_to(visitor: Client) -> None:
    in_collections()
    assert 'href="/en/makers/leir-co/"' in visitor.get("/en/p/stone-jug/").content.decode()
    text = visitor.get("/en/makers/leir-co/").content.decode()
    assert "<h1>Leir &amp; Co</h1>" in text and "/en/p/stone-jug/" in text and "Fonn wool" not in text


@pytest.mark.parametrize("path", ["/en/collections/none/", "/en/makers/nobody/", "/en/c/none/"])
def test_what_does_not_exist_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_a_page_beyond_the_last_is_not_found_and_an_empty_collection_is_not_for_search_engines(visitor: Client) -> None:
    in_collections()
    catalog.put_collections(drafts=[CollectionDraft(handle="empty", name={"en": "Nothing yet"})])
    assert visitor.get("/en/collections/the-long-table/?page=2").status_code == 404
    answer = visitor.get("/en/collections/nothing-yet/")
    assert answer.status_code == 200 and 'content="noindex, follow"' in answer.content.decode()


def test_a_makers_page_shows_what_the_merchant_laid_out_of_it(visitor: Client) -> None:
    in_collections()
    content.put_page(draft=content.Draft(slug="leir-co", kind="maker", title={"en": "Leir & Co"}, blocks=[
        {"kind": "text", "text": {"en": "Fired twice, *slowly*."}},
    ]))  # fmt: skip
    text = visitor.get("/en/makers/leir-co/").content.decode()
    assert "<em>slowly</em>" in text and "/en/p/stone-jug/" in text and text.count("<h1") == 1
    assert "slowly" not in visitor.get("/en/makers/other/").content.decode()


def test_engines_are_told_of_a_maker_only_in_languages_that_its_story_is_written_in(visitor: Client) -> None:
    in_collections()
    assert 'hreflang="pl"' in visitor.get("/en/makers/leir-co/").content.decode(), "without a story nothing is foreign"
    catalog.put_brands(drafts=[BrandDraft(name="Leir & Co", description={"en": "Potters."})])
    text = visitor.get("/pl/makers/leir-co/").content.decode()
    assert (
        f'rel="canonical" href="{makers.address("/en/makers/leir-co/")}"' in text and 'hreflang="pl" href' not in text
    )
    assert "/pl/makers/leir-co/" not in b"".join(visitor.get("/sitemap-shelves-1.xml")).decode()

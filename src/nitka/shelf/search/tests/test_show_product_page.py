from pathlib import Path
from uuid import UUID

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.search import actions as search
from nitka.shelf.search import queries, tasks
from nitka.shelf.search.tests.shop import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(own_index: Path) -> dict[str, UUID]:
    return open_shop()


def test_a_product_page_is_one_query(ids: dict[str, UUID]) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = queries.product_page(slug="linen-pillow", language="en", market="eu")
    assert len(captured) == 1
    assert page is not None
    assert page.product_id == ids["pillow"]
    assert page.title == "Linen pillow"
    assert page.brand == "Lin"
    assert [node["name"] for node in page.breadcrumbs] == ["Textiles"]
    assert page.description_html == "<p>Long words about the pillow.</p>"
    assert (page.price_minor, page.currency, page.from_price, page.in_stock) == (2900, "EUR", True, True)
    assert [(one.sku, one.price_minor, one.available, one.option_text) for one in page.variants] == [
        ("PILLOW-white", 2900, "many", "White"),
        ("PILLOW-blue", 3400, "many", "Blue"),
    ]
    assert [(one["label"], one["text"]) for one in page.attributes] == [("Material", "Linen"), ("Washable", "True")]


def test_texts_are_in_the_language_asked_and_fall_back(ids: dict[str, UUID]) -> None:
    english = queries.product_page(slug="linen-pillow", language="en", market="eu")
    assert english is not None
    norwegian = queries.product_page(slug=english.slugs["nb"], language="nb", market="eu")
    assert norwegian is not None
    assert (norwegian.title, norwegian.language) == ("Pute i lin", "nb")
    assert norwegian.options[0]["name"] == "Farge"
    assert norwegian.summary == "About the pillow."


def test_an_address_of_another_language_finds_the_product_in_the_language_asked(ids: dict[str, UUID]) -> None:
    page = queries.product_page(slug="linen-pillow", language="pl", market="eu")
    assert page is not None
    assert page.title == "Lniana poduszka"
    assert page.slug == page.slugs["pl"]


def test_a_market_without_a_price_shows_none(ids: dict[str, UUID]) -> None:
    page = queries.product_page(slug="linen-pillow", language="en", market="us")
    assert page is not None
    assert (page.price_minor, page.in_stock) == (None, False)
    assert page.variants[0].price_minor is None


def test_an_unknown_or_archived_product_has_no_page(ids: dict[str, UUID]) -> None:
    assert queries.product_page(slug="nothing", language="en", market="eu") is None
    catalog.archive(product_id=ids["pillow"])
    search.rebuild(product_ids=[ids["pillow"]])
    assert queries.product_page(slug="linen-pillow", language="en", market="eu") is None


def test_cards_keep_the_order_asked_in_one_query(ids: dict[str, UUID]) -> None:
    wanted = [ids["pillow"], ids["lamp"], UUID(int=1), ids["chair"]]
    with CaptureQueriesContext(connection) as captured:
        cards = queries.cards(wanted, "pl", "eu")
    assert len(captured) == 1
    assert [card.title for card in cards] == ["Lniana poduszka", "Mosiężna lampa stołowa", "Dębowe krzesło do jadalni"]
    assert [card.price_minor for card in cards] == [2900, 8900, 19900]
    assert [swatch["name"] for swatch in cards[0].swatches] == ["White", "Blue"]


def test_a_row_of_an_older_release_is_shown_too(ids: dict[str, UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT language, data FROM search_texts WHERE product_id = %s", [ids["pillow"]])
        for language, data in cursor.fetchall():
            row = orjson.loads(data)
            row["media"] = [{"kind": "picture", "src": "/media/1.jpg", "options": {}}]  # as it was before outlines
            for each in row["attributes"]:
                del each["better"], each["sustainability"]
            cursor.execute(
                "UPDATE search_texts SET data = %s WHERE product_id = %s AND language = %s",
                [orjson.dumps(row).decode(), ids["pillow"], language],
            )
    page = queries.product_page(slug="linen-pillow", language="en", market="eu")
    assert page is not None
    assert [each["outline"] for each in page.media] == [()]
    assert {(each["better"], each["sustainability"]) for each in page.attributes} == {("", False)}


def test_what_was_marked_without_a_job_is_written_anew_by_the_clock(ids: dict[str, UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_texts SET data = '{}' WHERE product_id = %s", [ids["pillow"]])
    search.mark_all_stale()
    tasks.catch_up()
    page = queries.product_page(slug="linen-pillow", language="en", market="eu")
    assert page is not None and page.title == "Linen pillow"

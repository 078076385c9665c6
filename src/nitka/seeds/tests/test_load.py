"""The demo shop goes in through the doors, once and again."""

import pytest

from nitka.seeds import files, load
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search


@pytest.fixture
def media_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_it_fills_an_empty_shop_and_says_how_far_it_is(media_folder: None) -> None:
    seen: list[tuple[int, int]] = []
    assert not load.is_loaded()
    report = load.load_demo_shop(progress=lambda done, total: seen.append((done, total)))
    assert load.is_loaded()
    assert (report.products, report.changed, report.manuals, report.pages) == (26, 26, 26, 18)
    assert seen[-1][0] == seen[-1][1] == len(seen)
    assert {market.code for market in pricing.markets()} >= {"eu", "us", "no", "pl", "am", "ru"}
    assert content.shop().name == "Tråd"
    imprint = content.page("imprint", "pl")
    assert imprint is not None
    assert "PL9990000008" in imprint.body_html
    for product in files.products():
        for language, slug in product["slug"].items():
            page = search.product_page(slug=slug, language=language, market="no")
            assert page is not None
            assert page.title == product["title"][language]


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_keeps_what_was_sold(media_folder: None) -> None:
    load.load_demo_shop()
    sku = files.product("kopp")["variants"][0]["sku"]
    variant_id = catalog.variant_ids_by_sku([sku])[sku]
    before = stock.available([variant_id])[variant_id]
    inventory.adjust_stock(variant_id=variant_id, location="gdansk", by=-3, reason="sold in the shop")
    report = load.load_demo_shop()
    assert (report.changed, report.manuals) == (0, 0)
    assert stock.available([variant_id])[variant_id] == before - 3

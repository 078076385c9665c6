"""Magento's export: what is chosen among simple products, store views, and prices with six places."""

from pathlib import Path

import pytest

from nitka.faces.files.importing import import_products
from nitka.faces.files.tests.makers import csv_file, open_shop, source
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.tests.pictures import picture_file
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db
COAT = {
    "sku": "COAT", "product_type": "configurable", "name": "Rain coat", "url_key": "rain-coat",
    "description": "<p>Dry</p><script>x()</script>", "categories": "Default Category/Women,Default Category/Women/Coats",
    "product_online": "1", "visibility": "Catalog, Search", "base_image": "/c/o/coat.png",
    "additional_images": "/c/o/back.png", "additional_attributes": "lining=Cotton, soft,season=Autumn|Spring",
    "configurable_variations": "sku=COAT-S,size=S|sku=COAT-M,size=M", "configurable_variation_labels": "size=Size",
    "meta_title": "A rain coat",
}  # fmt: skip


def child(size: str, **changes: str) -> dict[str, str]:
    return {
        "sku": f"COAT-{size}", "product_type": "simple", "name": f"Rain coat {size}", "price": "89.000000",
        "weight": "0.900000", "qty": "4.0000", "visibility": "Not Visible Individually", "product_online": "1",
    } | changes  # fmt: skip


def magento_file(folder: Path, *rows: dict[str, str]) -> Path:
    return csv_file(folder, *rows, name="catalog_product.csv", first=COAT | child("S"))


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def test_simple_rows_become_the_variants_of_what_names_them(tmp_path) -> None:
    for name in ("coat.png", "back.png"):
        picture_file(tmp_path / "images" / "c" / "o", name, colour="red" if name == "coat.png" else "blue")
    report = import_products(magento_file(tmp_path, child("S"), COAT, child("M", special_price="70.000000")))
    assert (report.created, report.variants, report.errors) == (1, 2, [])
    coat = source("rain-coat")
    assert [node.name["en"] for node in catalog.category_tree()] == ["Women", "Coats"]
    assert [option["name"] for option in coat.options] == [{"en": "Size"}]
    assert coat.attributes == {"lining": "Cotton, soft", "season": "Autumn, Spring"}
    assert "script" not in coat.description["en"] and coat.seo_title == {"en": "A rain coat"}
    assert len(coat.media) == 2 and coat.variants[0].weight_g == 900
    ids = catalog.variant_ids_by_sku(["COAT-S", "COAT-M"])
    assert inventory.available(ids.values()) == {ids["COAT-S"]: 4, ids["COAT-M"]: 4}
    found = pricing.prices(ids.values(), "eu")
    assert (found[ids["COAT-S"]].minor, found[ids["COAT-M"]].minor) == (8900, 7000)
    assert any("taken for kg" in note for note in report.notes)


def test_what_is_no_thing_on_a_shelf_and_words_of_other_views_are_told(tmp_path) -> None:
    other = COAT | {"store_view_code": "de", "name": "Regenmantel"}
    bundle = {"sku": "SET", "product_type": "bundle", "name": "A set", "price": "1"}
    alone = COAT | {"sku": "HAT", "url_key": "hat", "configurable_variations": "sku=NONE,size=S"}
    report = import_products(magento_file(tmp_path, COAT, child("S"), child("M"), other, bundle, alone))
    assert report.created == 1 and source("rain-coat").title == {"en": "Rain coat"}
    assert {(each.line, each.item) for each in report.errors if "picture" not in each.reason} == {
        (6, "SET"),
        (7, "HAT"),
    }
    assert any("1 rows" in note and "(de)" in note for note in report.notes)


def test_a_simple_product_that_nothing_names_is_one_of_its_own(tmp_path) -> None:
    bag = child("S", sku="BAG", name="Bag", visibility="Catalog, Search", url_key="bag")
    report = import_products(magento_file(tmp_path, bag, child("M")))
    assert report.created == 2 and source("bag").status == "published"
    # A variant whose product is not in the file waits where shoppers do not see it.
    assert source("rain-coat-m").status == "draft"

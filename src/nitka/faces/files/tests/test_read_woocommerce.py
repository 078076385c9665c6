"""WooCommerce's export: products, their variations wherever they stand, and what is told of what is left out."""

from pathlib import Path

import pytest

from nitka.faces.files.importing import import_products
from nitka.faces.files.tests.makers import csv_file, open_shop, source
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.tests.pictures import picture_file
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db
COLUMNS = (
    "ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Short description", "Description",
    "Date sale price ends", "Tax class", "In stock?", "Stock", "Weight (kg)", "Length (cm)", "Width (cm)",
    "Height (cm)", "Sale price", "Regular price", "Categories", "Tags", "Images", "Parent", "Position",
    "Attribute 1 name", "Attribute 1 value(s)", "Attribute 2 name", "Attribute 2 value(s)",
)  # fmt: skip
LAMP = {
    "ID": "7", "Type": "simple", "SKU": "LAMP", "Name": "Reading lamp &amp; shade", "Published": "1",
    "Short description": "<b>Bright</b>", "Description": "One line.\\nAnother.\\n\\nA second part.", "Stock": "12",
    "Weight (kg)": "1.25", "Length (cm)": "20", "Regular price": "49.90", "Categories": "Home, Home > Lamps",
    "Tags": "warm, new", "Images": "https://shop.example/up/lamp.png, https://shop.example/up/gone.png",
    "Attribute 1 name": "Foot", "Attribute 1 value(s)": "Brass",
}  # fmt: skip
SHIRT = {
    "ID": "8", "Type": "variable", "SKU": "SHIRT", "Name": "Shirt", "Published": "1", "Weight (kg)": "0.3",
    "Attribute 1 name": "Size", "Attribute 1 value(s)": "S, M", "Attribute 2 name": "Cloth",
    "Attribute 2 value(s)": "Linen",
}  # fmt: skip


def variation(size: str, parent: str = "SHIRT", **changes: str) -> dict[str, str]:
    return {
        "ID": f"9{size}", "Type": "variation", "SKU": f"SHIRT-{size}", "Name": f"Shirt - {size}", "Published": "1",
        "Regular price": "20", "Stock": "3", "Parent": parent, "Attribute 1 name": "Size", "Attribute 1 value(s)": size,
    } | changes  # fmt: skip


def woo_file(folder: Path, *rows: dict[str, str]) -> Path:
    return csv_file(folder, *rows, name="wc-product-export.csv", first=COLUMNS, encoding="utf-8-sig")


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def test_a_simple_product_comes_with_all_that_is_said_of_it(tmp_path) -> None:
    picture_file(tmp_path / "images", "lamp.png")
    report = import_products(woo_file(tmp_path, LAMP))
    assert (report.created, report.errors) == (1, [])
    lamp = source("reading-lamp-shade")
    assert (lamp.title["en"], lamp.summary["en"]) == ("Reading lamp & shade", "Bright")
    assert lamp.description["en"] == "<p>One line.<br>Another.</p><p>A second part.</p>"
    assert [node.name["en"] for node in catalog.category_tree()] == ["Home", "Lamps"]
    (variant,) = lamp.variants
    assert (variant.sku, variant.weight_g, variant.length_mm) == ("LAMP", 1250, 200)
    assert inventory.available([variant.id]) == {variant.id: 12}
    assert pricing.prices([variant.id], "eu")[variant.id].minor == 4990
    assert lamp.attributes == {"foot": "Brass"} and len(lamp.media) == 1
    notes = " ".join(report.notes)
    assert "1 picture is an address" in notes and "images" in notes and "taken for EUR" in notes
    assert "several categories" in notes


def test_variations_find_their_product_by_sku_or_by_id_wherever_they_stand(tmp_path) -> None:
    report = import_products(woo_file(tmp_path, variation("S"), SHIRT, LAMP, variation("M", "id:8", Stock="")))
    assert (report.created, report.variants, report.errors) == (2, 3, [])
    shirt = source("shirt")
    assert {each.sku: dict(each.options) for each in shirt.variants} == {
        "SHIRT-S": {"size": "s"}, "SHIRT-M": {"size": "m"},
    }  # fmt: skip
    # What a variation leaves empty is its product's.
    assert {each.weight_g for each in shirt.variants} == {300}
    assert shirt.attributes == {"cloth": "Linen"}


def test_a_second_time_changes_nothing(tmp_path) -> None:
    path = woo_file(tmp_path, SHIRT, variation("S"), variation("M"), LAMP)
    import_products(path)
    assert import_products(path).unchanged == 2


def test_a_sale_that_is_over_is_none(tmp_path) -> None:
    over = LAMP | {"Sale price": "30", "Date sale price ends": "2019-12-31"}
    on = SHIRT | {"Type": "simple", "Regular price": "20", "Sale price": "15"}
    import_products(woo_file(tmp_path, over, on))
    ids = catalog.variant_ids_by_sku(["LAMP", "SHIRT"])
    found = pricing.prices(ids.values(), "eu")
    assert (found[ids["LAMP"]].minor, found[ids["SHIRT"]].minor) == (4990, 1500)
    assert found[ids["SHIRT"]].compare_at_minor == 2000


def test_states_and_empty_shelves_are_read(tmp_path) -> None:
    import_products(woo_file(tmp_path, LAMP | {"Published": "-1", "Stock": "", "In stock?": "0"}), stock=5)
    lamp = source("reading-lamp-shade")
    assert lamp.status == "draft" and inventory.available([lamp.variants[0].id]) == {lamp.variants[0].id: 0}


def test_what_cannot_come_is_told_with_line_and_reason(tmp_path) -> None:
    rows = (
        LAMP, {"ID": "20", "Type": "grouped", "SKU": "SET", "Name": "A set"}, variation("XL", "GONE"), SHIRT,
        variation("S", **{"Regular price": "?"}), variation("M"), variation("L", **{"Attribute 1 value(s)": ""}),
    )  # fmt: skip
    report = import_products(woo_file(tmp_path, *rows))
    assert report.created == 2
    assert sorted((each.line, each.item, each.column) for each in report.errors) == [
        (3, "SET", ""), (4, "SHIRT-XL", ""), (6, "SHIRT-S", "Regular price"), (8, "SHIRT-L", ""),
    ]  # fmt: skip
    assert "GONE" in next(each.reason for each in report.errors if each.line == 4)

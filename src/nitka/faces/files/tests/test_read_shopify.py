"""Shopify's CSV, and the sample shop in it."""

import pytest

from nitka.faces.files.importing import import_products
from nitka.faces.files.tests.makers import MUG, SECOND, SHIRT, csv_file, open_shop, source
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.models import Media
from nitka.shelf.catalog.tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def test_options_texts_and_places_are_read(tmp_path) -> None:
    import_products(csv_file(tmp_path, SHIRT | {"SEO Title": "A shirt"}, SECOND))
    shirt = source("shirt")
    assert [option["name"] for option in shirt.options] == [{"en": "Size"}]
    assert [variant.options for variant in shirt.variants] == [{"size": "s"}, {"size": "m"}]
    assert (shirt.brand, shirt.tags, shirt.status, shirt.seo_title) == (
        "Luma", ("soft", "blue"), "published", {"en": "A shirt"},
    )  # fmt: skip
    assert [node.name["en"] for node in catalog.category_tree()] == ["Men", "Tops"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"Status": "draft"}, "draft"), ({"Status": "archived"}, "archived"), ({"Published": "FALSE"}, "draft")],
)
def test_states_are_read(tmp_path, changes, status) -> None:
    import_products(csv_file(tmp_path, MUG | changes))
    assert source("mug").status == status


def test_a_product_without_options_has_none(tmp_path) -> None:
    import_products(csv_file(tmp_path, MUG | {"Option1 Name": "Title", "Option1 Value": "Default Title"}))
    assert source("mug").options == () and source("mug").variants[0].options == {}


def test_a_variant_without_sku_gets_one_that_stays(tmp_path) -> None:
    rows = (SHIRT | {"Variant SKU": ""}, SECOND | {"Variant SKU": ""})
    import_products(csv_file(tmp_path, *rows))
    assert [variant.sku for variant in source("shirt").variants] == ["shirt-s", "shirt-m"]
    assert import_products(csv_file(tmp_path, *rows)).unchanged == 1


def test_products_that_share_a_handle_are_products_of_their_own(tmp_path) -> None:
    rows = [MUG | {"Variant SKU": f"MUG-{colour}"} for colour in ("red", "blue")]
    assert import_products(csv_file(tmp_path, *rows)).created == 2
    assert import_products(csv_file(tmp_path, *rows)).unchanged == 2
    assert source("mug-mug-blue").variants[0].sku == "MUG-blue"


def test_a_title_on_every_row_is_one_product_all_the_same(tmp_path) -> None:
    report = import_products(csv_file(tmp_path, SHIRT, SECOND | {"Title": "Shirt"}))
    assert (report.created, report.variants) == (1, 2)


def test_a_file_in_another_language_leaves_the_first_alone(tmp_path) -> None:
    import_products(csv_file(tmp_path, MUG))
    import_products(csv_file(tmp_path, MUG | {"Title": "Чаша"}), language="bg")
    assert source("mug").title == {"en": "Mug", "bg": "Чаша"}
    assert (source("mug").slug["en"], source("mug").slug["bg"]) == ("mug", "chasha")


def test_pictures_of_a_variant_know_their_choice(tmp_path) -> None:
    for name, colour in (("a.png", "white"), ("s.png", "red"), ("m.png", "blue")):
        picture_file(tmp_path / "images", name, colour=colour)
    rows = (
        SHIRT | {"Image Src": "a.png", "Image Alt Text": "On a hanger", "Variant Image": "s.png"},
        SECOND | {"Variant Image": "m.png"},
        {"Handle": "shirt", "Image Src": "https://cdn.example/x.png"},
    )
    report = import_products(csv_file(tmp_path, *rows))
    shirt = source("shirt")
    assert [(view.alt["en"], dict(view.options)) for view in shirt.media] == [
        ("On a hanger", {}), ("Shirt", {"size": "s"}), ("Shirt", {"size": "m"}),
    ]  # fmt: skip
    assert report.pictures == 3 and any("not fetched" in note for note in report.notes)


def test_quoted_fields_of_many_lines_keep_the_line_numbers_right(tmp_path) -> None:
    rows = (SHIRT | {"Body (HTML)": "<p>one</p>\n<p>two</p>\n\n<p>three</p>"}, MUG | {"Variant Price": "x"})
    assert [error.line for error in import_products(csv_file(tmp_path, *rows)).errors] == [6]


def test_the_sample_shop_goes_in_whole(tmp_path, nitka_data) -> None:
    report = import_products(nitka_data / "luma" / "products.csv")
    assert (report.created, report.variants, report.pictures, report.errors) == (191, 1891, 712, [])
    assert len({media.file for media in Media.objects.all()}) <= 712
    hoodie = source("chaz-kangeroo-hoodie")
    assert len(hoodie.variants) == 15 and [option["code"] for option in hoodie.options] == ["size", "color"]
    assert "<script" not in hoodie.description["en"] and "<li>" not in hoodie.title["en"]
    again = import_products(nitka_data / "luma" / "products.csv")
    assert (again.unchanged, again.errors) == (191, [])

"""JSON Lines by a mapping, and a sample of the electronics catalogue."""

import itertools
import json

import pytest

from nitka.faces.files.importing import BadMapping, import_products
from nitka.faces.files.labels import label
from nitka.faces.files.tests.makers import LAPTOP, json_file, open_shop
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import ProductSource
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def source(handle: str) -> ProductSource:
    product_id = catalog.product_by_handle(handle)
    assert product_id is not None
    return catalog.product_source([product_id])[0]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.txt"])
def test_the_shipped_mapping_is_taken_where_its_fields_are(tmp_path, name) -> None:
    report = import_products(json_file(tmp_path, LAPTOP, name=name), stock=4)
    laptop = source("7")
    assert report.errors == [] and laptop.brand == "HP" and laptop.title == {"en": "HP laptop"}
    assert laptop.attributes == {"colour": "Silver", "weight": 3460, "display_diagonal": 17.3, "touchscreen": False}
    variant = laptop.variants[0]
    assert (variant.gtin, variant.more_gtins, variant.mpn) == ("0884420588030", ("0884420588047",), "dv7")
    assert [node.name["en"] for node in catalog.category_tree()] == ["HP"]
    assert {market: price.minor for market, price in pricing.all_prices([variant.id])[variant.id].items()} == {
        "us": 10995, "eu": 10115, "no": 118700, "pl": 43430, "am": 4290000, "ru": 1011500,
    }  # fmt: skip


def test_attributes_have_kinds_words_and_units(tmp_path) -> None:
    import_products(json_file(tmp_path, LAPTOP | {"attr_n_thermal_design_power__tdp_": 25.0}))
    views = catalog.attributes()
    assert (views["touchscreen"].kind, views["colour"].kind) == ("boolean", "text")
    assert views["thermal_design_power__tdp_"].name["en"] == "Thermal design power (TDP)"
    assert (views["weight"].kind, views["weight"].unit) == ("number", "g")


def test_two_kinds_of_one_name_are_two_attributes_that_stay(tmp_path) -> None:
    rows = [LAPTOP | {"id": "1", "attr_t_size": "XL"}, LAPTOP | {"id": "2", "attr_n_size": 5.0}]
    import_products(json_file(tmp_path, *rows, rows[0] | {"id": "3"}))
    assert source("1").attributes["size"] == "XL" and source("2").attributes["size_n"] == 5
    assert import_products(json_file(tmp_path, rows[1])).unchanged == 1


def test_only_attributes_that_a_third_of_a_category_has_are_facets(tmp_path) -> None:
    rows = [LAPTOP | {"id": str(n)} | ({"attr_t_rare": "x"} if n == 0 else {}) for n in range(4)]
    import_products(json_file(tmp_path, *rows))
    assert [set(codes) for codes in catalog.category_facets().values()] == [
        {"colour", "weight", "display_diagonal", "touchscreen"}
    ]


def test_what_the_merchant_changed_of_an_attribute_stays(tmp_path) -> None:
    from nitka.shelf.catalog import actions
    from nitka.shelf.catalog.queries import AttributeDraft

    import_products(json_file(tmp_path, LAPTOP))
    actions.put_attributes(drafts=[AttributeDraft(code="colour", name={"en": "Shade"}, facet=True)])
    import_products(json_file(tmp_path, LAPTOP | {"title": "Another"}))
    assert catalog.attributes()["colour"].name == {"en": "Shade"} and catalog.attributes()["colour"].facet


@pytest.mark.parametrize(
    "row",
    [
        b"{not json",
        b'{"id": "9", "title": "\xff\xfe", "price": 1, "supplier": "x"}',
        b"[1, 2]",
        b'{"a": ' * 2000,
        LAPTOP | {"id": "9", "price": -1},
        LAPTOP | {"id": "9", "price": "10.5"},
        LAPTOP | {"id": "9", "price": True},
        LAPTOP | {"id": "9", "price": 1e300},
        LAPTOP | {"id": "9", "title": ""},
        LAPTOP | {"id": "9", "title": ["a"]},
        LAPTOP | {"id": "9", "title": "x" * 1_100_000},
        LAPTOP | {"id": ""},
        LAPTOP | {"id": "9", "attr_n_weight": "heavy"},
        LAPTOP | {"id": "9", "attr_b_touchscreen": "perhaps"},
        LAPTOP | {"id": "9", **{f"field{n}": 1 for n in range(3000)}},
        LAPTOP,
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_reported_and_the_rest_goes_in(tmp_path, row) -> None:
    report = import_products(json_file(tmp_path, LAPTOP, row, LAPTOP | {"id": "8"}))
    assert [error.line for error in report.errors] == [2], report.errors
    assert report.created == 2


def test_a_mapping_of_ones_own_in_json(tmp_path) -> None:
    mapping = tmp_path / "mine.json"
    given = {
        "fields": {"handle": "art", "sku": "art", "title": "naam", "price": "prijs", "category": "groep"},
        "price": {"currency": "EUR"},
        "category_separator": "/",
        "language": "nb",
    }
    mapping.write_text(json.dumps(given))
    row = {"art": "Stol 1", "naam": "Stol", "prijs": "12,50", "groep": "Stue/Stoler"}
    report = import_products(json_file(tmp_path, row), mapping=mapping)
    stol = source("stol-1")
    assert report.errors == [] and stol.title == {"nb": "Stol"} and len(stol.category_ids) == 2
    assert any("no rate for" in note for note in report.notes)
    assert set(pricing.all_prices([stol.variants[0].id])[stol.variants[0].id]) == {"eu"}


@pytest.mark.parametrize(
    "text",
    [
        "not = toml =",
        'surprise = "x"',
        '[fields]\ncolour = "x"',
        '[price]\ncurrency = "XXQ"',
        '[price]\nunit = "cents"',
        '[price.rates]\nUSD = "0"',
        '[price.rates]\nUSD = "NaN"',
        '[attributes]\nfacet_share = "2"',
        'format = "xlsx"',
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path, text) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(text)
    with pytest.raises(BadMapping):
        import_products(json_file(tmp_path, LAPTOP), mapping=mapping)


def test_a_file_that_no_mapping_fits_is_refused(tmp_path) -> None:
    with pytest.raises(BadMapping, match="--map"):
        import_products(json_file(tmp_path, {"foo": 1}))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("usb_2_0_ports_quantity", "USB 2 0 ports quantity"),
        ("wi_fi_standards", "Wi-Fi standards"),
        ("quantity_per_pallet__uk_", "Quantity per pallet (UK)"),
        ("width", "Width"),
    ],
)
def test_names_of_fields_become_words(name, words) -> None:
    assert label(name) == words


def test_a_sample_of_the_real_catalogue_goes_in(tmp_path, nitka_data) -> None:
    import gzip

    with gzip.open(nitka_data / "icecat" / "products.jsonl.gz") as file:
        rows = [line.strip() for line in itertools.islice(file, 500)]
    path = json_file(tmp_path, *rows)
    report = import_products(path, stock=3)
    assert (report.created, report.variants, report.errors) == (500, 500, [])
    assert len(catalog.attributes()) > 1000
    assert import_products(path, stock=3).unchanged == 500

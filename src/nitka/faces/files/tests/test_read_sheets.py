"""Tables that people and Google's programs write: their names, marks, letters, numbers."""

from pathlib import Path

import pytest

from nitka.faces.files.importing import BadMapping, import_products
from nitka.faces.files.tests.makers import MUG, csv_file, open_shop, source
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "goods.csv"
    path.write_bytes(text.encode(encoding))
    return path


def price(sku: str, market: str = "eu") -> int:
    variant = catalog.variant_ids_by_sku([sku])[sku]
    return pricing.prices([variant], market)[variant].minor


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_a_spreadsheet_of_excel_is_read_in_its_own_letters(tmp_path, encoding) -> None:
    text = "Артикул;Наименование;Цена;Остаток\r\nЧ-1;Чайник эмалированный;1 234,50;7\r\nЧ-2;Чашка;12,00;\r\n"
    report = import_products(written(tmp_path, text, encoding), language="ru", currency="rub", stock=2)
    assert (report.created, report.errors) == (2, [])
    assert source("chaynik-emalirovannyy").title["ru"] == "Чайник эмалированный"
    assert price("Ч-1", "ru") == 123450
    ids = catalog.variant_ids_by_sku(["Ч-1", "Ч-2"])
    assert inventory.available(ids.values()) == {ids["Ч-1"]: 7, ids["Ч-2"]: 2}
    assert any("Windows-1251" in note for note in report.notes) == (encoding == "cp1251")


@pytest.mark.parametrize(
    ("encoding", "title"), [("cp1250", "Łóżko dębowe z półką"), ("cp1252", "Bøk på norsk, crème brûlée")]
)
def test_letters_of_older_programs_are_told_apart(tmp_path, encoding, title) -> None:
    report = import_products(written(tmp_path, f"SKU;Title;Price\nA;{title};5\n", encoding))
    found = catalog.product_source(catalog.product_ids())[0]
    assert found.title["en"] == title and any(encoding[2:] in note for note in report.notes)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1.234,56", 123456), ("1,234.56", 123456), ("12.50 EUR", 1250), ("€ 12,50", 1250), ("12", 1200),
     ("1'234.50", 123450), ("12,50 €", 1250)],
)  # fmt: skip
def test_prices_are_read_as_people_write_them(tmp_path, text, minor) -> None:
    import_products(written(tmp_path, f'SKU,Title,Price\nA,Chair,"{text}"\n'))
    assert price("A") == minor


@pytest.mark.parametrize("text", ["1,234", "1.234", "cheap", "12,5,5", "", "12 PLN", "-3"])
def test_a_price_that_could_be_two_or_none_is_refused_with_its_column(tmp_path, text) -> None:
    report = import_products(written(tmp_path, f'SKU,Title,Retail price\nB,Desk,5 EUR\nA,Chair,"{text}"\n'))
    assert [(each.line, each.item, each.column) for each in report.errors] == [(3, "A", "Retail price")]
    assert report.created == 1


def test_rows_of_one_group_are_one_product(tmp_path) -> None:
    text = (
        "SKU;Group;Name;Price;Colour;Weight kg;Category;Image 1;Image 2\n"
        "T-R;T;Tray;5;Red;0,4;Kitchen;https://x.example/r.png;\nB;;Bowl;7;White;;Kitchen;;\n"
        "T-B;T;Tray;6;Blue;0,5;Kitchen;;https://x.example/b.png\n"
    )
    report = import_products(written(tmp_path, text))
    assert (report.created, report.variants, report.errors) == (2, 3, [])
    tray = source("t")
    assert {each.sku: (dict(each.options), each.weight_g) for each in tray.variants} == {
        "T-R": ({"colour": "red"}, 400), "T-B": ({"colour": "blue"}, 500),
    }  # fmt: skip
    assert source("bowl").attributes == {"colour": "White"}
    assert any("2 pictures are addresses" in note for note in report.notes)


def test_a_file_for_google_names_its_currency_and_its_variants(tmp_path) -> None:
    text = (
        "id\titem_group_id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tsale_price\tgtin\tbrand\tcolor\n"
        "G1\tG\tJug\tHolds water\thttps://x.example/g\t\tin_stock\t30.00 PLN\t25.00 PLN\t5901234123457\tVik\tgreen\n"
        "G2\tG\tJug\tHolds water\thttps://x.example/g\t\tout of stock\t30.00 PLN\t\t\tVik\tgrey\n"
    )
    report = import_products(written(tmp_path, text), stock=3)
    assert (report.created, report.variants, report.errors) == (1, 2, [])
    assert (price("G1", "pl"), price("G2", "pl")) == (2500, 3000)
    ids = catalog.variant_ids_by_sku(["G1", "G2"])
    assert inventory.available(ids.values()) == {ids["G1"]: 3, ids["G2"]: 0}
    assert not any("names no currency" in note for note in report.notes)


def test_the_newer_columns_of_shopify_are_known(tmp_path) -> None:
    text = (
        "Title,URL handle,Description,Vendor,Status,SKU,Option1 name,Option1 value,Price,Weight value (grams)\n"
        "Cap,cap,<p>Warm</p>,Vik,Active,CAP-S,Size,S,10.00,90\n,cap,,,,CAP-M,,M,11.00,95\n"
    )
    report = import_products(written(tmp_path, text), currency="EUR")
    assert (report.created, report.variants, report.errors) == (1, 2, [])
    assert price("CAP-M") == 1100 and source("cap").variants[1].weight_g == 95


def test_a_mapping_of_ones_own_names_the_columns(tmp_path) -> None:
    mapping = tmp_path / "mine.toml"
    mapping.write_text('format = "csv"\n[fields]\nsku = "Ref."\ntitle = "What"\nprice = "How much"\n'
                       '[price]\ncurrency = "NOK"\n')  # fmt: skip
    path = written(tmp_path, "Ref.|What|How much\nA|Chair|100\n")
    assert import_products(path, mapping=mapping).created == 1
    assert price("A", "no") == 10000
    with pytest.raises(BadMapping, match="mine names no column of this file for the Price"):
        import_products(written(tmp_path, "Ref.|What\nA|Chair\n"), mapping=mapping)


def test_missing_columns_are_named_with_those_that_are_there(tmp_path) -> None:
    with pytest.raises(BadMapping, match=r"No column names the Price. The first line has: SKU, Title, Weight"):
        import_products(written(tmp_path, "SKU;Title;Weight\nA;B;1\n"))
    with pytest.raises(BadMapping, match="three letters"):
        import_products(csv_file(tmp_path, MUG), currency="euro")


def test_what_is_left_out_of_a_row_is_told(tmp_path) -> None:
    report = import_products(written(tmp_path, "SKU;Title;Price;EAN;Weight\nA;Chair;5;4,01E+12;1.2\n"))
    notes = " ".join(report.notes)
    assert report.created == 1 and "no GTIN" in notes and "without a unit" in notes


def test_a_market_that_converts_its_prices_gets_none_by_hand(tmp_path) -> None:
    from decimal import Decimal

    from nitka.shelf.pricing import actions

    actions.put_exchange_rates(base="EUR", rates={"PLN": Decimal("4")})
    actions.set_conversion(market="pl", converted_from="eu", step_minor=100)
    mapping = tmp_path / "mine.toml"
    mapping.write_text('format = "csv"\n[fields]\nsku = "SKU"\ntitle = "Title"\nprice = "Price"\n'
                       '[price]\ncurrency = "EUR"\n[price.rates]\nPLN = 9\n')  # fmt: skip
    import_products(written(tmp_path, "SKU;Title;Price\nA;Chair;10\n"), mapping=mapping)
    assert price("A", "pl") == 4000

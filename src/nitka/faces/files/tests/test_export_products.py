import csv
import io

import pytest

from nitka.faces.files.exporting import export_products, guarded
from nitka.faces.files.importing import import_products
from nitka.faces.files.tests.makers import MUG, SECOND, SHIRT, csv_file, open_shop
from nitka.shelf.catalog.tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def exported() -> str:
    out = io.StringIO(newline="")
    export_products(out, market="us")
    return out.getvalue()


def test_what_is_exported_can_be_imported_and_changes_nothing_more(tmp_path, settings) -> None:
    picture_file(tmp_path / "images", "a.png")
    import_products(
        csv_file(tmp_path, SHIRT | {"Image Src": "a.png"}, SECOND | {"Variant Inventory Qty": "0"}, MUG), stock=2
    )
    first = exported()
    path = tmp_path / "again.csv"
    path.write_text(first, newline="")
    report = import_products(path, images=settings.MEDIA_ROOT)
    assert (report.created, report.errors) == (0, [])
    assert exported() == first
    rows = list(csv.DictReader(io.StringIO(first)))
    assert [row["Variant Price"] for row in rows] == ["19.90", "21.00", "5.00"]
    assert rows[0]["Product Category"] == "Men > Tops" and rows[1]["Title"] == ""


def test_no_cell_is_a_formula_and_the_import_takes_the_guard_off(tmp_path) -> None:
    evil = MUG | {"Title": '=HYPERLINK("http://evil")', "Vendor": "@sum", "Tags": "+1"}
    import_products(csv_file(tmp_path, evil))
    row = next(csv.DictReader(io.StringIO(exported())))
    assert (row["Title"], row["Vendor"], row["Tags"]) == ('\'=HYPERLINK("http://evil")', "'@sum", "'+1")
    path = tmp_path / "again.csv"
    path.write_text(exported(), newline="")
    import_products(path)
    assert next(csv.DictReader(io.StringIO(exported())))["Title"] == row["Title"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_the_guard_knows_all_that_spreadsheets_run(text) -> None:
    assert guarded(text) == "'" + text


def test_customs_and_tax_class_come_in_by_file_go_out_again_and_survive_a_file_that_lacks_them(tmp_path) -> None:
    told = {"HS Code": "9403.60", "COO": "pl", "Customs Name": "Wooden mug", "Tax Class": "food"}
    import_products(csv_file(tmp_path, MUG | told))
    expected = {"HS Code": "940360", "COO": "PL", "Customs Name": "Wooden mug", "Tax Class": "food"}
    for changed in ({}, {"Title": "Another mug"}):
        import_products(csv_file(tmp_path, MUG | changed))
        row = next(csv.DictReader(io.StringIO(exported())))
        assert {name: row[name] for name in expected} == expected
    report = import_products(csv_file(tmp_path, MUG | {"HS Code": "94", "Title": "x"}))
    assert "six to ten digits" in str(report.errors)

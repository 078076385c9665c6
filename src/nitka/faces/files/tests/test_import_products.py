"""What an import does, whatever the format."""

import pytest
from django.db import OperationalError

from nitka.faces.files import importing
from nitka.faces.files.importing import import_products
from nitka.faces.files.tests.makers import LAPTOP, MUG, SECOND, SHIRT, csv_file, json_file, open_shop
from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.models import Attribute, Category, Product
from nitka.shelf.catalog.tests.pictures import picture_file
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def test_products_come_in_with_prices_stock_and_pages(tmp_path) -> None:
    report = import_products(csv_file(tmp_path, SHIRT, SECOND, MUG), stock=9)
    assert (report.created, report.variants, report.errors) == (2, 3, [])
    skus = catalog.variant_ids_by_sku(["SHIRT-S", "SHIRT-M"])
    assert inventory.available(skus.values()) == {skus["SHIRT-S"]: 3, skus["SHIRT-M"]: 9}
    assert pricing.prices([skus["SHIRT-M"]], "us")[skus["SHIRT-M"]].minor == 2100
    assert pricing.prices([skus["SHIRT-M"]], "eu")[skus["SHIRT-M"]].minor == 1932
    assert any("rates of the mapping shopify" in note for note in report.notes)
    assert search.product_page(slug="shirt", language="en", market="eu") is not None


def test_a_second_time_changes_nothing_and_tells_nothing(tmp_path) -> None:
    path = csv_file(tmp_path, SHIRT, SECOND, MUG)
    import_products(path)
    facts = FactRow.objects.count()
    report = import_products(path)
    assert (report.created, report.updated, report.unchanged, report.variants) == (0, 0, 2, 3)
    assert FactRow.objects.count() == facts


def test_only_what_changed_in_the_file_changes(tmp_path) -> None:
    import_products(csv_file(tmp_path, SHIRT, SECOND, MUG))
    report = import_products(csv_file(tmp_path, SHIRT, SECOND, MUG | {"Variant Price": "6"}))
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)


def test_facts_are_history_without_jobs(tmp_path) -> None:
    import_products(csv_file(tmp_path, SHIRT, SECOND, MUG))
    assert FactRow.objects.filter(kind="catalog.product_changed").count() == 2
    assert run_jobs() == 0


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path, form, settings) -> None:
    picture_file(tmp_path / "images", "a.png")
    shirt = SHIRT | {"Image Src": "a.png"}
    rows = (shirt, SECOND, MUG | {"Variant Price": "-1"})
    path = csv_file(tmp_path, *rows) if form == "csv" else json_file(tmp_path, LAPTOP, LAPTOP)
    dry = import_products(path, dry_run=True, stock=1)
    assert not Product.objects.exists() and not Category.objects.exists() and not Attribute.objects.exists()
    assert not settings.MEDIA_ROOT.exists() and not FactRow.objects.exists()
    wet = import_products(path, stock=1)
    assert dry.errors == wet.errors and len(dry.errors) == 1
    assert (dry.created, dry.variants, dry.pictures) == (wet.created, wet.variants, wet.pictures)
    again = import_products(path, dry_run=True, stock=1)
    assert (again.created, again.unchanged) == (0, 1)


def test_a_bad_row_is_reported_and_the_rest_goes_in(tmp_path) -> None:
    bad = [
        MUG | {"Handle": "a", "Variant Price": "cheap", "Variant SKU": "A"},
        MUG | {"Handle": "b", "Variant Price": "-5", "Variant SKU": "B"},
        MUG | {"Handle": "c", "Title": "", "Variant SKU": "C"},
        MUG | {"Handle": "d", "Variant Price": "", "Variant SKU": "D"},
        MUG | {"Handle": "e", "Variant Inventory Qty": "many", "Variant SKU": "E"},
        MUG | {"Handle": "f/g", "Variant SKU": "F"},
        MUG | {"Handle": "g", "Variant SKU": "MUG"},
        MUG | {"Handle": "h", "Variant Price": "1e40", "Variant SKU": "H"},
    ]
    report = import_products(csv_file(tmp_path, MUG, *bad, SHIRT))
    assert {error.line for error in report.errors} == set(range(3, 11)), report.errors
    assert [error.item for error in report.errors][:2] == ["A", "B"]
    assert report.created == 2 and len(report.errors) == 8 and all(error.reason for error in report.errors)


def test_one_bad_variant_leaves_the_others_of_its_product(tmp_path) -> None:
    report = import_products(csv_file(tmp_path, SHIRT, SECOND | {"Variant Price": "?"}))
    assert (report.created, report.variants) == (1, 1)
    assert [(error.line, error.item) for error in report.errors] == [(3, "SHIRT-M")]


def test_stock_that_is_promised_already_is_a_trouble_of_its_row_alone(tmp_path) -> None:
    from nitka.ground.ids import new_id
    from nitka.shelf.inventory import actions

    import_products(csv_file(tmp_path, SHIRT, MUG), stock=5)
    shirt = catalog.variant_ids_by_sku(["SHIRT-S"])["SHIRT-S"]
    actions.hold(reference=new_id(), lines={shirt: 3}, until=None)
    changed = SHIRT | {"Variant Inventory Qty": "1"}
    report = import_products(csv_file(tmp_path, changed, MUG | {"Title": "Cup"}), stock=5)
    assert report.updated == 1 and [error.item for error in report.errors] == ["shirt"]


def test_a_database_that_goes_away_leaves_whole_batches(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = [MUG | {"Handle": f"mug-{n}", "Variant SKU": f"M-{n}"} for n in range(6)]
    real, calls = importing.pricing.set_prices, []

    def goes_away(**given: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise OperationalError("gone")
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing.pricing, "set_prices", goes_away)
    with pytest.raises(OperationalError):
        import_products(csv_file(tmp_path, *rows))
    assert sorted(Product.objects.values_list("handle", flat=True)) == ["mug-0", "mug-1"]
    assert search.product_page(slug="mug", language="en", market="eu") is None
    report = import_products(csv_file(tmp_path, *rows))
    assert (report.created, report.unchanged) == (4, 2)
    assert search.product_page(slug="mug", language="en", market="eu") is not None
    assert catalog.owed_rebuilds() == []


def test_progress_runs_to_its_end(tmp_path) -> None:
    seen: list[tuple[int, int]] = []
    import_products(csv_file(tmp_path, SHIRT, MUG), progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1]


def test_the_report_speaks_to_people_and_machines(tmp_path) -> None:
    report = import_products(csv_file(tmp_path, SHIRT, MUG | {"Variant Price": "?"}))
    assert report.as_json()["products"] == 1 and report.as_json()["errors"][0]["line"] == 3
    text = "\n".join(report.lines())
    assert "1 products are in" in text and "Line 3 (MUG, “Variant Price”): “?” is no price." in text

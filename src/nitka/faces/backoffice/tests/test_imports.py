"""Importing products: looked at first, then in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db
FILE = (
    b"Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n"
    b"hook,Brass hook,Title,Default Title,HOOK-1,12.50,active\n"
)


@pytest.fixture(autouse=True)
def shop(settings: Any, tmp_path: Path) -> None:
    settings.NITKA_HOME = tmp_path
    makers.a_shop()


def upload(name: str = "products.csv", content: bytes = FILE) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content, "text/csv"), "stock": "5"}


def test_it_says_what_would_happen_and_writes_nothing() -> None:
    page = makers.signed_in().post("/back/products/import", upload()).content.decode()
    assert "nothing is written yet" in page and "new products" in page
    assert catalog.product_by_handle("hook") is None


def test_it_goes_in_after_a_yes(tmp_path: Path) -> None:
    client = makers.signed_in()
    client.post("/back/products/import", upload())
    client.post("/back/products/import", {"confirm": "1"})
    assert catalog.product_by_handle("hook")
    assert makers.audit("products.import") == ["products.csv"]
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_yes_without_a_file_is_refused_in_words() -> None:
    client = makers.signed_in()
    client.post("/back/products/import", {"confirm": "1"})
    assert "The file is gone" in client.get("/back/products/import").content.decode()


def test_a_file_of_another_kind_is_refused() -> None:
    page = makers.signed_in().post("/back/products/import", upload("evil.exe", b"MZ")).content.decode()
    assert 'data-kind="error"' in page


def test_an_agent_may_not_import() -> None:
    assert makers.signed_in("agent").post("/back/products/import", upload()).status_code == 403


def test_a_table_of_another_shop_goes_in_with_its_currency_and_names_the_column_of_a_trouble() -> None:
    content = b"SKU\tTitle\tRetail price\nHOOK-1\tBrass hook\t12,50\nHOOK-2\tIron hook\tcheap\n"
    client = makers.signed_in()
    page = client.post("/back/products/import", upload("goods.tsv", content) | {"currency": "PLN"}).content.decode()
    assert "Retail price</span>" in page and "taken for" not in page
    client.post("/back/products/import", {"confirm": "1"})
    variant = catalog.variant_ids_by_sku(["HOOK-1"])["HOOK-1"]
    prices = pricing.base_prices([variant])[variant]
    # 12.50 zł by the rates that come with the house: no market is left without goods.
    assert (prices["pl"].minor, prices["eu"].minor, prices["am"].minor) == (1250, 291, 120000)

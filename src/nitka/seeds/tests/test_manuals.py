"""Care manuals are made from the products' data."""

import pytest

from nitka.seeds import files, manuals


def test_a_manual_in_one_language_is_a_small_pdf() -> None:
    pdf = manuals.care_manual(files.product("fyr"), "pl")
    assert pdf.startswith(b"%PDF")
    assert len(pdf) < 400_000


def test_the_same_product_gives_the_same_bytes() -> None:
    product = files.product("voks")
    assert manuals.care_manual(product, "nb") == manuals.care_manual(product, "nb")


def test_a_page_speaks_its_language_and_names_each_size_once() -> None:
    page = manuals.page(files.product("vik"), "hy")
    assert page["words"]["care"] == "Խնամք"
    assert [name for name, _ in page["measures"]] == ["45 սմ", "65 սմ"]
    assert "400 × 400 × 650 mm" in page["measures"][1][1]


@pytest.mark.parametrize("handle", [product["handle"] for product in files.products()])
def test_every_product_has_its_manual(handle: str) -> None:
    assert manuals.path_of(handle).read_bytes().startswith(b"%PDF-")

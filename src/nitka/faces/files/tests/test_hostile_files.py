"""Files that would do harm."""

import gzip
import os

import pytest

from nitka.faces.files.importing import BadMapping, UnreadableFile, import_products
from nitka.faces.files.tests.makers import LAPTOP, MUG, SHIRT, csv_file, json_file, open_shop
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.models import Category, Media, Product
from nitka.shelf.catalog.tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    open_shop()


def refused(path, words: str) -> None:
    with pytest.raises((UnreadableFile, BadMapping), match=words):
        import_products(path)
    assert not Product.objects.exists() and not Category.objects.exists()


def appended(path, content: bytes):
    with path.open("ab") as file:
        file.write(content)
    return path


def test_broken_utf8_is_refused_with_its_line(tmp_path) -> None:
    cup = MUG | {"Title": "Tàssa"}
    refused(appended(csv_file(tmp_path, SHIRT, cup), "bøk,Bøk\n".encode("latin-1")), "Line 4 is not UTF-8")


def test_utf16_that_is_damaged_is_refused(tmp_path) -> None:
    path = csv_file(tmp_path, SHIRT)
    path.write_bytes(path.read_text().encode("utf-16") + b"\x00\xdc\n\x00")
    refused(path, "damaged")


@pytest.mark.parametrize(
    ("start", "kind"), [(b"PK\x03\x04rest", "XLSX"), (b"<?xml version", "XML"), (b"\xef\xbb\xbf<rss>", "XML")]
)
def test_a_workbook_or_a_feed_is_refused_with_what_to_do(tmp_path, start, kind) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(start)
    refused(path, f"{kind}.*CSV UTF-8")


def test_a_field_of_ten_megabytes_is_refused(tmp_path) -> None:
    refused(csv_file(tmp_path, SHIRT, MUG | {"Body (HTML)": "x" * 10_000_000}), "Line 3 is longer than 4 MB")
    lines = "\n".join("x" * 1000 for _n in range(1100))
    refused(csv_file(tmp_path, SHIRT, MUG | {"Body (HTML)": lines}), "Line 3 has a field of more than 1 MB")


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path) -> None:
    refused(appended(csv_file(tmp_path, SHIRT), b'mug,"Mug\n' + b"x,y\n" * 100), "Line 3 is no CSV")


def test_too_many_columns_are_refused(tmp_path) -> None:
    refused(appended(csv_file(tmp_path, SHIRT), b"," * 100_000 + b"\n"), "Line 3 has more than 400 columns")


def test_a_row_longer_than_the_header_is_a_bad_row(tmp_path) -> None:
    path = appended(csv_file(tmp_path, SHIRT), b"mug,Mug" + b",1" * 50 + b"\n")
    report = import_products(path)
    assert report.created == 1 and [error.line for error in report.errors] == [3]


@pytest.mark.parametrize(
    "first", [b"", b"a,b,c\n1,2,3\n", b"Handle,Title\n", b"\x00\x01\x02", b"Handle,Title,Title,Variant SKU\n"]
)
def test_what_is_no_such_file_is_refused(tmp_path, first) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(first)
    refused(path, "is empty|No column names|names a column twice|binary")


def test_a_line_of_ten_megabytes_in_json_is_a_bad_row(tmp_path) -> None:
    report = import_products(
        json_file(tmp_path, LAPTOP, LAPTOP | {"id": "9", "title": "x" * 10_000_000}, LAPTOP | {"id": "8"})
    )
    assert report.created == 2 and [error.line for error in report.errors] == [2]


def test_a_gzip_bomb_is_refused_before_it_fills_anything(tmp_path) -> None:
    path = tmp_path / "products.jsonl.gz"
    first = json_file(tmp_path, LAPTOP).read_bytes()
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(first)
        for _n in range(80):
            file.write(b" " * 1_000_000)
    assert path.stat().st_size < 200_000
    refused(path, "unpacks to far more")


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_packed_file_that_breaks_off_leaves_nothing(tmp_path, damage, monkeypatch) -> None:
    path = json_file(
        tmp_path, *[LAPTOP | {"id": str(n), "title": os.urandom(200).hex()} for n in range(300)], name="a.gz"
    )
    content = path.read_bytes()
    cut = content[: len(content) // 2]
    path.write_bytes(cut if damage == "cut" else cut + b"\x00" * 50 + content[len(cut) + 50 :])
    refused(path, "damaged")


def test_a_file_that_cannot_be_opened_is_refused(tmp_path) -> None:
    refused(tmp_path / "gone.csv", "cannot be read")
    refused(tmp_path, "cannot be read")


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/etc/passwd", "a/../../secret.png", "..\\secret.png", "C:\\x.png", "link.png", "linked/in.png",
     "file:///etc/passwd", "gone.png", "", "a\0.png", "images"],
)  # fmt: skip
def test_pictures_come_from_their_folder_and_from_nowhere_else(tmp_path, name) -> None:
    picture_file(tmp_path, "secret.png")
    picture_file(tmp_path / "other", "in.png")
    folder = tmp_path / "images"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "linked").symlink_to(tmp_path / "other")
    path = json_file(tmp_path, LAPTOP | {"img_high": name or "."})
    report = import_products(path)
    assert report.created == 1 and not Media.objects.exists()
    assert [error.line for error in report.errors] == [1]


def test_a_picture_that_is_none_is_reported_and_its_product_goes_in(tmp_path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(b"<script>alert(1)</script>")
    report = import_products(csv_file(tmp_path, MUG | {"Image Src": "a.png"}))
    assert report.created == 1 and "no picture" in report.errors[0].reason and not Media.objects.exists()


def test_scripts_do_not_come_in(tmp_path) -> None:
    evil = '<p onmouseover="x()">Soft</p><script>alert(1)</script><img src=x onerror=alert(1)><iframe src="//evil">'
    import_products(csv_file(tmp_path, MUG | {"Body (HTML)": evil, "Title": "<script>Mug</script>"}))
    source = catalog.product_source(catalog.product_ids())[0]
    assert "script" not in source.description["en"] and "on" not in source.description["en"]
    assert "iframe" not in source.description["en"]

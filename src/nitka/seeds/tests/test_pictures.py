"""The pictures of the demo shop are found by their names, are small, and belong to a product."""

import re
from pathlib import Path

import pytest
from PIL import Image

from nitka.seeds import files, gallery
from nitka.seeds.drawing import models  # noqa: F401 (they register themselves)
from nitka.seeds.drawing.model import MODELS, Order, build
from nitka.seeds.drawing.space import FRONT, TOP, extent

LARGEST = 100_000
PRODUCTS = pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


def named(found: list) -> list[tuple[str, dict]]:
    return [(each.path.name, dict(each.options)) for each in found]


@PRODUCTS
def test_every_product_has_a_small_square_picture_of_each_look(product: dict) -> None:
    found = gallery.media(product)
    for each in found:
        assert each.path
        if each.kind == "picture":
            assert each.path.stat().st_size <= LARGEST
            with Image.open(each.path) as picture:
                assert picture.width == picture.height >= 1000
    for variant in product["variants"]:
        assert any(each.options.items() <= variant["options"].items() for each in found)


@PRODUCTS
def test_every_picture_says_what_it_shows_in_words_of_its_own(product: dict) -> None:
    found = gallery.media(product)
    for language in ("en", "hy", "pl"):
        assert len({each.alt[language] for each in found}) >= len(found) - 1
        assert all(each.alt[language].startswith(product["title"][language]) for each in found)


def test_every_file_belongs_to_a_product_and_all_are_small_together() -> None:
    handles = {product["handle"] for product in files.products()}
    found = [path for path in files.PICTURES.iterdir() if path.suffix == ".avif"]
    assert {path.name.split("-")[0].split(".")[0] for path in found} <= handles
    assert sum(path.stat().st_size for path in found) < 25_000_000
    views = re.compile(r"\w+-(angle|room|front|detail)(-[\w-]+)?\.avif")
    assert all(views.fullmatch(path.name) for path in found)


def test_films_are_of_products_and_small_enough_for_a_telephone() -> None:
    films = list(files.FILMS.glob("*")) if files.FILMS.is_dir() else []
    assert {path.name for path in films} <= {f"{product['handle']}.mp4" for product in files.products()}
    assert all(path.stat().st_size < 1_500_000 and path.read_bytes()[4:8] == b"ftyp" for path in films)


def test_every_product_has_its_measures_drawn_for_the_manuals() -> None:
    drawn = {path.stem for path in files.MEASURES.iterdir()}
    assert drawn == {product["handle"] for product in files.products()}


def test_outlines_are_parts_of_pictures_that_are_there() -> None:
    for name, (left, top, right, bottom) in gallery.outlines().items():
        assert (files.PICTURES / name).is_file()
        assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1


@PRODUCTS
def test_every_product_is_seen_from_the_front_up_close_and_in_a_room(product: dict) -> None:
    views = {each.path.stem.split("-")[1] for each in gallery.media(product) if each.path and each.kind == "picture"}
    assert views == set(gallery.VIEWS)
    folded = product["handle"] in ("lin", "sauda")  # their measures are those of the cloth laid out
    assert any(each.outline for each in gallery.media(product)) is not folded


def test_a_view_of_one_colour_stands_for_all_and_a_view_of_each_for_its_own(tmp_path: Path) -> None:
    lind = files.product("lind")
    for value in ("oak", "smoked_oak", "black_ash"):
        touch(tmp_path, f"lind-angle-{value}.avif", f"lind-front-{value}.avif")
    touch(tmp_path, "lind-room-oak.avif")
    found = gallery.media(lind, tmp_path, tmp_path, tmp_path)
    woods = [{"wood": variant["options"]["wood"]} for variant in lind["variants"]]
    assert [dict(each.options) for each in found] == [*woods, {}, *woods]
    assert found[3].alt["pl"].endswith("dąb olejowany, we wnętrzu")


def test_the_front_says_where_the_goods_stand_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "outlines", lambda: {"vidde-front-sand.avif": (0.1, 0.3, 0.9, 0.8)})
    touch(tmp_path, "vidde-angle-sand.avif", "vidde-front-sand.avif", "vidde.glb", "vidde.usdz", "vidde.mp4")
    found = gallery.media(files.product("vidde"), tmp_path, tmp_path, tmp_path)
    assert [path for path, _ in named(found)] == [
        "vidde-angle-sand.avif", "vidde-front-sand.avif", "vidde.mp4", "vidde.glb", "vidde.usdz"
    ]  # fmt: skip
    assert found[1].outline == (0.1, 0.3, 0.9, 0.8)


def test_a_pack_that_looks_like_the_next_needs_one_picture(tmp_path: Path) -> None:
    touch(tmp_path, "voks-angle.avif")
    assert named(gallery.media(files.product("voks"), tmp_path, tmp_path, tmp_path)) == [("voks-angle.avif", {})]


@PRODUCTS
def test_the_model_of_the_drawings_fills_its_measures(product: dict) -> None:
    for variant in product["variants"]:
        width, depth, height = variant["dimensions_mm"]
        model = build(product["handle"], Order(width, depth, height, variant["options"]))
        faces = model.measured or model.faces
        left, low, right, high = extent(faces, FRONT)
        assert right - left == pytest.approx(width, rel=0.02)
        if model.views == (TOP,):
            _, back, _, front = extent(faces, TOP)
            assert front - back == pytest.approx(depth, rel=0.02)
        else:
            assert high - low == pytest.approx(height, rel=0.04)


def test_every_product_has_a_model_and_no_model_is_left_over() -> None:
    assert MODELS.keys() == {product["handle"] for product in files.products()}

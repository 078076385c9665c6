"""The drawings are there, small, and true to the measures."""

import pytest
from PIL import Image

from nitka.seeds import draw, files
from nitka.seeds.drawing.model import MODELS, Order, build
from nitka.seeds.drawing.space import FRONT, TOP, extent


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_every_picture_is_there_square_and_small(product: dict) -> None:
    assert len({media["path"] for media in product["media"]}) == len(product["media"])
    for media in product["media"]:
        path = files.PICTURES / media["path"]
        assert path.stat().st_size <= draw.LARGEST
        with Image.open(path) as picture:
            assert picture.size == (1200, 1200)


def test_no_picture_lies_there_unused_and_all_are_small_together() -> None:
    used = {media["path"] for product in files.products() for media in product["media"]}
    found = {path.name: path.stat().st_size for path in files.PICTURES.iterdir()}
    assert found.keys() == used
    assert sum(found.values()) < 3_200_000


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_every_variant_has_a_portrait_and_a_drawing_with_measures(product: dict) -> None:
    for variant in product["variants"]:
        fitting = [m["path"] for m in product["media"] if m["options"].items() <= variant["options"].items()]
        assert any("-measures" not in path for path in fitting)
        assert any("-measures" in path for path in fitting)


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_the_model_fills_its_measures(product: dict) -> None:
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

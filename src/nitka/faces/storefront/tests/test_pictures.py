"""Pictures fill a square; what is much longer is shown whole where goods are looked at."""

from typing import Any

import pytest

from nitka.faces.storefront import pictures


def image(width: int, height: int, **more: Any) -> dict[str, Any]:
    return {
        "src": f"/media/{width}x{height}.jpg", "srcset": "", "sources": [], "width": width, "height": height,
        "placeholder": "data:image/webp;base64,AAAA", **more,
    }  # fmt: skip


@pytest.mark.parametrize(("width", "height", "whole"), [(1000, 1000, False), (1050, 1000, False), (800, 1000, True)])
def test_a_long_picture_of_goods_is_shown_whole(width: int, height: int, whole: bool) -> None:
    assert ('class="whole"' in pictures.picture(image(width, height), "card")) is whole
    assert ('class="ghost"' in pictures.picture(image(width, height), "card")) is not whole


def test_a_room_is_cut_to_its_place_and_so_is_a_picture_that_bears_measures() -> None:
    assert "whole" not in pictures.picture(image(1600, 900), "scene")
    measured = image(801, 1000, outline=(0.1, 0.1, 0.9, 0.9))
    assert "whole" not in pictures.picture(measured, "slide")

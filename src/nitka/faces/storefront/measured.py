"""Measures drawn on a picture from the front: where its lines run, and what stands on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nitka.ground import locale
from nitka.shelf.search import queries as search

# Pictures stand in a square and are cut to it, so lines are told in parts of the square. Beyond this they leave it.
_NEAREST, _FURTHEST = 2.0, 98.0
_GAP = 3.5


@dataclass(frozen=True)
class Drawing:
    """The lines for variants of one size, in per cent of the square; a measure that is not known is empty."""

    skus: str
    shown: bool
    left: float
    right: float
    top: float
    bottom: float
    width_y: float
    height_x: float
    width: str
    depth: str
    height: str

    @property
    def middle(self) -> float:
        return round((self.left + self.right) / 2, 2)

    @property
    def roomy(self) -> bool:
        """Whether the slanting line of the depth has its place beside the goods."""
        return self.left >= 20

    @property
    def half(self) -> float:
        return round((self.top + self.bottom) / 2, 2)


def drawings(
    image: Mapping[str, Any],
    variants: Sequence[search.VariantOnPage],
    chosen: search.VariantOnPage | None,
    units: locale.Units,
    language: str,
) -> list[Drawing]:
    """A drawing for each size of the variants that the picture is of; none without an outline."""
    if len(image.get("outline") or ()) != 4:
        return []
    left, top, right, bottom = _in_square(tuple(image["outline"]), image["width"] or 1, image["height"] or 1)
    sizes: dict[tuple[int | None, ...], list[str]] = {}
    for each in variants:
        if image["options"].items() <= each.options.items():
            sizes.setdefault(tuple(each.dimensions_mm), []).append(each.sku)
    shown = (right - left, bottom - top)
    return [
        Drawing(
            " ".join(skus), chosen is None or chosen.sku in skus, left, right, top, bottom,
            min(bottom + _GAP, _FURTHEST - _GAP), _beside(left, right),
            *(_length(side, units, language) if side else "" for side in _as_seen(sides, *shown)),
        )
        for sides, skus in sizes.items()
        if sides and any(sides)
    ]  # fmt: skip


def _as_seen(sides: tuple[int | None, ...], wide: float, tall: float) -> tuple[int | None, ...]:
    """Width, depth and height as the picture shows them: what lies flat, as a rug, is seen from above."""
    width, depth, height = sides
    if width and depth and height and tall * width > 3 * height * wide:
        return width, None, depth
    return sides


def _beside(left: float, right: float) -> float:
    """Where the line of the height stands: right of the goods, or left where there is more room."""
    return min(right + _GAP, _FURTHEST - _GAP) if right <= 92 or left < 12 else left - _GAP


def _in_square(outline: tuple[float, ...], width: int, height: int) -> tuple[float, ...]:
    side = min(width, height)
    places = []
    for part, length in zip(outline, (width, height, width, height), strict=True):
        at = (part * length - (length - side) / 2) / side * 100
        places.append(round(min(max(at, _NEAREST), _FURTHEST), 2))
    return tuple(places)


@lru_cache(maxsize=4096)
def _length(side: int, units: locale.Units, language: str) -> str:
    return locale.length(side, units, language)

"""Draw the pictures of the demo shop: `python -m nitka.seeds.draw OUT [HANDLE…]`, and measures for the manuals.

One portrait for each colour or wood, to stand in until the studio has its picture.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from nitka.seeds import files, gallery
from nitka.seeds.drawing import models
from nitka.seeds.drawing.model import Order, build
from nitka.seeds.drawing.poster import elevation, portrait

__all__ = ["draw", "main", "models"]

LARGEST = 40_000


def draw(product: dict[str, Any]) -> Iterator[tuple[str, Image.Image]]:
    """File name and picture of every colour or wood of this product."""
    for chosen in gallery.looks_of(product):
        variant = next(v for v in product["variants"] if chosen.items() <= v["options"].items())
        width, depth, height = variant["dimensions_mm"]
        model = build(product["handle"], Order(width, depth, height, variant["options"]))
        yield gallery.drawn_name(product, chosen), portrait(model)


def measured(product: dict[str, Any]) -> tuple[str, Image.Image]:
    """The drawing with measure lines, for the manuals: of the first size where there are several."""
    variant = product["variants"][0]
    width, depth, height = measures = tuple(variant["dimensions_mm"])
    model = build(product["handle"], Order(width, depth, height, variant["options"]))
    sizes = [value for code, value in variant["options"].items() if code in gallery.SIZES]
    return "-".join([product["handle"], "measures", *sizes]) + ".webp", elevation(model, measures)


def save(picture: Image.Image, path: Path) -> int:
    """Write as WebP, no larger than allowed; answers the size in bytes."""
    for quality in (88, 82, 74, 64):
        picture.save(path, quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            break
    return path.stat().st_size


def main(arguments: list[str]) -> None:
    """Draw all products, or those named, into a folder."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for product in files.products():
        if not arguments[1:] or product["handle"] in arguments[1:]:
            for name, picture in (*draw(product), measured(product)):
                size = save(picture, folder / name)
                total += size
                sys.stdout.write(f"{size:>7,} {name}\n")
    sys.stdout.write(f"{total:>7,} bytes in all\n")


if __name__ == "__main__":
    main(sys.argv[1:])

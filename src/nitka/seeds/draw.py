"""Draw the pictures of the demo shop: `python -m nitka.seeds.draw OUT [HANDLE…]`.

One portrait for each colour or wood and one drawing with measure lines for each size, as the products' own files list
them. The results are committed under shop/pictures/; this need only run again when a model or a measure changes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from nitka.seeds import files
from nitka.seeds.drawing import models
from nitka.seeds.drawing.model import Order, build
from nitka.seeds.drawing.poster import elevation, portrait

__all__ = ["draw", "main", "models"]

LARGEST = 40_000


def draw(product: dict[str, Any]) -> Iterator[tuple[str, Image.Image]]:
    """File name and picture of everything that shows this product."""
    for media in product["media"]:
        variant = _first_with(product, media["options"])
        width, depth, height = measures = tuple(variant["dimensions_mm"])
        model = build(product["handle"], Order(width, depth, height, variant["options"]))
        yield media["path"], elevation(model, measures) if "-measures" in media["path"] else portrait(model)


def _first_with(product: dict[str, Any], options: dict[str, str]) -> dict[str, Any]:
    return next(v for v in product["variants"] if options.items() <= v["options"].items())


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
            for name, picture in draw(product):
                size = save(picture, folder / name)
                total += size
                sys.stdout.write(f"{size:>7,} {name}\n")
    sys.stdout.write(f"{total:>7,} bytes in all\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Draw the measures of the demo's products for their care manuals: `python -m nitka.seeds.draw OUT [HANDLE…]`."""

import sys
from pathlib import Path
from typing import Any

from PIL import Image

from nitka.seeds import files
from nitka.seeds.drawing import models
from nitka.seeds.drawing.elevation import elevation
from nitka.seeds.drawing.model import Order, build

__all__ = ["main", "measured", "models"]


def measured(product: dict[str, Any]) -> Image.Image:
    """The drawing with measure lines, of the first size where there are several."""
    variant = product["variants"][0]
    width, depth, height = measures = tuple(variant["dimensions_mm"])
    return elevation(build(product["handle"], Order(width, depth, height, variant["options"])), measures)


def main(arguments: list[str]) -> None:
    """Draw all products, or those named, into a folder."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for product in files.products():
        if not arguments[1:] or product["handle"] in arguments[1:]:
            measured(product).save(folder / f"{product['handle']}.webp", quality=82, method=6)


if __name__ == "__main__":
    main(sys.argv[1:])

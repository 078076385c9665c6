"""All products on one sheet, for docs/studio.md.

python -m studio.contact_sheet [--views angle] [--to docs/pictures/studio.webp]
"""

import argparse
from pathlib import Path

from PIL import Image

from studio import render

CELL, PAPER, LIMIT = 240, (251, 250, 247), 400_000


def sheet(paths: list[Path], columns: int) -> Image.Image:
    """The pictures side by side."""
    rows = -(-len(paths) // columns)
    whole = Image.new("RGB", (columns * CELL, rows * CELL), PAPER)
    for n, path in enumerate(paths):
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((CELL, CELL), Image.Resampling.LANCZOS)
        whole.paste(small, (n % columns * CELL, n // columns * CELL))
    return whole


def main() -> int:
    """One picture per product and view, as far as they are there."""
    ask = argparse.ArgumentParser(prog="studio.contact_sheet")
    ask.add_argument("--views", default="angle,room")
    ask.add_argument("--columns", type=int, default=6)
    ask.add_argument("--to", type=Path, default=render.HERE.parent / "docs" / "pictures" / "studio.webp")
    told = ask.parse_args()
    paths = []
    for handle in render.handles():
        for view in told.views.split(","):
            there = [render.PICTURES / f"{job.name}.avif" for job in render.jobs_of(handle, (view,))]
            paths += [path for path in there if path.exists()][:1]
    whole = sheet(paths, told.columns)
    told.to.parent.mkdir(parents=True, exist_ok=True)
    for quality in (82, 72, 62, 50):
        whole.save(told.to, quality=quality)
        if told.to.stat().st_size <= LIMIT:
            break
    print(f"{len(paths)} pictures, {told.to.stat().st_size // 1000} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

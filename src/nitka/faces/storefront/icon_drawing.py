"""The shop's icon: its logo on paper, or the thread with its knot in the shop's colour."""

import io
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from nitka.ground import pictures

PAPER, WHITE = (0xFB, 0xFA, 0xF7, 255), (255, 255, 255, 255)
FINER = 4  # drawn so many times larger, for smooth edges
# How much of the square the drawing fills. A phone may cut all but the middle 80 % of a maskable icon away.
SIZES = {"48": 0.9, "180": 0.72, "192": 0.72, "512": 0.72, "maskable-512": 0.52, "badge-96": 1.0}


@lru_cache(maxsize=16)
def draw(name: str, accent: str, logo: str) -> bytes:
    """The icon as PNG. A badge is white on nothing: phones show its shape alone."""
    side = int(name.rpartition("-")[2])
    badge = name.startswith("badge")
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0) if badge else PAPER)
    room = round(side * SIZES[name])
    own = None if badge else _logo(logo)
    drawn = _fitted(own, room) if own else _knot(room, WHITE if badge else _colour(accent))
    image.alpha_composite(drawn, ((side - drawn.width) // 2, (side - drawn.height) // 2))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def small(accent: str, logo: str) -> bytes:
    """The icon of a tab and of a line of search results, in the sizes that are asked for (ICO)."""
    out = io.BytesIO()
    Image.open(io.BytesIO(draw("48", accent, logo))).save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    return out.getvalue()


def _knot(side: int, colour: tuple[int, int, int, int]) -> Image.Image:
    """The one ornament of the house, as in its vector: a thread, open at a knot."""
    large = Image.new("RGBA", (side * FINER, side * FINER), (*colour[:3], 0))
    pen, unit = ImageDraw.Draw(large), side * FINER / 32
    for top, bottom in ((0, 11), (21, 32)):
        pen.rectangle([14.5 * unit, top * unit, 17.5 * unit, bottom * unit], fill=colour)
    pen.ellipse([10 * unit, 10 * unit, 22 * unit, 22 * unit], fill=colour)
    return large.resize((side, side), Image.Resampling.LANCZOS)


def _logo(address: str) -> Image.Image | None:
    """The logo's picture; None for one that is not ours, cannot be read, or is a line of words: it would be a hair."""
    if not address.startswith(settings.MEDIA_URL):
        return None
    path = Path(settings.MEDIA_ROOT) / address.removeprefix(settings.MEDIA_URL)
    try:
        found = pictures.opened(path.read_bytes(), address).convert("RGBA")
    except (OSError, pictures.FileRefused):
        return None
    return found if max(found.size) <= 2 * min(found.size) else None


def _fitted(image: Image.Image, room: int) -> Image.Image:
    scale = room / max(image.size)
    return image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS
    )


def _colour(accent: str) -> tuple[int, int, int, int]:
    digits = accent.removeprefix("#")
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue, 255

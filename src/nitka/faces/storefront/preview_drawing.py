"""The picture that stands beside a link in messengers and social networks: 1200 × 630, in the shop's own type.

Paper, ink and the thread, as on the pages; the goods at the right. No price: the picture is kept for long.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont, ImageOps

from nitka.ground.web import assets

SIZE = (1200, 630)
PAPER, INK, QUIET, HAIRLINE = "#FBFAF7", "#1D1B18", "#6B655C", "#E4DFD6"
TITLES, TEXT = "Noto Serif Display", "Noto Sans"
LEFT, TEXT_WIDTH, TEXT_WIDTH_ALONE = 104, 440, 980
TITLE_SIZES, MOST_LINES = (72, 64, 56, 48, 40), 4
QUALITY = 84
Run = tuple[ImageFont.FreeTypeFont, str]


@dataclass(frozen=True)
class Words:
    """What is written: the shop above, the title, a line below."""

    shop: str
    title: str
    line: str
    accent: str


def draw(words: Words, picture: Image.Image | None) -> bytes:
    """The picture as JPEG, which all networks take."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    if picture is not None:
        _goods(image, picture)
    width = TEXT_WIDTH if picture is not None else TEXT_WIDTH_ALONE
    _thread(pen, words.accent)
    _write(pen, (LEFT, 76), words.shop, TEXT, 28, QUIET)
    bottom = _title(pen, words.title, width)
    for place, line in enumerate(_lines(words.line, TEXT, 26, width)[:2]):
        _write(pen, (LEFT, bottom + 26 + place * 38), line, TEXT, 26, QUIET)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def has_fonts() -> bool:
    """Whether the shop's type was brought here."""
    return all(
        (assets.VENDOR / "fonts" / file).exists() for family in (TITLES, TEXT) for file, _spans in _files(family)
    )


def _goods(image: Image.Image, picture: Image.Image) -> None:
    """The goods fill the right of the picture; what is see-through lies on paper."""
    side = SIZE[1]
    ground = Image.new("RGBA", picture.size, PAPER)
    ground.alpha_composite(picture.convert("RGBA"))
    fitted = ImageOps.fit(ground.convert("RGB"), (side, side), Image.Resampling.LANCZOS)
    image.paste(fitted, (SIZE[0] - side, 0))


def _thread(pen: ImageDraw.ImageDraw, accent: str) -> None:
    """The one ornament: a line with a knot at the shop and a ring at the goods."""
    pen.line([(60, 0), (60, SIZE[1])], fill=accent, width=3)
    pen.ellipse([50, 84, 70, 104], fill=accent)
    pen.ellipse([51, 525, 69, 543], fill=PAPER, outline=accent, width=3)


def _title(pen: ImageDraw.ImageDraw, title: str, width: int) -> int:
    """As large as fits in four lines; the place below it."""
    for size in TITLE_SIZES:
        lines = _lines(title, TITLES, size, width)
        if len(lines) <= MOST_LINES and all(_length(word, TITLES, size) <= width for word in title.split()):
            break
    lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + "…"] if len(lines) > MOST_LINES else lines
    height = round(size * 1.2)
    top = max(150, (SIZE[1] - height * len(lines)) // 2 - 20)
    for place, line in enumerate(lines):
        _write(pen, (LEFT, top + place * height), line, TITLES, size, INK)
    return top + height * len(lines)


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, family: str, size: int, colour: str) -> None:
    """A line whose letters may come from several files of one family: they share their base line."""
    left, base = float(at[0]), at[1] + size
    for font, part in _runs(text, family, size):
        pen.text((left, base), part, font=font, fill=colour, anchor="ls")
        left += font.getlength(part)


def _lines(text: str, family: str, size: int, width: int) -> list[str]:
    """The text broken between words; a word that is wider than the column is broken where it must be."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _length(joined, family, size) <= width:
            lines[-1] = joined
            continue
        while _length(word, family, size) > width:
            fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or _length(word[:n], family, size) <= width)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def _length(text: str, family: str, size: int) -> float:
    return sum(font.getlength(part) for font, part in _runs(text, family, size))


def _runs(text: str, family: str, size: int) -> Iterator[Run]:
    for file, letters in groupby(text, key=lambda letter: _file_of(letter, family)):
        yield _font(file, size), "".join(letters)


@lru_cache(maxsize=64)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(assets.VENDOR / "fonts" / file, size)


@lru_cache(maxsize=4096)
def _file_of(letter: str, family: str) -> str:
    """The file of the family that has the letter; its first for what none has."""
    files = _files(family)
    code = ord(letter)
    return next((file for file, spans in files if any(low <= code <= high for low, high in spans)), files[0][0])


@lru_cache(maxsize=4)
def _files(family: str) -> list[tuple[str, list[tuple[int, int]]]]:
    fonts = (font for package in assets.PACKAGES for font in package.fonts if font.family == family)
    return [(font.served, [_span(part) for part in font.unicode_range.split(",")]) for font in fonts]


def _span(part: str) -> tuple[int, int]:
    low, _dash, high = part.strip().removeprefix("U+").partition("-")
    return int(low, 16), int(high or low, 16)

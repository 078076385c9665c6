"""Papers: HTML as PDF, in the shop's own letters whatever fonts the machine has. Nothing is fetched from anywhere."""

import atexit
import base64
import io
import logging
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from nitka.ground.web.assets import VENDOR

# The pieces that pages load by their letters, for text and for titles; Latin is in every paper.
_PIECES = {
    "latin": ("noto-sans-latin-wght-normal", "noto-serif-display-latin-500-normal"),
    "latin-ext": ("noto-sans-latin-ext-wght-normal", "noto-serif-display-latin-ext-500-normal"),
    "polish": ("noto-sans-polish", "noto-serif-display-polish"),
    "cyrillic": ("noto-sans-cyrillic-wght-normal", "noto-serif-display-cyrillic-500-normal"),
    "armenian": ("noto-sans-armenian-armenian-wght-normal", "noto-serif-armenian-armenian-400-normal"),
    "ruble": ("noto-sans-ruble", "noto-serif-display-ruble"),
}
_LETTERS = {
    "polish": re.compile("[ĄąĆćĘęŁłŃńŚśŹźŻż]"),
    "latin-ext": re.compile("[\u0100-\u024f\u1e00-\u1eff]"), "cyrillic": re.compile("[\u0400-\u04ff]"),
    "armenian": re.compile("[\u0530-\u058f]"), "ruble": re.compile("\u20bd"),
}  # fmt: skip
_WEIGHTS = (400, 600)
_SPACE = 0x20
_ALONE = threading.Lock()  # fonts are read and remembered once, and Pango's maps of them are not for two threads


def draw(html: str, *, style: Path | None = None, **options: Any) -> bytes:
    """The page as PDF, with a sheet of styles beside its own. Its letters are `var(--text)` and `var(--title)`, its
    pictures are inside it (`data:image/…`). `options` are WeasyPrint's, such as `pdf_variant`."""
    from weasyprint import HTML  # 0.3 s to import, and only papers need it
    from weasyprint.urls import URLFetcher

    needed = tuple(each for each in _PIECES if each == "latin" or _LETTERS[each].search(html))
    with _ALONE:
        config, letters = _letters(needed)
        sheets = [letters, *([_sheet(style)] if style else [])]
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
        made: bytes = page.write_pdf(stylesheets=sheets, font_config=config, **options)
    return made


@lru_cache(maxsize=8)
def _sheet(style: Path) -> Any:
    from weasyprint import CSS

    return CSS(string=style.read_text("utf-8"))


@lru_cache(maxsize=16)
def _letters(needed: tuple[str, ...]) -> tuple[Any, Any]:
    """Fonts, and the sheet that names them. Without those that set-up fetches the machine's have to do."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    rules, named = [], []
    for place, kind in enumerate(("sans", "serif")):
        # Pieces under one family name mix up their letters, so each is a family of its own.
        names = [
            _PIECES[each][place] for each in needed if (VENDOR / "fonts" / f"{_PIECES[each][place]}.woff2").exists()
        ]
        rules += [_face(name, weight) for name in names for weight in (_WEIGHTS if kind == "sans" else _WEIGHTS[:1])]
        named.append(", ".join(f'"{each}"' for each in (*names, f"Noto {kind.title()}", f"DejaVu {kind.title()}")))
    config = FontConfiguration()
    rules.append(f":root {{ --text: {named[0]}, sans-serif; --title: {named[1]}, serif }}")
    return config, CSS(string="\n".join(rules), font_config=config)


# WeasyPrint removes a folder of fonts when they are forgotten, which it cannot once the interpreter ends.
atexit.register(_letters.cache_clear)


def _face(name: str, weight: int) -> str:
    data = base64.b64encode(_font(name, weight)).decode()
    return f'@font-face {{ font-family: "{name}"; src: url("data:font/ttf;base64,{data}"); font-weight: {weight} }}'


@lru_cache(maxsize=16)
def _font(name: str, weight: int) -> bytes:
    """One weight of a piece, with a space: only Latin's has one, and words of other alphabets ran together."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font: Any = TTFont(VENDOR / "fonts" / f"{name}.woff2")
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    if _SPACE not in font.getBestCmap():
        _add_space(font)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _add_space(font: Any) -> None:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    font.setGlyphOrder([*font.getGlyphOrder(), "space"])
    font["glyf"].glyphs["space"] = Glyph()
    font["glyf"].setGlyphOrder(font.getGlyphOrder())
    font["hmtx"]["space"] = (font["head"].unitsPerEm // 4, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({_SPACE: "space", 0xA0: "space"})

"""Cutting a font to the letters and the weights that pages use: two fifths of it are left."""

import importlib.util
import io
import logging
from typing import Any

WEIGHTS = "400 700"  # as @font-face says it; no page is lighter or bolder


def cut(woff2: bytes, unicode_range: str) -> bytes:
    """The font with the characters of this range and weights from 400 to 700.

    Unchanged where fontTools or brotli is missing, and where it is no font that they can read: browsers decide then.
    """
    if not all(importlib.util.find_spec(name) for name in ("fontTools", "brotli")):
        return woff2
    from fontTools.ttLib import TTFont, TTLibError

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        font = TTFont(io.BytesIO(woff2))
    except TTLibError:
        return woff2
    _keep_characters(font, unicode_range)
    if "fvar" in font:
        font = _keep_weights(_read_again(font))
    return _as_woff2(font)


def _keep_characters(font: Any, unicode_range: str) -> None:
    from fontTools import subset

    options = subset.Options()
    options.layout_features = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(unicode_range))
    subsetter.subset(font)


def _keep_weights(font: Any) -> Any:
    from fontTools.varLib import instancer

    lightest, boldest = WEIGHTS.split()
    return instancer.instantiateVariableFont(font, {"wght": (int(lightest), int(boldest))})


def _read_again(font: Any) -> Any:
    # The two tools disagree about glyphs that the first has thrown away but not yet forgotten.
    from fontTools.ttLib import TTFont

    held = io.BytesIO()
    font.flavor = None
    font.save(held)
    return TTFont(io.BytesIO(held.getvalue()))


def _as_woff2(font: Any) -> bytes:
    held = io.BytesIO()
    font.flavor = "woff2"
    font.save(held)
    return held.getvalue()

"""Fonts are cut to what pages use, and stay fonts."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nitka.ground.web import assets
from nitka.ground.web.cutting import cut


@pytest.fixture
def font() -> bytes:
    """A variable font of the vendor folder."""
    path: Path = assets.VENDOR / "fonts" / "noto-sans-polish.woff2"
    if not path.exists():
        pytest.skip("bin/setup has not fetched the fonts.")
    return path.read_bytes()


def test_only_the_letters_of_the_range_and_the_weights_of_pages_are_left(font: bytes) -> None:
    part = TTFont(io.BytesIO(cut(font, "U+0104-0105")))
    assert set(part.getBestCmap()) == {0x104, 0x105}
    [axis] = part["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    assert part.flavor == "woff2"


def test_what_is_no_font_stays_as_it_is() -> None:
    assert cut(b"woff", "U+0041") == b"woff"


def test_every_letter_of_our_languages_is_in_the_fonts_that_its_pages_preload() -> None:
    letters = {
        "en": "abcxyzABCXYZ€’“”–", "nb": "æøåÆØÅ«»", "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "bg": "абвщъьюяАБВЩЪЬЮЯ№",
        "ru": "ёыэЁЫЭ№", "hy": "աբգևֆԱԲԳՖ՞՜֏։",
    }  # fmt: skip
    for language, text in letters.items():
        held: set[int] = set()
        for path in assets.text_fonts(language):
            held |= set(TTFont(assets.STATIC / path).getBestCmap())
        assert not held or {ord(letter) for letter in text} <= held, language

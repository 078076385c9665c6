"""Who translates reviews, a folder each (see contract.py); the last one is always there, and translates nothing."""

from typing import cast

from nitka.shelf.reviews.translators import libretranslate, nobody
from nitka.shelf.reviews.translators.contract import Translator

TRANSLATORS = (cast(Translator, libretranslate), cast(Translator, nobody))


def translator() -> Translator:
    """The first that is set."""
    return next(each for each in TRANSLATORS if each.is_on())

"""Addresses for people: Latin letters, digits and hyphens, made from text in any of our alphabets."""

import re
import unicodedata
from collections.abc import Mapping

from nitka.ground.locale import LANGUAGES, pick

MAX_LENGTH = 100

_RUSSIAN = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".replace("-", "").split(" "),
    strict=True,
))  # fmt: skip
# The Bulgarian transliteration act of 2009.
_BULGARIAN = _RUSSIAN | {"ъ": "a", "щ": "sht", "ь": "y", "х": "h", "ё": "yo"}
_ARMENIAN = dict(zip(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(" "),  # noqa: SIM905
    strict=True,
))  # fmt: skip
_LATIN = {
    "ø": "o",
    "æ": "ae",
    "å": "a",
    "ł": "l",
    "ß": "ss",
    "đ": "d",
    "þ": "th",
    "ð": "d",
    "œ": "oe",
    "ı": "i",
}
_TABLES = {
    "bg": str.maketrans(_BULGARIAN | _ARMENIAN | _LATIN),
    "": str.maketrans(_RUSSIAN | _ARMENIAN | _LATIN),
}
_GAPS = re.compile(r"[^a-z0-9]+")


def slugify(text: str, language: str = "en") -> str:
    """The text as a clean Latin address, at most 100 letters; empty where nothing can be written so."""
    small = text.lower()
    if not small.isascii():
        small = small.replace("ու", "u").translate(_TABLES.get(language, _TABLES[""]))
        small = "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))
    slug = _GAPS.sub("-", small.replace("'", "")).strip("-")
    return slug if len(slug) <= MAX_LENGTH else slug[:MAX_LENGTH].rsplit("-", 1)[0]


def wanted_slugs(given: Mapping[str, str], title: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """The address that each language would like: the one given, or one of the title, or one of `otherwise`."""
    last = slugify(otherwise) or "item"
    made: dict[tuple[str, str], str] = {}
    wanted = {}
    for language in LANGUAGES:
        text = given.get(language) or title.get(language)
        spoken = language if text else "en"
        key = (spoken, text or pick(given, language) or pick(title, language))
        if key not in made:
            made[key] = slugify(key[1], spoken) or last
        wanted[language] = made[key]
    return wanted

"""Names as they sound, in plain Latin letters: what a search by name compares.

`Иван`, `Ivan` and `Iwan` are one word here; so are `Пётр` and `Petr`, `Պետրոսյան` and `Petrosyan`.
It is no transcription for people to read; both sides of the comparison only have to go through the same door.
"""

import re
import unicodedata


def _table(letters: str, sounds: str) -> dict[str, str]:
    return dict(zip(letters, sounds.split(), strict=True))


_CYRILLIC = _table(
    "абвгдежзиклмнопрстуфхцчшщъыэюяіїєґѕјљњћђџ",
    "a b v g d e zh z i k l m n o p r s t u f h ts ch sh sh a i e iu ia i i e g z i l n ch d d",
)
_ARMENIAN = _table(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a b g d e z e e t zh i l h ts k h dz gh ch m i n sh o ch p j r s v t r ts v p k o f",
)
_LATIN = {"ь": "", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_LETTERS = str.maketrans({**_CYRILLIC, **_ARMENIAN, **_LATIN})
_DIGRAPHS = {"ու": "u", "և": "ev"}
# Spellings of one sound in the languages of our shops.
_SOUNDS = (
    ("shch", "sh"), ("sz", "sh"), ("cz", "ch"), ("rz", "zh"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("tz", "ts"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"([a-z])\1+")
_BREAK = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """The text as words of plain letters and digits with one space between them."""
    low = unicodedata.normalize("NFC", text).casefold()
    for two, one in _DIGRAPHS.items():
        low = low.replace(two, one)
    bare = "".join(each for each in unicodedata.normalize("NFKD", low) if not unicodedata.combining(each))
    # ѝ, й and ё lose their marks above and are then и and е.
    latin = bare.translate(_LETTERS)
    for spelling, sound in _SOUNDS:
        latin = latin.replace(spelling, sound)
    return _BREAK.sub(" ", _DOUBLED.sub(r"\1", latin)).strip()


def digits(text: str) -> str:
    """The digits of a telephone number without what people write before it at home or from abroad (0, 00)."""
    return re.sub(r"\D", "", text).lstrip("0")

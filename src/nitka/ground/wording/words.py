"""From text to words: folding, splitting, codes. Knows no language but the shapes of letters."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart but people type without their stroke or tail.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е", "և": "եւ"}
)
# й and ї are letters of their own: taking their mark away would make other words of them.
_KEPT_MARKS = {"й", "ї"}

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_CHUNK = re.compile(r"[^\s,;|<>()\[\]{}\"“”„]+")
_NUMBER_UNIT = re.compile(r"^(\d+(?:[.,]\d+)?)([^\W\d_]{1,6})$", re.UNICODE)
_LETTERS_DIGITS = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+", re.UNICODE)
_TRADE_MARKS = str.maketrans("™®©℠", "    ")  # NFKC would glue "tm" to the word before
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d.,])")
_POSSESSIVE = re.compile(r"['’](s|S)?$")
_NOT_CODE = re.compile(r"[\W_]+", re.UNICODE)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower-case, width and marks folded: "Tråd" → "trad", "Łóżko" → "lozko", "№5" → "no5"."""
    word = unicodedata.normalize("NFKC", word).casefold()
    if word.isascii():
        return word
    kept = []
    for letter in word.translate(_LETTERS):
        kept.append(letter if letter in _KEPT_MARKS else unicodedata.normalize("NFD", letter)[0])
    return "".join(kept)


def lower(text: str) -> str:
    """Lower-case with widths folded but all marks kept, as stemmers want it."""
    text = unicodedata.normalize("NFKC", text.translate(_TRADE_MARKS)).lower().replace("ß", "ss")
    return _THOUSANDS.sub(r"\1\2", text)


def words(text: str) -> list[str]:
    """The words of a text in order, lower-case, marks kept; decimals stay whole ("43.2")."""
    found = []
    for match in _WORD.finditer(lower(text)):
        word = match.group()
        if "'" in word or "’" in word:
            word = _POSSESSIVE.sub("", word).replace("'", "").replace("’", "")
        if word[0].isdigit():
            word = word.replace(",", ".")
        found.append(word)
    return found


def pieces(word: str) -> list[str]:
    """Letters and digits of a mixed word apart: "43.2cm" → ["43.2", "cm"]; a plain word gives []."""
    if word.isalpha() or not any(letter.isdigit() for letter in word):
        return []
    parts = _LETTERS_DIGITS.findall(word)
    return parts if len(parts) > 1 else []


def is_number(word: str) -> bool:
    """Whether a word is a number, decimals included."""
    return word.replace(".", "", 1).isdigit()


def number_and_unit(word: str) -> tuple[str, str] | None:
    """("500", "gb") of "500gb"; None for anything else."""
    match = _NUMBER_UNIT.match(word)
    return (match.group(1), match.group(2)) if match else None


def code(text: str) -> str:
    """A code as it is compared: no case, no spaces, no punctuation. "DV7-1211ea" → "dv71211ea"."""
    return fold(_NOT_CODE.sub("", text))


def codes_in(text: str) -> set[str]:
    """Everything in a text that looks like a model number or EAN: has a digit and at least four signs."""
    found = set()
    for chunk in _CHUNK.findall(text):
        candidate = code(chunk)
        if 4 <= len(candidate) <= 40 and any(letter.isdigit() for letter in candidate):
            found.add(candidate)
    return found


def looks_like_code(text: str) -> bool:
    """Whether a whole text may be one code: one chunk with a digit, or digits with spaces as on a parcel."""
    bare = code(text)
    if len(bare) < 3 or not any(letter.isdigit() for letter in bare):
        return False
    if bare.isdigit():
        return len(bare) > 3
    return len(text.split()) == 1 and (len(bare) > 4 or bool(_NOT_CODE.search(text.strip())))

"""Texts as feeds want them: without markup, not too long, with numbers in one spelling."""

import re
from datetime import UTC, datetime
from html import unescape

from stdnum import ean

from nitka.ground import money

_BLOCK = re.compile(r"(?i)</(?:p|li|h[1-6]|div|tr|ul|ol)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")
# What may not stand in XML 1.0 at all, not even escaped.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(html: str) -> str:
    """The text of safe HTML in one line."""
    if "<" not in html and "&" not in html:
        return _BLANKS.sub(" ", html).strip()
    return _BLANKS.sub(" ", unescape(_TAG.sub("", _BLOCK.sub(" ", html)))).strip()


def cut(text: str, most: int) -> str:
    """The text, or as many whole words of it as there is room for."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    head, blank, _tail = short.rpartition(" ")
    return (head if blank else short).rstrip(" ,;:–-") + "…"


def xml(text: str) -> str:
    """The text inside an element."""
    if _UNSPEAKABLE.search(text):
        text = _UNSPEAKABLE.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def price(minor: int, currency: str) -> str:
    """`1234.50 EUR`: a full stop, no sign of thousands, the code of ISO 4217."""
    return f"{money.decimal(minor, currency)} {currency}"


def centimetres(millimetres: int) -> str:
    """`120.5 cm`."""
    whole, rest = divmod(millimetres, 10)
    return f"{whole}.{rest} cm" if rest else f"{whole} cm"


def moment(at: datetime) -> str:
    """`2026-11-22T08:00Z`, as ISO 8601 and the guides of the feeds spell it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def is_gtin(code: str) -> bool:
    """Whether it is a GTIN that anybody may use: length, check digit (GS1 General Specifications, 7.9), and no number
    of the ranges that mean something inside one shop alone (prefixes 02, 04, 2) or a coupon (98, 99)."""
    if not (code.isascii() and code.isdigit() and int(code) and ean.is_valid(code)):
        return False
    prefix = code.zfill(14)[1:]  # as a GTIN-13; the first digit of 14 is of the packing
    if len(code) == 8:
        return not code.startswith(("0", "2"))
    return not prefix.startswith(("02", "04", "2", "98", "99"))

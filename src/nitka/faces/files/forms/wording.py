"""Words and figures of other shops' files, put as our rows want them."""

import html
import re
from collections.abc import Iterable

from nitka.faces.files import values
from nitka.faces.files.problems import BadRow
from nitka.ground import clock

GRAMS = {"g": 1.0, "grams": 1.0, "kg": 1000.0, "oz": 28.349523125, "lb": 453.59237, "lbs": 453.59237}
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, "yd": 914.4}
_TAG = re.compile(r"<[^>]*>")
_MEASURE = re.compile(r"\s*([\d.,]+)\s*([a-zA-Z]*)\s*")


def prose(text: str) -> str:
    """A description as HTML: lines that were plain text become paragraphs."""
    text = text.replace("\\n", "\n").strip()
    if not text or "<" in text:
        return text
    parts = (part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts)


def line_of(text: str) -> str:
    """A name or a short text without markup, in one line."""
    return " ".join(html.unescape(_TAG.sub(" ", text.replace("\\n", " "))).split())


def parts(text: str, mark: str = ",") -> list[str]:
    """A list in one cell; a mark with a backslash before it belongs to its part."""
    found = re.split(rf"(?<!\\){re.escape(mark)}", text)
    return [part.replace(f"\\{mark}", mark).strip() for part in found if part.strip()]


def deepest(paths: Iterable[str], separator: str) -> str:
    """The path with the most steps, of several the first: a product stands on one shelf."""
    return max(paths, key=lambda path: path.count(separator), default="")


def measured(text: str, unit: str, units: dict[str, float]) -> str:
    """A weight or length in whole grams or millimetres, its own unit before the column's; nothing for what is none."""
    found = _MEASURE.fullmatch(text)
    if found is None:
        return ""
    factor = units.get(found[2].lower() or unit)
    try:
        number = values.number(found[1])
    except BadRow:
        return ""
    return "" if factor is None else str(round(float(number) * factor))


def current(price: str, sale: str, until: str, zone: str = "UTC") -> tuple[str, str]:
    """What is asked now, and what was asked before the sale: a sale that ended, or of which nobody can say when it
    ends, is none."""
    if not sale or (until and not _lasts(until, zone)):
        return price, ""
    return sale, price


def _lasts(until: str, zone: str) -> bool:
    try:
        return values.day(until, zone) >= clock.today(zone)
    except BadRow:
        return False

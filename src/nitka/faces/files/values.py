"""What stands in a field, read: numbers, moments, days, countries. Text of CSV and values of Parquet alike."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from django.utils.translation import gettext as _

from nitka.faces.files.problems import BadRow
from nitka.ground import clock, money
from nitka.ground.locale import LANGUAGES

MOST = Decimal(10) ** 12
LONGEST = 2_000
_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_NOT_NUMBER = re.compile(r"^[^\d+\-.,(]+|[^\d.,)]+$")


def text(given: Any) -> str:
    """The field as text, trimmed; numbers without the ".0" that spreadsheets hang on where a column has gaps."""
    if given is None:
        return ""
    if isinstance(given, float):
        return "" if given != given else str(int(given)) if given.is_integer() and abs(given) < 1e15 else repr(given)
    if isinstance(given, datetime | date):
        return given.isoformat()
    return str(given).replace("\0", "").strip()[:LONGEST]


def identifier(given: Any) -> str:
    """A number of a customer or an order: 17850.0 is 17850, '1001 (Excel's apostrophe) and #1001 are 1001."""
    found = text(given).lstrip("'#").strip()
    return found[:-2] if found.endswith(".0") and found[:-2].isdigit() else found


@lru_cache(maxsize=200_000)
def number(given: Any, decimal: str = "") -> Decimal:
    """A number exactly as it is written. `decimal` is the mark of the fraction; without one it is the last mark that
    can be. Raises BadRow for what is no number, or is as large as nothing is."""
    if isinstance(given, bool):
        raise BadRow(_("“%(text)s” is no number.") % {"text": given})
    try:
        found = Decimal(repr(given)) if isinstance(given, float | int) else Decimal(_plain(str(given), decimal))
    except InvalidOperation:
        raise BadRow(_("“%(text)s” is no number.") % {"text": str(given)[:40]}) from None
    if not found.is_finite() or abs(found) > MOST:
        raise BadRow(_("“%(text)s” is no number that can be.") % {"text": str(given)[:40]})
    return found


def _plain(given: str, decimal: str) -> str:
    digits = _NOT_NUMBER.sub("", _BLANKS.sub("", given))
    if digits.startswith("(") and digits.endswith(")"):
        digits = f"-{digits[1:-1]}"
    if not decimal:
        comma, point = digits.rfind(","), digits.rfind(".")
        many = digits.count(",") > 1 or (comma >= 0 and point > comma)
        decimal = "." if comma < 0 or many else ","
    other = "," if decimal == "." else "."
    return digits.replace(other, "").replace(decimal, ".")


def pieces(given: Any, decimal: str = "") -> int:
    """A whole number of pieces, below zero for what came back. Raises BadRow."""
    found = number(given, decimal)
    if found != found.to_integral_value() or abs(found) >= 2**31:
        raise BadRow(_("“%(text)s” is no whole number of pieces.") % {"text": str(given)[:40]})
    return int(found)


def minor(given: Any, currency: str, decimal: str = "") -> int:
    """An amount in minor units, rounded where it holds parts of one. Raises BadRow."""
    return money.rounded(number(given, decimal), currency)


@lru_cache(maxsize=100_000)
def moment(given: Any, zone: str, formats: tuple[str, ...] = ()) -> datetime:
    """A moment: ISO 8601, or one of the formats (strptime); without its own zone it is on that zone's clock.

    Raises BadRow, also where day and month could be either.
    """
    found = given if isinstance(given, date) else _read(text(given), formats)
    if not isinstance(found, datetime):
        found = datetime.combine(found, time())
    if not 1900 < found.year < 2200:
        raise BadRow(_("“%(text)s” is no moment that can be.") % {"text": text(given)[:40]})
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    whole = clock.at_local(found.date(), found.time().replace(microsecond=0), zone)
    return whole.replace(microsecond=found.microsecond)


def _read(given: str, formats: tuple[str, ...]) -> datetime:
    for each in formats:
        try:
            return datetime.strptime(given, each)  # noqa: DTZ007 - the caller knows the zone
        except ValueError:
            continue
    try:
        # Shopify writes 2024-03-01 10:00:00 +0100, with a gap that ISO does not have.
        return datetime.fromisoformat(re.sub(r" ([+-]\d\d:?\d\d|UTC|Z)$", lambda m: _offset(m[1]), given))
    except ValueError:
        words = _("“%(text)s” is no moment as ISO 8601 writes it. Say with `dates` in the mapping how to read it.")
        raise BadRow(words % {"text": given[:40]}) from None


def _offset(written: str) -> str:
    return "+00:00" if written in ("UTC", "Z") else written


def day(given: Any, zone: str, formats: tuple[str, ...] = ()) -> date:
    """A calendar day. Raises BadRow."""
    return clock.local(moment(given, zone, formats), zone).date()


@cache
def _countries() -> dict[str, str]:
    """Names of countries in our languages → ISO 3166."""
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names[name.casefold()] = code
    return names | {"czech republic": "CZ", "usa": "US", "uk": "GB", "great britain": "GB", "hong kong": "HK"}


def country(given: str, known: dict[str, str] | Any) -> str:
    """The country's two letters; nothing for what is none. `known` are the mapping's own names, in small letters."""
    name = given.strip().casefold()
    if name in known:
        return str(known[name])
    if len(name) == 2 and name.upper() in _codes():
        return name.upper()
    return _countries().get(name, "")


@cache
def _codes() -> frozenset[str]:
    known = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - {"ZZ", "EU", "UN"}

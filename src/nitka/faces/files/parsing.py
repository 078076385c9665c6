"""What both formats share: prices, pictures, and what one product of a file became."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.problems import BadRow
from nitka.ground import money
from nitka.shelf.catalog.queries import PriceDraft, ProductDraft

MAX_PRICE_MINOR = 10**12
# Signs and letters of a currency around the number, none of which is part of one.
_AROUND = re.compile(
    r"(?P<before>[^\d\s.,+-]{0,4})\s*(?P<digits>[+-]?[\d.,\s']+(?:[eE]\+?\d+)?)(?P<behind>[^\d\s,]{0,4})"
)


@dataclass(frozen=True, slots=True)
class RowError:
    """A row, or part of one, that did not go in: where, of what (handle or SKU), why, and the file's own column."""

    line: int
    item: str
    reason: str
    column: str = ""


@dataclass(slots=True)
class Parsed:
    """One product of the file: its draft (none where it cannot be), the lines of its variants, its troubles."""

    line: int
    handle: str
    draft: ProductDraft | None = None
    lines: dict[str, int] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    unfetched: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader is told beside the file. `markets` is code → currency, `columns` ours → what the file calls it,
    `attributes` the file's columns that are attributes → their codes."""

    mapping: FileMapping
    language: str
    images: Path
    stock: int | None
    location: str
    markets: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


def prices(settings: Settings, minor: int, compare_at: int | None) -> dict[str, PriceDraft]:
    """The price in every market: as it is where the currency is the file's, else by the mapping's rate, else none."""
    made = {}
    for market, currency in settings.markets.items():
        if currency == settings.mapping.currency:
            made[market] = PriceDraft(minor=minor, compare_at_minor=compare_at)
        elif currency in settings.mapping.rates:
            other = None if compare_at is None else _converted(settings.mapping, compare_at, currency)
            made[market] = PriceDraft(minor=_converted(settings.mapping, minor, currency), compare_at_minor=other)
    return made


def _converted(mapping: FileMapping, minor: int, currency: str) -> int:
    rate = mapping.rates[currency]
    exact = Decimal(minor).scaleb(money.exponent(currency) - money.exponent(mapping.currency)) * rate.rate
    return max(money.round_half_up(exact / rate.step) * rate.step, min(minor, rate.step))


def amount(given: Any, mapping: FileMapping) -> int | None:
    """A price in minor units; None where the file says nothing. Raises BadRow for what is no price."""
    if given is None or given == "":
        return None
    try:
        minor = _whole(given) if mapping.price_in_minor_units else _written(str(given), mapping.currency)
    except (ValueError, TypeError, OverflowError) as error:
        raise BadRow(_("“%(text)s” is no price.") % {"text": str(given)[:40]}) from error
    if not 0 <= minor <= MAX_PRICE_MINOR:
        raise BadRow(_("The price %(text)s is below zero or far too high.") % {"text": str(given)[:40]})
    return minor


def _written(given: str, currency: str) -> int:
    """An amount as people and programs write it: 1.234,56 or 1,234.56, with the currency before or behind."""
    found = _AROUND.fullmatch(given.strip())
    if found is None:
        raise ValueError(given)
    named = (found["before"] + found["behind"]).strip().upper()
    if len(named) == 3 and named.isascii() and named != currency:
        raise BadRow(_("The price is in %(theirs)s, the file in %(ours)s. Say --currency %(theirs)s.")
                     % {"theirs": named, "ours": currency})  # fmt: skip
    digits = found["digits"].replace("'", "")
    if "," in digits and "." in digits:
        thousands = "," if digits.rfind(".") > digits.rfind(",") else "."
        digits = digits.replace(thousands, "")
    return money.parse(digits, currency)


def _whole(given: Any) -> int:
    if isinstance(given, bool) or (isinstance(given, float) and not given.is_integer()):
        raise ValueError(given)
    return int(given)


def measure(given: Any) -> int | None:
    """A length or weight as a whole number; None for what is none, since too many files hold rubbish there."""
    try:
        number = round(float(given))
    except (ValueError, TypeError, OverflowError):
        return None
    return number if 0 < number < 2**31 else None


def is_address(text: str) -> bool:
    """Whether it is the address of a picture somewhere else."""
    return text.lower().startswith(("http://", "https://", "//", "data:"))


def picture_named(folder: Path, given: str) -> Path | None:
    """The picture of that name; of an address the file that has its last name, if it was put there, else None."""
    if not is_address(given):
        return picture(folder, given)
    name = unquote(urlsplit(given).path).rpartition("/")[2]
    try:
        return picture(folder, name) if name and not given.startswith("data:") else None
    except BadRow:
        return None


def picture(folder: Path, given: str) -> Path:
    """The file of that picture below the folder. Raises BadRow for one outside of it, or that is not there."""
    parts = given.split("/")
    if "\0" in given or "\\" in given or ":" in given or given.startswith("/") or ".." in parts:
        raise BadRow(_("The picture “%(name)s” leads out of the folder of pictures.") % {"name": given[:80]})
    path = folder
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise BadRow(_("The picture “%(name)s” is a link, which is not followed.") % {"name": given[:80]})
    try:
        there = path.is_file() and os.access(path, os.R_OK)
    except OSError:
        there = False
    if not there:
        raise BadRow(_("There is no picture “%(name)s” in the folder of pictures.") % {"name": given[:80]})
    return path

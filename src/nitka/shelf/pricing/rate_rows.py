"""Tax rates as rows of a spreadsheet: read with a sentence for each mistake, written so that they read back."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

MOST = 20_000


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate in per cent with its first day; `region` empty for the whole country. `source` says who published it,
    `checked_on` when the merchant last compared it, `unsure` what to look up before relying on it."""

    country: str
    tax_class: str
    rate: Decimal
    valid_from: date
    region: str = ""
    source: str = ""
    checked_on: date | None = None
    unsure: str = ""


COLUMNS = ("country", "region", "tax_class", "rate", "valid_from", "source", "checked_on", "unsure")
_LONGEST = {field.name: 200 for field in fields(RateRow)} | {"region": 60, "tax_class": 40}


def read_csv(text: str) -> tuple[list[RateRow], list[str]]:
    """The rows, and what is wrong with the others: one sentence a line. Comma or semicolon, with the names on top."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = [name for name in COLUMNS[:5] if name not in (reader.fieldnames or ()) and name != "region"]
    if missing:
        return [], [_("The first line lacks the column %(name)s.") % {"name": missing[0]}]
    rows: list[RateRow] = []
    wrong: list[str] = []
    for number, given in enumerate(reader, start=2):
        if number > MOST:
            wrong.append(_("A file has at most %(n)d lines.") % {"n": MOST})
            break
        try:
            rows.append(_row({name: str(given.get(name) or "").strip()[: _LONGEST[name]] for name in COLUMNS}))
        except ValueError as trouble:
            wrong.append(_("Line %(number)d: %(trouble)s") % {"number": number, "trouble": str(trouble)})
    return rows, wrong


def _row(given: dict[str, str]) -> RateRow:
    country = given["country"].upper()
    if len(country) != 2 or not country.isalpha():
        raise ValueError(_("“%(text)s” is no country code such as DE.") % {"text": given["country"]})
    return RateRow(
        country=country, region=given["region"], tax_class=given["tax_class"] or "standard", rate=_rate(given["rate"]),
        valid_from=_day(given["valid_from"]), source=given["source"], unsure=given["unsure"],
        checked_on=_day(given["checked_on"]) if given["checked_on"] else None,
    )  # fmt: skip


def _rate(text: str) -> Decimal:
    try:
        rate = Decimal(text.replace(",", ".").rstrip("% "))
    except InvalidOperation:
        rate = Decimal(-1)
    if not rate.is_finite() or not 0 <= rate < 100:
        raise ValueError(_("“%(text)s” is no rate in per cent, from 0 to 100.") % {"text": text})
    return rate


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%(text)s” is no day. Write it like 2026-01-31.") % {"text": text}) from None


def write_csv(rows: Iterable[RateRow]) -> str:
    """The rows as a file for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        checked = row.checked_on.isoformat() if row.checked_on else ""
        rate = f"{row.rate.normalize():f}"
        writer.writerow(
            [row.country, row.region, row.tax_class, rate, row.valid_from.isoformat(), row.source, checked, row.unsure]
        )
    return out.getvalue()

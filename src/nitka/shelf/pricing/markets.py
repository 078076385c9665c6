"""Markets and tax rates, kept in the process for two seconds."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from nitka.ground.remembered import Remembered
from nitka.shelf.pricing.arithmetic import Rounding
from nitka.shelf.pricing.models import Market
from nitka.shelf.pricing.problems import UnknownMarket

STANDARD = "standard"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MarketView:
    """Countries that see the same prices. `zone` is where its calendar days begin."""

    code: str
    name: str
    currency: str
    countries: tuple[str, ...]
    tax_display: str
    rounding: Rounding
    languages: tuple[str, ...]
    default_country: str
    zone: str

    @property
    def tax_included(self) -> bool:
        """Whether prices hold tax."""
        return self.tax_display == Market.TaxDisplay.GROSS


_Rates = dict[tuple[str, str], tuple[list[date], list[Decimal]]]


@dataclass(frozen=True, slots=True)
class _Atlas:
    markets: tuple[MarketView, ...]
    by_code: dict[str, MarketView]
    by_country: dict[str, MarketView]
    rates: _Rates


# Every page asks for both, so one question brings both. A rate travels as text: JSON would make a float of it.
_LOAD = """
    SELECT
        (SELECT json_agg(m ORDER BY position, code) FROM pricing_markets m WHERE active),
        (SELECT json_agg(json_build_array(country, tax_class, valid_from, rate::text) ORDER BY valid_from)
         FROM pricing_tax_rates)
"""


def _load() -> _Atlas:
    with connection.cursor() as cursor:
        cursor.execute(_LOAD)
        rows, rates = (part or [] for part in cursor.fetchone())
    views = tuple(_view(row) for row in rows)
    by_country: dict[str, MarketView] = {}
    # A market for one country knows it better than one for a continent.
    for view in sorted(views, key=lambda each: len(each.countries)):
        for country in view.countries:
            by_country.setdefault(country, view)
    return _Atlas(views, {view.code: view for view in views}, by_country, _rates(rates))


def _view(row: dict[str, Any]) -> MarketView:
    return MarketView(
        code=row["code"],
        name=row["name"],
        currency=row["currency"],
        countries=tuple(row["countries"]),
        tax_display=row["tax_display"],
        rounding="unit" if row["rounding"] == Market.Rounding.UNIT else "line",
        languages=tuple(row["languages"]),
        default_country=row["default_country"],
        zone=row["zone"],
    )


def _rates(rows: list[tuple[str, str, str, str]]) -> _Rates:
    rates: _Rates = {}
    for country, tax_class, day, rate in rows:
        days, values = rates.setdefault((country, tax_class), ([], []))
        days.append(date.fromisoformat(day))
        values.append(Decimal(rate).normalize())
    return rates


_atlas = Remembered(_load)


def markets() -> tuple[MarketView, ...]:
    """All markets that sell, in their order."""
    return _atlas().markets


def market(code: str) -> MarketView:
    """The market of that code. Raises UnknownMarket."""
    found = _atlas().by_code.get(code)
    if found is None:
        raise UnknownMarket(_("There is no market %(code)s; choose another country.") % {"code": code}, market=code)
    return found


def market_for_country(country: str) -> MarketView | None:
    """The market that sells there (the smallest, if several do), else the first market; None in a shop without any."""
    atlas = _atlas()
    return atlas.by_country.get(country.upper()) or next(iter(atlas.markets), None)


def tax_rate(country: str, tax_class: str, on: date) -> Decimal:
    """Per cent that the country takes on that day; the standard rate for a class it does not know, else none."""
    rates = _atlas().rates
    for key in ((country, tax_class), (country, STANDARD)):
        days, values = rates.get(key, ((), ()))
        place = bisect_right(days, on)
        if place:
            return values[place - 1]
    return ZERO


def forget() -> None:
    """Read markets and rates anew at the next question."""
    _atlas.forget()

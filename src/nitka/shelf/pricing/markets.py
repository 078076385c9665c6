"""Markets, price lists, tax rates and registrations, kept in the process for two seconds."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.remembered import Remembered
from nitka.shelf.pricing.arithmetic import Rounding
from nitka.shelf.pricing.models import Market, PriceList
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
    prior_days: int = 30
    untaxed: str = Market.Untaxed.LESS_TAX
    converted_from: str = ""

    @property
    def tax_included(self) -> bool:
        """Whether prices hold tax."""
        return self.tax_display == Market.TaxDisplay.GROSS


@dataclass(frozen=True, slots=True)
class ListView:
    """A price list or sale as it is remembered; one for nobody in particular is for everybody."""

    id: UUID
    code: str
    name: str
    kind: str
    market: str
    labels: frozenset[str]
    groups: frozenset[str]
    companies: frozenset[str]
    percent_off: Decimal | None
    contract: bool
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def public(self) -> bool:
        """Whether it is for everybody."""
        return not (self.labels or self.groups or self.companies)

    @property
    def is_sale(self) -> bool:
        """Whether its price is shown as a reduction."""
        return self.kind == PriceList.Kind.SALE

    def runs(self, at: datetime) -> bool:
        """Whether it counts at that moment: from its beginning, until just before its end."""
        return (self.starts_at is None or self.starts_at <= at) and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how the merchant is known to a tax office."""

    kind: str
    country: str
    region: str
    number: str
    valid_from: date
    valid_until: date | None

    def counts(self, on: date) -> bool:
        """Whether it holds on that day; the last day is one of its own."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


_Key = tuple[str, str, str]
_Rates = dict[_Key, tuple[list[date], list[Decimal]]]


@dataclass(frozen=True, slots=True)
class _Atlas:
    markets: tuple[MarketView, ...]
    by_code: dict[str, MarketView]
    by_country: dict[str, MarketView]
    rates: _Rates
    lists: dict[str, tuple[ListView, ...]]
    places: tuple[Place, ...]
    refused_numbers: frozenset[str]


# Every page asks for some of it, so one question brings all. A rate travels as text: JSON would make a float of it.
_LOAD = """
    SELECT
        (SELECT json_agg(m ORDER BY position, code) FROM pricing_markets m WHERE active),
        (SELECT json_agg(json_build_array(country, region, tax_class, valid_from, rate::text) ORDER BY valid_from)
         FROM pricing_tax_rates),
        (SELECT json_agg(to_jsonb(l) || jsonb_build_object('percent_off', percent_off::text) ORDER BY code)
         FROM pricing_lists l WHERE active AND (ends_at IS NULL OR ends_at > %s)),
        (SELECT json_agg(p ORDER BY valid_from, country, region) FROM pricing_tax_places p),
        (SELECT json_agg(number) FROM pricing_vat_checks WHERE status = 'invalid')
"""


def _load() -> _Atlas:
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [clock.now()])
        rows, rates, lists, places, refused = (part or [] for part in cursor.fetchone())
    views = tuple(_view(row) for row in rows)
    by_country: dict[str, MarketView] = {}
    # A market for one country knows it better than one for a continent.
    for view in sorted(views, key=lambda each: len(each.countries)):
        for country in view.countries:
            by_country.setdefault(country, view)
    by_market: dict[str, tuple[ListView, ...]] = {}
    for row in lists:
        by_market[row["market"]] = (*by_market.get(row["market"], ()), _list(row))
    return _Atlas(
        views, {view.code: view for view in views}, by_country, _rates(rates), by_market,
        tuple(_place(row) for row in places), frozenset(refused),
    )  # fmt: skip


def _list(row: dict[str, Any]) -> ListView:
    return ListView(
        id=UUID(row["id"]), code=row["code"], name=row["name"], kind=row["kind"], market=row["market"],
        labels=frozenset(row["labels"]), groups=frozenset(row["groups"]), companies=frozenset(row["companies"]),
        percent_off=Decimal(row["percent_off"]) if row["percent_off"] else None, contract=row["contract"],
        starts_at=_moment(row["starts_at"]), ends_at=_moment(row["ends_at"]),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _place(row: dict[str, Any]) -> Place:
    until = row["valid_until"]
    return Place(
        row["kind"], row["country"], row["region"], row["number"], date.fromisoformat(row["valid_from"]),
        date.fromisoformat(until) if until else None,
    )  # fmt: skip


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
        prior_days=row["prior_days"],
        untaxed=row["untaxed"],
        converted_from=row["converted_from"],
    )


def _rates(rows: list[tuple[str, str, str, str, str]]) -> _Rates:
    rates: _Rates = {}
    for country, region, tax_class, day, rate in rows:
        days, values = rates.setdefault((country, region, tax_class), ([], []))
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


def sells_to(country: str) -> bool:
    """Whether any market is for that country."""
    return country in _atlas().by_country


def lists_of(market_code: str) -> tuple[ListView, ...]:
    """The price lists and sales of a market that have not ended, also those that begin later."""
    return _atlas().lists.get(market_code, ())


def asked_by_lists() -> frozenset[str]:
    """What of a buyer any price list depends on: labels, groups, company."""
    lists = [each for of_market in _atlas().lists.values() for each in of_market]
    asked = {"labels": "labels", "groups": "groups", "companies": "company"}
    return frozenset(name for field, name in asked.items() if any(getattr(each, field) for each in lists))


def places() -> tuple[Place, ...]:
    """Where the merchant is registered, also in the past."""
    return _atlas().places


def is_refused(number: str) -> bool:
    """Whether a register said that there is no such VAT number."""
    return number in _atlas().refused_numbers


def has_rates(country: str, region: str) -> bool:
    """Whether a region of a country has rates of its own."""
    return bool(region) and (country, region, STANDARD) in _atlas().rates


def tax_rate(country: str, tax_class: str, on: date, region: str = "") -> Decimal:
    """Per cent that the country takes on that day; the standard rate for a class it does not know, else none.

    A region with rates of its own has all of them: its standard rate goes before the class of the country.
    """
    rates = _atlas().rates
    keys: list[_Key] = [(country, "", tax_class), (country, "", STANDARD)]
    if has_rates(country, region):
        keys = [(country, region, tax_class), (country, region, STANDARD)]
    for key in keys:
        days, values = rates.get(key, ((), ()))
        place = bisect_right(days, on)
        if place:
            return values[place - 1]
    return ZERO


def forget() -> None:
    """Read all of it anew at the next question."""
    _atlas.forget()

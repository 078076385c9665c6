"""Which tax a sale bears: by where it goes, where the merchant is registered, and who buys.

The rules stand in docs/tax.md with their sources. Nothing here is tax advice: the merchant says where they are
registered, and the rates are data that they may change.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from nitka.ground import clock, money
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import markets
from nitka.shelf.pricing.basket import Buyer, Quote
from nitka.shelf.pricing.markets import MarketView, Place, tax_rate
from nitka.shelf.pricing.models import Market, TaxPlace
from nitka.shelf.pricing.pricebook import Priced
from nitka.shelf.pricing.territories import in_eu_vat_area
from nitka.shelf.pricing.vat_numbers import country_of

DOMESTIC, OSS, REVERSE_CHARGE, EXPORT, EXEMPT = "domestic", "oss", "reverse_charge", "export", "exempt"
UNTAXED = frozenset({REVERSE_CHARGE, EXPORT, EXEMPT})
# Their tax is owed only where the merchant is registered, state by state.
BY_REGION = frozenset({"US"})
Kind = TaxPlace.Kind


@dataclass(frozen=True, slots=True)
class Treatment:
    """The tax of one sale: the country (and region) whose rates count, on a day; why, and what the invoice says."""

    country: str
    on: date
    region: str = ""
    kind: str = DOMESTIC
    note: str = ""
    vat_number: str = ""
    # Whose tax is in prices that hold tax, where the sale itself bears none.
    less_tax_of: str = ""

    def rate(self, tax_class: str) -> Decimal:
        """Per cent for goods of that class (`delivery` for their way)."""
        if self.kind in UNTAXED:
            return Decimal(0)
        return tax_rate(self.country, tax_class, self.on, self.region)

    def price(self, minor: int, tax_class: str) -> int:
        """What is asked where the shop shows that price: less the tax in it, where none is owed."""
        if not self.less_tax_of:
            return minor
        return minor - money.tax_included(minor, tax_rate(self.less_tax_of, tax_class, self.on))

    def applied(self, priced: list[Priced]) -> list[Priced]:
        """The prices as this sale asks them."""
        if not self.less_tax_of:
            return priced
        return [
            replace(
                each,
                minor=self.price(each.minor, each.tax_class),
                list_minor=self.price(each.list_minor, each.tax_class),
            )
            for each in priced
        ]


def treatment(place: MarketView, country: str, buyer: Buyer | None = None, region: str = "") -> Treatment:
    """How a sale of this market to that country is taxed."""
    on = clock.today(place.zone)
    number = buyer.vat_number if buyer else ""
    return _seen(place, country, region, number, on)


def again(asked: Quote, place: MarketView) -> Treatment:
    """The treatment of a quote, once more."""
    return _seen(place, asked.country, asked.region, asked.vat_number, clock.today(place.zone))


def _seen(place: MarketView, country: str, region: str, number: str, on: date) -> Treatment:
    known = [each for each in markets.places() if each.counts(on)]
    home = next((each for each in known if each.kind == Kind.HOME), None) or _home_of_shop()
    plain = Treatment(country, on, region if country not in BY_REGION else "")
    if any(each.kind == Kind.EXEMPT for each in known):
        return replace(plain, kind=EXEMPT, note=_("No tax is charged: small business."), less_tax_of="")
    if home and home.country == country and country not in BY_REGION:
        return plain
    here = [each for each in known if each.kind in (Kind.LOCAL, Kind.HOME) and each.country == country]
    if country in BY_REGION:
        registered = any(each.region == region for each in here) and bool(region)
        return replace(plain, region=region) if registered else replace(plain, region="", note=_untaxed_state(known))
    inside = home is not None and in_eu_vat_area(home.country, home.region) and in_eu_vat_area(country, region)
    if home and inside and _is_company(number, home.country):
        note = _("Reverse charge: the recipient accounts for the VAT (Articles 138 and 196 of Directive 2006/112/EC).")
        return _untaxed(replace(plain, kind=REVERSE_CHARGE, note=note, vat_number=number), place)
    if here or (not _said(known) and markets.sells_to(country)):
        return plain
    if home and inside:
        if any(each.kind == Kind.SMALL for each in known):
            return replace(plain, country=home.country, region=home.region)
        return replace(plain, kind=OSS)
    return _untaxed(replace(plain, kind=EXPORT, note=_("Export: no tax. Import tax may be due on arrival.")), place)


def _said(known: list[Place]) -> bool:
    """Whether the merchant told where they are registered. Until then a sale to a country of a market bears the tax
    of where it goes, as if they were registered everywhere."""
    return bool(known)


def _home_of_shop() -> Place | None:
    shop = content.shop()
    return Place(Kind.HOME, shop.country, shop.region, shop.vat_number, date.min, None) if shop.country else None


def _untaxed_state(known: list[Place]) -> str:
    return _("No sales tax is collected for this state.") if _said(known) else ""


def _is_company(number: str, home: str) -> bool:
    """A number of another member state than the seller's, that no register refused."""
    country = country_of(number) if number else ""
    return bool(country) and country != home and not markets.is_refused(number)


def _untaxed(sale: Treatment, place: MarketView) -> Treatment:
    """Where prices hold tax, what is not owed is not asked; unless the market keeps its prices for everybody."""
    if not place.tax_included or place.untaxed == Market.Untaxed.AS_SHOWN:
        return sale
    return replace(sale, less_tax_of=sale.country)

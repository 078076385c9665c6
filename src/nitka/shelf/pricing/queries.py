"""Questions about prices, markets and tax."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from nitka.shelf.pricing import arithmetic, pricebook
from nitka.shelf.pricing.arithmetic import TaxPart
from nitka.shelf.pricing.basket import (
    AppliedPromotion,
    Basket,
    BasketLine,
    Buyer,
    CouponVerdict,
    DeliveryOff,
    Quote,
    QuoteLine,
)
from nitka.shelf.pricing.converting import rate_between
from nitka.shelf.pricing.history import Course, course, lowest_since
from nitka.shelf.pricing.markets import MarketView, market, market_for_country, markets, tax_rate
from nitka.shelf.pricing.models import (
    ExchangeRate,
    ListPrice,
    Market,
    Price,
    PriceList,
    PricePoint,
    TaxPlace,
    TaxRate,
    VatCheck,
)
from nitka.shelf.pricing.problems import UnknownMarket
from nitka.shelf.pricing.promotions.codes import normalised as normalised_code
from nitka.shelf.pricing.promotions.remembering import forget_all as forget
from nitka.shelf.pricing.promotions.views import (
    PromotionView,
    asked_of_buyers,
    code_rows,
    lane_rows,
    promotion,
    promotion_of_code,
    promotion_rows,
    promotion_sums,
)
from nitka.shelf.pricing.quoting import delivery_price, quote, with_delivery
from nitka.shelf.pricing.rate_rows import COLUMNS as RATE_COLUMNS
from nitka.shelf.pricing.rate_rows import RateRow, read_csv, write_csv
from nitka.shelf.pricing.retaxing import line_tax
from nitka.shelf.pricing.sampling import Preview, Tried, preview
from nitka.shelf.pricing.taxing import Treatment, treatment
from nitka.shelf.pricing.territories import in_eu_vat_area
from nitka.shelf.pricing.vat_numbers import VatNumber
from nitka.shelf.pricing.vat_numbers import read as read_vat_number

__all__ = [
    "RATE_COLUMNS", "AppliedPromotion", "Basket", "BasketLine", "Buyer", "CouponVerdict", "Course", "DeliveryOff",
    "MarketView", "Preview", "PriceView", "PromotionView", "Quote", "QuoteLine", "RateRow", "TaxPart", "Treatment",
    "Tried", "UnitPrice", "UnknownMarket", "VatNumber", "all_prices", "asked_of_buyers", "base_prices", "buyer_key",
    "code_rows", "course", "delivery_price", "exchange_rate_rows", "forget", "in_eu_vat_area", "lane_rows",
    "line_tax", "list_price_rows", "list_rows", "lowest_since", "market", "market_for_country", "market_rows",
    "markets", "normalised_code", "own_prices", "preview", "price_point_rows", "price_rows", "prices", "promotion",
    "promotion_of_code", "promotion_rows", "promotion_sums", "quote", "rate_between", "read_csv", "read_vat_number",
    "sale_times", "tax_place_rows", "tax_rate", "tax_rate_rows", "tax_rate_values", "treatment", "unit_price",
    "vat_check", "with_delivery", "write_csv",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceView:
    """What a piece costs in a market, and what it cost before a reduction.

    `lowest_30_days_minor` is the lowest price of the days before that reduction (`Market.prior_days`); `steps` are
    (from so many pieces, price of one).
    """

    minor: int
    compare_at_minor: int | None
    currency: str
    lowest_30_days_minor: int | None = None
    steps: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of a whole unit: `m`, `l` or `kg`."""

    minor: int
    unit: str


def prices(variant_ids: Iterable[UUID], market_code: str) -> dict[UUID, PriceView]:
    """What everybody pays for these variants in the market now; what has no price there is left out. One query."""
    place = market(market_code)
    lists = pricebook.running(market_code)
    rows = pricebook.with_steps(Price.objects.filter(variant_id__in=list(variant_ids), market_id=market_code), lists)
    return {row["variant_id"]: _public(row, lists, place) for row in rows}


def all_prices(variant_ids: Iterable[UUID]) -> dict[UUID, dict[str, PriceView]]:
    """The same in every market that sells: variant → market → price. One query for any number."""
    places = {each.code: each for each in markets()}
    lists = [each for code in places for each in pricebook.running(code)]
    found: dict[UUID, dict[str, PriceView]] = {variant_id: {} for variant_id in variant_ids}
    rows = Price.objects.filter(variant_id__in=list(found), market_id__in=list(places))
    for row in pricebook.with_steps(rows, lists):
        here = row["market_id"]
        own = [each for each in lists if each.market == here]
        found[row["variant_id"]][here] = _public(row, own, places[here])
    return found


def sale_times(variant_ids: Iterable[UUID], market_code: str) -> dict[UUID, tuple[datetime, datetime]]:
    """From when to when a sale makes the public price of these variants, where it does and has a beginning and an end.

    One query; none where no such sale runs.
    """
    lists = [each for each in pricebook.running(market_code) if each.public]
    if not any(each.is_sale and each.starts_at and each.ends_at for each in lists):
        return {}
    rows = pricebook.with_steps(Price.objects.filter(variant_id__in=list(variant_ids), market_id=market_code), lists)
    found = {}
    for row in rows:
        _minor, taken = pricebook.best(pricebook.entry(row, lists), lists, 1)
        if taken and taken.is_sale and taken.starts_at and taken.ends_at:
            found[row["variant_id"]] = (taken.starts_at, taken.ends_at)
    return found


def _public(row: Mapping[str, Any], lists: Sequence[pricebook.ListView], place: MarketView) -> PriceView:
    said = pricebook.entry(row, lists)
    minor, taken = pricebook.best(said, lists, 1)
    before, lowest = pricebook.reduction(said, minor, taken, place)
    starts = sorted({step.from_quantity for step in said.steps if step.from_quantity > 1})
    steps = [(start, pricebook.best(said, lists, start)[0]) for start in starts]
    return PriceView(minor, before, place.currency, lowest, tuple(step for step in steps if step[1] != minor))


def base_prices(variant_ids: Iterable[UUID]) -> dict[UUID, dict[str, PriceView]]:
    """Prices as the merchant wrote them, before lists and sales: variant → market → price. One query."""
    currencies = {each.code: each.currency for each in markets()}
    found: dict[UUID, dict[str, PriceView]] = {variant_id: {} for variant_id in variant_ids}
    rows = Price.objects.filter(variant_id__in=list(found), market_id__in=list(currencies))
    for row in rows.values("variant_id", "market_id", "minor", "compare_at_minor"):
        code = str(row["market_id"])
        found[row["variant_id"]][code] = PriceView(row["minor"], row["compare_at_minor"], currencies[code])
    return found


def own_prices(variant_ids: Iterable[UUID], market_code: str, buyer: Buyer) -> dict[UUID, int]:
    """What one piece costs this buyer, where that is not what everybody pays. No query where no list is for them."""
    lists = pricebook.running(market_code, buyer)
    if all(each.public for each in lists):
        return {}
    there, _without = pricebook.priced([BasketLine(each, 1) for each in variant_ids], market(market_code), buyer)
    return {each.variant_id: each.minor for each in there if each.minor != each.public_minor}


def unit_price(*, minor: int, quantity: Decimal | None, unit: str) -> UnitPrice | None:
    """The price of a whole unit where a piece holds `quantity` of it; None for goods that are not sold by measure."""
    if not unit or not quantity or quantity <= 0:
        return None
    return UnitPrice(arithmetic.unit_price(minor, quantity), unit)


_DOTS_MEAN_NOTHING = ("gmail.com", "googlemail.com")


def buyer_key(email: str) -> str:
    """A one-way key of an e-mail address, the same for every way of writing it; empty for an empty one.

    What follows a plus is the owner's own label, and Gmail reads over dots: all of these arrive in one mailbox.
    """
    name, at, domain = email.strip().lower().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in _DOTS_MEAN_NOTHING:
        name, domain = name.replace(".", ""), "gmail.com"
    address = f"{name}{at}{domain}"
    return salted_hmac("nitka.pricing.buyer", address, algorithm="sha256").hexdigest() if address else ""


def price_rows() -> QuerySet[Price]:
    """Prices for back-office tables."""
    return Price.objects.select_related("market").order_by("variant_id", "market__position")


def market_rows() -> QuerySet[Market]:
    """All markets for the back office, those that do not sell as well."""
    return Market.objects.order_by("position", "code")


def tax_rate_rows() -> QuerySet[TaxRate]:
    """Tax rates for back-office tables, the newest of each first."""
    return TaxRate.objects.order_by("country", "region", "tax_class", "-valid_from")


def tax_rate_values() -> list[RateRow]:
    """All tax rates as the rows of a file."""
    rows = TaxRate.objects.order_by("country", "region", "tax_class", "valid_from")
    return [
        RateRow(
            row.country, row.tax_class, row.rate, row.valid_from, row.region, row.source, row.checked_on, row.unsure
        )
        for row in rows
    ]


def tax_place_rows() -> QuerySet[TaxPlace]:
    """Where the merchant is or was registered, for the back office."""
    return TaxPlace.objects.order_by("kind", "country", "region", "valid_from")


def vat_check(number: str) -> str:
    """What a register said of a VAT number: valid, invalid or unknown (not checked)."""
    row = VatCheck.objects.filter(number=number).first()
    return row.status if row else VatCheck.Status.UNKNOWN


def list_rows() -> QuerySet[PriceList]:
    """Price lists and sales for back-office tables, those that run longest at the end."""
    return PriceList.objects.select_related("market").order_by("kind", "name")


def list_price_rows(list_id: UUID) -> QuerySet[ListPrice]:
    """The prices of a list for the back office."""
    return ListPrice.objects.filter(list_id=list_id).order_by("variant_id", "from_quantity")


def exchange_rate_rows() -> QuerySet[ExchangeRate]:
    """Exchange rates for the back office, the newest first."""
    return ExchangeRate.objects.order_by("-on", "source", "base", "currency")


def price_point_rows(variant_ids: Iterable[UUID]) -> QuerySet[PricePoint]:
    """What everybody paid for these variants and since when, the newest first."""
    return PricePoint.objects.filter(variant_id__in=list(variant_ids)).order_by("-at", "-id")

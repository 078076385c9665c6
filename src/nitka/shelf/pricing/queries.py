"""Questions about prices, markets and tax."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from nitka.shelf.pricing import arithmetic
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
from nitka.shelf.pricing.markets import MarketView, market, market_for_country, markets, tax_rate
from nitka.shelf.pricing.models import Market, Price, TaxRate
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
from nitka.shelf.pricing.retaxing import line_tax
from nitka.shelf.pricing.sampling import Preview, Tried, preview

__all__ = [
    "AppliedPromotion", "Basket", "BasketLine", "Buyer", "CouponVerdict", "DeliveryOff", "MarketView", "Preview",
    "PriceView", "PromotionView", "Quote", "QuoteLine", "TaxPart", "Tried", "UnitPrice", "UnknownMarket", "all_prices",
    "asked_of_buyers", "buyer_key", "code_rows", "delivery_price", "forget", "lane_rows", "line_tax", "market",
    "market_for_country", "market_rows", "markets", "normalised_code", "preview", "price_rows", "prices", "promotion",
    "promotion_of_code", "promotion_rows", "promotion_sums", "quote", "tax_rate", "tax_rate_rows", "unit_price",
    "with_delivery",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceView:
    """What a piece costs in a market, and what it cost before a reduction."""

    minor: int
    compare_at_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of a whole unit: `m`, `l` or `kg`."""

    minor: int
    unit: str


def prices(variant_ids: Iterable[UUID], market_code: str) -> dict[UUID, PriceView]:
    """Prices of these variants in the market; what has none there is left out. One query."""
    currency = market(market_code).currency
    rows = Price.objects.filter(variant_id__in=list(variant_ids), market_id=market_code)
    return {row[0]: PriceView(row[1], row[2], currency) for row in rows.values_list("variant_id", *_PRICE)}


def all_prices(variant_ids: Iterable[UUID]) -> dict[UUID, dict[str, PriceView]]:
    """Prices of these variants in every market that sells: variant → market → price. One query for any number."""
    currencies = {each.code: each.currency for each in markets()}
    found: dict[UUID, dict[str, PriceView]] = {variant_id: {} for variant_id in variant_ids}
    rows = Price.objects.filter(variant_id__in=list(found), market_id__in=list(currencies))
    for variant_id, code, minor, compare_at in rows.values_list("variant_id", "market_id", *_PRICE):
        found[variant_id][code] = PriceView(minor, compare_at, currencies[code])
    return found


_PRICE = ("minor", "compare_at_minor")


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
    return TaxRate.objects.order_by("country", "tax_class", "-valid_from")

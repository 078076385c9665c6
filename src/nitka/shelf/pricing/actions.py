"""What can be done with markets, prices, tax rates and promotions."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock, money
from nitka.shelf.pricing import converting, price_rows, standard
from nitka.shelf.pricing.converting import (
    convert_prices,
    fetch_exchange_rates,
    put_exchange_rates,
    set_conversion,
)
from nitka.shelf.pricing.history import note
from nitka.shelf.pricing.list_verbs import drop_list, put_list, replace_list_prices, set_list_prices
from nitka.shelf.pricing.looking_up import look_up_vat_number
from nitka.shelf.pricing.market_rules import set_market_rules
from nitka.shelf.pricing.models import Market, Price
from nitka.shelf.pricing.problems import (
    CouponProblem,
    PricingProblem,
    PromotionProblem,
    UnknownMarket,
    VatNumberProblem,
)
from nitka.shelf.pricing.promotions.remembering import forget_now_and_later
from nitka.shelf.pricing.promotions.using import give_back_promotions, use_promotions
from nitka.shelf.pricing.promotions.verbs import end_promotion, generate_codes, put_coupon, put_lane, put_promotion
from nitka.shelf.pricing.rate_rows import RateRow
from nitka.shelf.pricing.tax_verbs import (
    add_missing_rates,
    drop_tax_rate,
    end_tax_place,
    put_tax_place,
    put_tax_rates,
)

__all__ = [
    "CouponProblem", "PricingProblem", "PromotionProblem", "RateRow", "UnknownMarket", "VatNumberProblem",
    "convert_prices", "drop_list", "drop_tax_rate", "end_promotion", "end_tax_place", "fetch_exchange_rates",
    "generate_codes", "give_back_promotions", "look_up_vat_number", "put_coupon", "put_exchange_rates", "put_lane",
    "put_list", "put_market", "put_promotion", "put_tax_place", "put_tax_rates", "replace_list_prices", "set_conversion", "set_list_prices",
    "set_market_rules", "set_prices", "set_up_markets", "use_promotions",
]  # fmt: skip


@transaction.atomic
def put_market(
    *,
    code: str,
    name: str,
    currency: str,
    countries: Sequence[str],
    tax_display: str = "gross",
    rounding: str = "line",
    languages: Sequence[str] = (),
    default_country: str = "",
    zone: str = "UTC",
    position: int | None = None,
    active: bool = True,
) -> UUID:
    """Make or change a market, found by its code. Raises PricingProblem for what no market can be.

    Its currency cannot change once there are prices, for they would mean something else.
    """
    if not countries:
        raise PricingProblem(_("A market needs at least one country."))
    if tax_display not in Market.TaxDisplay.values or rounding not in Market.Rounding.values:
        raise PricingProblem(_("Choose how the market shows tax and how it rounds."))
    money.exponent(currency)
    clock.zone(zone)
    before = Market.objects.select_for_update().filter(code=code).first()
    if before and before.currency != currency and Price.objects.filter(market_id=code).exists():
        raise PricingProblem(_("This market has prices in %(currency)s already.") % {"currency": before.currency})
    values = {
        "name": name, "currency": currency, "countries": [each.upper() for each in countries],
        "tax_display": tax_display, "rounding": rounding, "languages": list(languages),
        "default_country": (default_country or countries[0]).upper(), "zone": zone, "active": active,
        "position": position if position is not None else before.position if before else Market.objects.count(),
    }  # fmt: skip
    row, _made = Market.objects.update_or_create(code=code, defaults=values)
    forget_now_and_later()
    return row.id


@transaction.atomic
def set_up_markets() -> None:
    """The six markets and the tax rates that a new shop starts with. What is there already stays as it is."""
    there = set(Market.objects.values_list("code", flat=True))
    for position, values in enumerate(standard.MARKETS):
        if values["code"] not in there:
            put_market(**values, position=position)
    add_missing_rates(standard.tax_rates())
    forget_now_and_later()


@transaction.atomic
def set_prices(*, prices: Sequence[tuple[UUID, str, int | None, int | None]], history: bool = False) -> int:
    """Write prices: (variant, market, minor, compare-at). Without an amount the variant is not sold there any more.

    For any number of rows; returns how many changed. A compare-at that is not above the price is left out. With
    `history` nothing is told: whoever imports rebuilds what depends on it. Raises UnknownMarket, PricingProblem.
    """
    wanted = {(variant_id, code): (minor, compare_at) for variant_id, code, minor, compare_at in prices}
    known = set(Market.objects.values_list("code", flat=True))
    if unknown := sorted({code for _variant, code in wanted} - known):
        raise UnknownMarket(_("There is no market %(code)s.") % {"code": unknown[0]}, market=unknown[0])
    if any(minor is not None and minor < 0 for minor, _compare in wanted.values()):
        raise PricingProblem(_("A price cannot be below zero."))
    changed = price_rows.write([(*key, *amounts) for key, amounts in sorted(wanted.items()) if amounts[0] is not None])
    changed += price_rows.drop([key for key, amounts in sorted(wanted.items()) if amounts[0] is None])
    changed += converting.follow(changed)
    note(changed)
    if not history:
        price_rows.tell_changes(changed)
    return len(changed)

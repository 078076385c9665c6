"""What can be done with markets, prices, tax rates and promotions."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock, money
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import standard
from nitka.shelf.pricing.facts import PriceChanged
from nitka.shelf.pricing.models import Market, Price, TaxRate
from nitka.shelf.pricing.problems import CouponProblem, PricingProblem, PromotionProblem, UnknownMarket
from nitka.shelf.pricing.promotions.remembering import forget_now_and_later
from nitka.shelf.pricing.promotions.using import give_back_promotions, use_promotions
from nitka.shelf.pricing.promotions.verbs import end_promotion, generate_codes, put_coupon, put_lane, put_promotion

__all__ = [
    "CouponProblem", "PricingProblem", "PromotionProblem", "UnknownMarket", "end_promotion", "generate_codes",
    "give_back_promotions", "put_coupon", "put_lane", "put_market", "put_promotion", "put_tax_rates", "set_prices",
    "set_up_markets", "use_promotions",
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
    rows = [
        TaxRate(country=country, tax_class=tax_class, rate=rate, valid_from=day)
        for country, tax_class, rate, day in standard.tax_rates()
    ]
    TaxRate.objects.bulk_create(rows, ignore_conflicts=True)
    forget_now_and_later()


@transaction.atomic
def put_tax_rates(*, rates: Sequence[tuple[str, str, Decimal, date]]) -> int:
    """Write rates: (country, class of goods, per cent, first day). The same day again is corrected.

    Returns how many. Raises PricingProblem for a rate that is not in per cent.
    """
    rows = {(country.upper(), tax_class, day): Decimal(rate) for country, tax_class, rate, day in rates}
    if any(not 0 <= rate < 100 for rate in rows.values()):
        raise PricingProblem(_("A tax rate is in per cent, from 0 to 100."))
    TaxRate.objects.bulk_create(
        [
            TaxRate(country=country, tax_class=tax_class, rate=rate, valid_from=day)
            for (country, tax_class, day), rate in sorted(rows.items())
        ],
        update_conflicts=True,
        unique_fields=["country", "tax_class", "valid_from"],
        update_fields=["rate"],
    )
    forget_now_and_later()
    return len(rows)


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
    changed = _write_prices([(*key, *amounts) for key, amounts in sorted(wanted.items()) if amounts[0] is not None])
    changed += _drop_prices([key for key, amounts in sorted(wanted.items()) if amounts[0] is None])
    if not history:
        _tell_changes(changed)
    return len(changed)


def _write_prices(rows: Sequence[tuple[UUID, str, int | None, int | None]]) -> list[tuple[UUID, str]]:
    if not rows:
        return []
    variants, codes, minors, compare_ats = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pricing_prices AS old (id, variant_id, market, minor, compare_at_minor, changed_at)"
            " SELECT id, variant, market, minor, CASE WHEN compare_at > minor THEN compare_at END, %s"
            " FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bigint[], %s::bigint[])"
            " AS row (id, variant, market, minor, compare_at)"
            " ON CONFLICT (variant_id, market) DO UPDATE SET minor = EXCLUDED.minor,"
            " compare_at_minor = EXCLUDED.compare_at_minor, changed_at = EXCLUDED.changed_at"
            " WHERE (old.minor, old.compare_at_minor) IS DISTINCT FROM (EXCLUDED.minor, EXCLUDED.compare_at_minor)"
            " RETURNING variant_id, market",
            [clock.now(), [new_id() for _row in rows], variants, codes, minors, compare_ats],
        )
        return cursor.fetchall()


def _drop_prices(keys: Sequence[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pricing_prices USING unnest(%s::uuid[], %s::text[]) AS gone (variant, code)"
            " WHERE variant_id = gone.variant AND market = gone.code RETURNING variant_id, market",
            [[variant_id for variant_id, _code in keys], [code for _variant, code in keys]],
        )
        return cursor.fetchall()


def _tell_changes(changed: Iterable[tuple[UUID, str]]) -> None:
    keys = list(changed)
    if not keys:
        return
    products = catalog.products_of_variants({variant_id for variant_id, _code in keys})
    for product_id, code in sorted({(products[variant_id], code) for variant_id, code in keys}):
        tell(PriceChanged(product_id=product_id, market=code))

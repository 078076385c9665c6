"""What can be done with markets, prices, tax rates and coupons."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock, money
from nitka.shelf.pricing import converting, coupons, price_rows, standard
from nitka.shelf.pricing.converting import (
    convert_prices,
    fetch_exchange_rates,
    put_exchange_rates,
    set_conversion,
)
from nitka.shelf.pricing.coupons import forget_all
from nitka.shelf.pricing.history import note
from nitka.shelf.pricing.list_verbs import drop_list, put_list, set_list_prices
from nitka.shelf.pricing.models import Coupon, CouponUse, Market, Price
from nitka.shelf.pricing.problems import CouponProblem, PricingProblem, UnknownMarket, VatNumberProblem
from nitka.shelf.pricing.rate_rows import RateRow
from nitka.shelf.pricing.tax_verbs import (
    add_missing_rates,
    drop_tax_rate,
    end_tax_place,
    put_tax_place,
    put_tax_rates,
)

__all__ = [
    "CouponProblem", "PricingProblem", "RateRow", "UnknownMarket", "VatNumberProblem", "convert_prices", "drop_list",
    "drop_tax_rate", "end_tax_place", "fetch_exchange_rates", "give_back_coupon", "put_coupon", "put_exchange_rates",
    "put_list", "put_market", "put_tax_place", "put_tax_rates", "set_conversion", "set_list_prices", "set_prices",
    "set_up_markets", "use_coupon",
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
    _forget_now_and_later()
    return row.id


@transaction.atomic
def set_up_markets() -> None:
    """The six markets and the tax rates that a new shop starts with. What is there already stays as it is."""
    there = set(Market.objects.values_list("code", flat=True))
    for position, values in enumerate(standard.MARKETS):
        if values["code"] not in there:
            put_market(**values, position=position)
    add_missing_rates(standard.tax_rates())
    _forget_now_and_later()


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


@transaction.atomic
def put_coupon(
    *,
    code: str,
    kind: str,
    value: Decimal | int,
    currency: str = "",
    label: dict[str, str] | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    once_per_customer: bool = False,
    minimum_minor: int = 0,
    public: bool = False,
    active: bool = True,
) -> UUID:
    """Make or change a coupon, found by its code. `value` is per cent, or minor units of `currency`.

    An amount and a minimum need a currency, and then the code works in that currency only. `public` codes are shown
    to shoppers. Raises CouponProblem for what no coupon can be.
    """
    code = coupons.normalised(code)
    if not code or len(code) > 40:
        raise CouponProblem(_("A code has 1 to 40 letters and digits."))
    if kind not in Coupon.Kind.values or value <= 0 or (kind == Coupon.Kind.PERCENT and value > 100):
        raise CouponProblem(_("A coupon takes off a percentage up to 100, or an amount above zero."))
    if not currency and (kind == Coupon.Kind.AMOUNT or minimum_minor):
        raise CouponProblem(_("Say in which currency the amounts of this coupon are."))
    if minimum_minor < 0 or (starts_at and ends_at and ends_at <= starts_at):
        raise CouponProblem(_("The end of a coupon comes after its start, and its minimum is not below zero."))
    values = {
        "kind": kind, "currency": currency, "label": label or {}, "starts_at": starts_at, "ends_at": ends_at,
        "percent": Decimal(value) if kind == Coupon.Kind.PERCENT else None,
        "amount_minor": int(value) if kind == Coupon.Kind.AMOUNT else None,
        "once_per_customer": once_per_customer, "minimum_minor": minimum_minor, "public": public, "active": active,
    }  # fmt: skip
    row, _made = Coupon.objects.update_or_create(code=code, defaults=values)
    _forget_now_and_later()
    return row.id


@transaction.atomic
def use_coupon(*, code: str, buyer_key: str, reference: UUID) -> None:
    """Note that the reference used the code. Does nothing the second time for the same reference.

    Raises CouponProblem where the code does not run (any more), or where this buyer used it up.
    """
    coupon = Coupon.objects.filter(code=coupons.normalised(code)).first()
    if coupon is None:
        raise CouponProblem(_("We do not know this code. Please check its letters."), code=code)
    if CouponUse.objects.filter(coupon=coupon, reference=reference).exists():
        return
    if reason := coupons.time_reason(coupon, "UTC"):
        raise CouponProblem(reason, code=coupon.code)
    if coupon.once_per_customer and not buyer_key:
        raise CouponProblem(_("Tell us your e-mail address to use this code."), code=coupon.code)
    # The constraint decides between two who come at once: the second waits here for the first.
    use = CouponUse(coupon=coupon, buyer_key=buyer_key, reference=reference, once=coupon.once_per_customer)
    CouponUse.objects.bulk_create([use], ignore_conflicts=True)
    if not CouponUse.objects.filter(coupon=coupon, reference=reference).exists():
        raise CouponProblem(_("You have used this code already."), code=coupon.code)


@transaction.atomic
def give_back_coupon(*, reference: UUID) -> None:
    """The reference did not come to be: its codes may be used again. Does nothing the second time."""
    CouponUse.objects.filter(reference=reference).delete()


def _forget_now_and_later() -> None:
    # Now, so that this transaction sees its own change; later, since another thread may have asked in between.
    forget_all()
    transaction.on_commit(forget_all)

"""The price of a basket: reads prices and codes, leaves the sums to `arithmetic`."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.shelf.pricing import arithmetic, coupons, pricebook, taxing
from nitka.shelf.pricing.basket import Basket, Buyer, CouponVerdict, Quote, QuoteLine
from nitka.shelf.pricing.markets import MarketView, market
from nitka.shelf.pricing.models import Coupon
from nitka.shelf.pricing.pricebook import Priced
from nitka.shelf.pricing.taxing import Treatment


def quote(*, basket: Basket, buyer: Buyer) -> Quote:
    """What the basket costs the buyer now. Changes nothing; two queries for any number of lines.

    Lines of one variant count as one line. Tax is that of the country of delivery. Of several codes the one that
    takes most off counts; the verdicts say why the others do not. Raises UnknownMarket.
    """
    place = market(basket.market)
    country = basket.country or place.default_country
    priced, unpriced = pricebook.priced(basket.lines, place, buyer)
    treatment = taxing.treatment(place, country, buyer, basket.region)
    priced = treatment.applied(priced)
    goods = sum(each.minor * each.quantity for each in priced)
    asked = list(dict.fromkeys(code for code in map(coupons.normalised, basket.coupon_codes) if code))
    known = coupons.by_code(asked, buyer, public_at=clock.now() if basket.offers else None)
    verdicts, best = _verdicts(asked, known, goods, place)
    sums = arithmetic.settle(
        [
            arithmetic.Line(str(each.variant_id), each.minor, each.quantity, treatment.rate(each.tax_class))
            for each in priced
        ],
        tax_included=place.tax_included,
        rounding=place.rounding,
        discounts=[coupons.discount_of(best)] if best else [],
        delivery=_delivery(basket.delivery_minor, treatment),
    )
    return Quote(
        market=place.code,
        country=country,
        currency=place.currency,
        tax_included=place.tax_included,
        lines=tuple(_quote_line(each, settled, treatment) for each, settled in zip(priced, sums.lines, strict=True)),
        goods_minor=sums.goods_minor,
        discount_minor=sums.discount_minor,
        delivery_minor=sums.delivery_minor,
        delivery_tax_minor=sums.delivery_tax_minor,
        tax_minor=sums.tax_minor,
        total_minor=sums.total_minor,
        taxes=sums.taxes,
        coupons=tuple(verdicts),
        offers=_offers(asked, known, goods, place, best),
        unpriced=unpriced,
        region=basket.region,
        tax_kind=treatment.kind,
        tax_note=treatment.note,
        vat_number=treatment.vat_number,
    )


def with_delivery(asked: Quote, delivery_minor: int) -> Quote:
    """The same goods and codes with this price of delivery: what `quote` would say of them, without a query."""
    place = market(asked.market)
    sums = arithmetic.settle(
        [arithmetic.Line(str(one.variant_id), one.unit_minor, one.quantity, one.tax_rate) for one in asked.lines],
        tax_included=asked.tax_included,
        rounding=place.rounding,
        discounts=[arithmetic.Discount(amount_minor=asked.discount_minor)],
        delivery=_delivery(delivery_minor, taxing.again(asked, place)),
    )
    return replace(
        asked,
        delivery_minor=sums.delivery_minor,
        delivery_tax_minor=sums.delivery_tax_minor,
        tax_minor=sums.tax_minor,
        total_minor=sums.total_minor,
        taxes=sums.taxes,
    )


def _delivery(minor: int | None, treatment: Treatment) -> arithmetic.Delivery | None:
    if minor is None:
        return None
    return arithmetic.Delivery(treatment.price(minor, "delivery"), treatment.rate("delivery"))


def _quote_line(priced: Priced, settled: arithmetic.SettledLine, treatment: Treatment) -> QuoteLine:
    return QuoteLine(
        variant_id=priced.variant_id,
        quantity=priced.quantity,
        unit_minor=priced.minor,
        list_minor=priced.list_minor,
        discount_minor=settled.discount_minor,
        total_minor=settled.total_minor,
        tax_rate=treatment.rate(priced.tax_class),
        tax_minor=settled.tax_minor,
        tax_class=priced.tax_class,
        public_minor=priced.public_minor,
        lowest_minor=priced.lowest_minor,
    )


def _verdicts(
    asked: list[str], known: Mapping[str, Coupon], goods: int, place: MarketView
) -> tuple[list[CouponVerdict], Coupon | None]:
    verdicts = [
        coupons.verdict(known.get(code), code, goods_minor=goods, currency=place.currency, zone=place.zone)
        for code in asked
    ]
    usable = [each for each in verdicts if each.usable]
    if not usable:
        return verdicts, None
    best = max(usable, key=lambda each: each.discount_minor)  # of two equal ones the first that was asked for
    return [_beside(each, best) for each in verdicts], known[best.code]


def _offers(
    asked: list[str], known: Mapping[str, Coupon], goods: int, place: MarketView, best: Coupon | None
) -> tuple[CouponVerdict, ...]:
    """Public codes that would take the place of the best one asked for, now or once their reason is dealt with."""
    verdicts = [
        coupons.verdict(coupon, code, goods_minor=goods, currency=place.currency, zone=place.zone)
        for code, coupon in known.items()
        if code not in asked
        and not coupons.is_used_up(coupon)
        and (not coupon.currency or coupon.currency == place.currency)
        and _wins(coupon, best, max(goods, coupon.minimum_minor))
    ]
    return tuple(sorted(verdicts, key=lambda each: (not each.usable, -each.discount_minor, each.code)))


def _wins(coupon: Coupon, best: Coupon | None, goods: int) -> bool:
    return best is None or coupons.discount_of(coupon).of(goods) > coupons.discount_of(best).of(goods)


def _beside(each: CouponVerdict, best: CouponVerdict) -> CouponVerdict:
    if each is best:
        return replace(each, applied=True)
    if not each.usable:
        return each
    text = _("One code counts for an order, and %(code)s saves you more.")
    if each.discount_minor == best.discount_minor:
        text = _("One code counts for an order, and %(code)s saves you as much.")
    return replace(each, reason=text % {"code": best.code}, discount_minor=0)

"""The price of a basket: reads prices and codes, leaves promotions to their engine and the sums to `arithmetic`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nitka.ground import clock
from nitka.shelf.pricing import arithmetic, pricebook, taxing
from nitka.shelf.pricing.basket import AppliedPromotion, Basket, BasketLine, Buyer, Quote, QuoteLine
from nitka.shelf.pricing.markets import MarketView, market
from nitka.shelf.pricing.pricebook import Priced
from nitka.shelf.pricing.promotions import codes as promotion_codes
from nitka.shelf.pricing.promotions import engine, lowering, rules
from nitka.shelf.pricing.promotions.codes import Codes
from nitka.shelf.pricing.promotions.conditions import Moment
from nitka.shelf.pricing.promotions.engine import Outcome, Sale
from nitka.shelf.pricing.promotions.rules import Book
from nitka.shelf.pricing.promotions.shelf import Item, Shelf
from nitka.shelf.pricing.taxing import Treatment


def quote(*, basket: Basket, buyer: Buyer) -> Quote:
    """What the basket costs the buyer now. Changes nothing; two queries for any number of lines and promotions.

    Lines of one variant count as one line; gifts are lines of their own. Tax is that of the country of delivery. The
    verdicts say why a code that was typed does not count. Raises UnknownMarket.
    """
    return worked_out(basket, buyer, rules.book(), clock.now()).quote


@dataclass(frozen=True, slots=True)
class Worked:
    """A quote with what led to it."""

    quote: Quote
    sale: Sale
    outcome: Outcome
    codes: Codes


def worked_out(basket: Basket, buyer: Buyer, book: Book, now: datetime) -> Worked:
    """`quote` by these promotions at that moment, with what led to it."""
    place = market(basket.market)
    country = basket.country or place.default_country
    treatment = taxing.treatment(place, country, buyer, basket.region)
    priced, gifts, unpriced = _goods(basket, place, buyer, book, treatment)
    codes = promotion_codes.read(basket.coupon_codes, buyer, book)
    moment = Moment(
        market=place.code, currency=place.currency, zone=place.zone, country=country, channel=basket.channel,
        buyer=buyer, now=now, used=codes.used,
    )  # fmt: skip
    # What was agreed in a quote is no matter of promotions.
    open_to_all = [each for each in priced if not _is_agreed(each, basket)] if basket.agreed else priced
    sale = Sale(Shelf(map(_item, open_to_all)), moment, {each.variant_id: each.minor for each in gifts})
    outcome = engine.run(book, sale, codes.opened)
    lines = _lines(priced, gifts, sale, outcome, codes, treatment)
    sums = arithmetic.settle(
        [_sum_line(each) for each in lines], tax_included=place.tax_included, rounding=place.rounding
    )
    asked = Quote(
        market=place.code, country=country, currency=place.currency, tax_included=place.tax_included,
        lines=tuple(
            replace(each, tax_minor=settled.tax_minor) for each, settled in zip(lines, sums.lines, strict=True)
        ),
        goods_minor=sums.goods_minor, discount_minor=sums.discount_minor, delivery_minor=0, delivery_tax_minor=0,
        tax_minor=sums.tax_minor, total_minor=sums.total_minor, taxes=sums.taxes,
        coupons=promotion_codes.verdicts(codes, book, sale, outcome),
        offers=promotion_codes.offers(codes, book, sale, outcome) if basket.offers else (), unpriced=unpriced,
        promotions=_applied(outcome, codes),
        delivery_off=lowering.offs(outcome.delivery, place.currency, codes) if outcome.delivery else (),
        region=basket.region, tax_kind=treatment.kind, tax_note=treatment.note, vat_number=treatment.vat_number,
    )  # fmt: skip
    if basket.delivery_minor is not None:
        asked = with_delivery(asked, basket.delivery_minor, basket.delivery_code)
    return Worked(asked, sale, outcome, codes)


def with_delivery(asked: Quote, minor: int, code: str = "", fee_minor: int = 0, duties_minor: int = 0) -> Quote:
    """The same goods with delivery by the option `code` at that price: what `quote` would say of them, without a query.

    Promotions lower the price; `fee_minor` (of a payment) is taxed with delivery, but nothing lowers it.
    `duties_minor`: what the shop lays out at a border; reckoned for this very sale, it is the same in every market.
    """
    place = market(asked.market)
    treatment = taxing.again(asked, place)
    minor, fee_minor = treatment.price(minor, "delivery"), treatment.price(fee_minor, "delivery")
    cuts = lowering.cuts(asked.delivery_off, code, minor) if asked.delivery_off else []
    delivery_minor = minor - sum(each.minor for each in cuts) + fee_minor + duties_minor
    sums = arithmetic.settle(
        [_sum_line(each) for each in asked.lines], tax_included=asked.tax_included, rounding=place.rounding,
        delivery=arithmetic.Delivery(delivery_minor, treatment.rate("delivery")),
    )  # fmt: skip
    return replace(
        asked,
        delivery_minor=sums.delivery_minor,
        delivery_tax_minor=sums.delivery_tax_minor,
        tax_minor=sums.tax_minor,
        total_minor=sums.total_minor,
        taxes=sums.taxes,
        promotions=(*(each for each in asked.promotions if each.kind != "delivery"), *cuts),
    )


def delivery_price(asked: Quote, option_code: str, minor: int) -> int:
    """What delivery by that option costs after the promotions of the quote, where it costs `minor` without them."""
    return minor - sum(each.minor for each in lowering.cuts(asked.delivery_off, option_code, minor))


def _goods(
    basket: Basket, place: MarketView, buyer: Buyer, book: Book, treatment: Treatment
) -> tuple[list[Priced], list[Priced], tuple[UUID, ...]]:
    """Prices of the goods, and of what may be given beside them, in one query."""
    wanted = {line.variant_id for line in basket.lines}
    gifts = book.gifts.difference(basket.no_gifts) if wanted else frozenset()
    more = [BasketLine(each, 1) for each in gifts if each not in wanted]
    found, unpriced = pricebook.priced((*basket.lines, *more), place, buyer)
    found = treatment.applied([_agreed(each, basket) for each in found] if basket.agreed else found)
    return (
        [each for each in found if each.variant_id in wanted],
        [each for each in found if each.variant_id in gifts],
        tuple(each for each in unpriced if each in wanted),
    )


def _agreed(priced: Priced, basket: Basket) -> Priced:
    """What was agreed for this very basket counts alone."""
    if not _is_agreed(priced, basket):
        return priced
    minor = basket.agreed[priced.variant_id][1]
    return replace(priced, minor=minor, list_minor=minor, lowest_minor=None)


def _is_agreed(priced: Priced, basket: Basket) -> bool:
    found = basket.agreed.get(priced.variant_id)
    return found is not None and priced.quantity >= found[0]


def _item(priced: Priced) -> Item:
    return Item(
        str(priced.variant_id), priced.variant_id, priced.quantity, priced.minor, priced.product_id,
        tuple(priced.category_path.split("/")[:-1]), priced.tags, priced.brand_id, priced.list_minor > priced.minor,
    )  # fmt: skip


def _lines(
    priced: Sequence[Priced], gifts: Sequence[Priced], sale: Sale, outcome: Outcome, codes: Codes, treatment: Treatment
) -> list[QuoteLine]:
    """The lines with what promotions take off each, and the gifts; tax is filled in by whoever adds up."""
    shares: dict[object, list[AppliedPromotion]] = {}
    for given in outcome.given:
        whole = lowering.applied(given.rule, given.minor, codes, "goods")
        for place, part in given.parts:
            shares.setdefault(sale.shelf.items[place].variant_id, []).append(replace(whole, minor=part))
    lines = [_line(each, each.quantity, tuple(shares.get(each.variant_id, ())), treatment) for each in priced]
    by_variant = {each.variant_id: each for each in gifts}
    for given in outcome.gifts:
        found = by_variant[given.rule.benefit.variant]  # type: ignore[index]
        shown = lowering.applied(given.rule, given.minor, codes, "gift")
        lines.append(_line(found, given.rule.benefit.pieces, (shown,), treatment, gift=True))
    return lines


def _line(
    priced: Priced, quantity: int, shares: tuple[AppliedPromotion, ...], treatment: Treatment, *, gift: bool = False
) -> QuoteLine:
    off = sum(each.minor for each in shares)
    return QuoteLine(
        variant_id=priced.variant_id, quantity=quantity, unit_minor=priced.minor, list_minor=priced.list_minor,
        discount_minor=off, total_minor=priced.minor * quantity - off, tax_rate=treatment.rate(priced.tax_class),
        tax_minor=0, tax_class=priced.tax_class, public_minor=priced.public_minor, lowest_minor=priced.lowest_minor,
        promotions=shares, gift=gift,
    )  # fmt: skip


def _sum_line(line: QuoteLine) -> arithmetic.Line:
    return arithmetic.Line(
        str(line.variant_id), line.unit_minor, line.quantity, line.tax_rate, off_minor=line.discount_minor
    )


def _applied(outcome: Outcome, codes: Codes) -> tuple[AppliedPromotion, ...]:
    return (
        *(lowering.applied(each.rule, each.minor, codes, "goods") for each in outcome.given),
        *(lowering.applied(each.rule, each.minor, codes, "gift") for each in outcome.gifts),
    )

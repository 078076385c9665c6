"""What each variant of a basket costs this buyer, a piece, before promotions and tax."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from nitka.ground import clock
from nitka.shelf.pricing.arithmetic import Discount
from nitka.shelf.pricing.basket import BasketLine, Buyer
from nitka.shelf.pricing.markets import ListView, MarketView, lists_of
from nitka.shelf.pricing.models import ListPrice, Price


@dataclass(frozen=True, slots=True)
class Priced:
    """All pieces of one variant. `list_minor` is what a piece cost before a reduction, `lowest_minor` the lowest price
    of the days before it, `public_minor` what everybody pays for one piece. The rest is what promotions go by."""

    variant_id: UUID
    quantity: int
    minor: int
    list_minor: int
    tax_class: str
    public_minor: int = 0
    lowest_minor: int | None = None
    product_id: UUID | None = None
    category_path: str = ""
    tags: tuple[str, ...] = ()
    brand_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What a piece costs by a list from so many pieces on."""

    list: ListView
    from_quantity: int
    minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the book says of a variant in a market."""

    minor: int
    compare_at_minor: int | None
    prior_minor: int | None
    steps: tuple[Step, ...] = ()


def priced(lines: Iterable[BasketLine], place: MarketView, buyer: Buyer) -> tuple[list[Priced], tuple[UUID, ...]]:
    """The lines with their prices, those of one variant put together; and the variants without a price. One query.

    The lowest price that applies counts, so that the order of lists never matters; a contract's price counts alone.
    """
    wanted: dict[UUID, int] = {}
    for line in lines:
        if line.quantity < 1:
            raise ValueError("A line holds at least one piece.")
        wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    lists = running(place.code, buyer)
    prices = Price.objects.filter(variant_id__in=wanted, market_id=place.code)
    rows = with_steps(prices, lists, **_GOODS) if wanted else []
    found = {row["variant_id"]: row for row in rows}
    there = [
        _priced(variant_id, quantity, found[variant_id], lists, place)
        for variant_id, quantity in wanted.items()
        if variant_id in found
    ]
    return there, tuple(variant_id for variant_id in wanted if variant_id not in found)


# What promotions are matched by is read with the prices, so that it costs no question of its own.
_GOODS = {
    "product_id": F("variant__product_id"), "category_path": F("variant__product__category__path"),
    "tags": F("variant__product__tags"), "brand_id": F("variant__product__brand_id"),
}  # fmt: skip


def running(market_code: str, buyer: Buyer | None = None) -> tuple[ListView, ...]:
    """The lists of a market that count now for this buyer; without one those for everybody."""
    at = clock.now()
    return tuple(each for each in lists_of(market_code) if each.runs(at) and (each.public or _is_for(each, buyer)))


def _is_for(prices: ListView, buyer: Buyer | None) -> bool:
    return buyer is not None and (
        not prices.labels.isdisjoint(buyer.labels)
        or not prices.groups.isdisjoint(buyer.groups)
        or (buyer.company_id is not None and str(buyer.company_id) in prices.companies)
    )


def with_steps(rows: QuerySet[Price], lists: Sequence[ListView], **more: F) -> Iterable[dict[str, Any]]:
    """The prices as plain values; where lists count, with the steps of these lists, in the same question; and `more`
    of their goods."""
    fields = ["variant_id", "market_id", "minor", "compare_at_minor", "prior_minor"]
    plain: QuerySet[Any, Any] = rows.annotate(tax_class=F("variant__product__tax_class"), **more)
    if lists:
        steps = ListPrice.objects.filter(variant_id=OuterRef("variant_id"), list_id__in=[each.id for each in lists])
        plain = plain.annotate(
            steps=ArraySubquery(steps.values(step=JSONObject(list="list_id", start="from_quantity", minor="minor")))
        )
        fields.append("steps")
    return plain.values(*fields, "tax_class", *more)


def entry(row: Mapping[str, Any], lists: Sequence[ListView]) -> Entry:
    """A row of `with_steps` as a value, with the steps of its own market."""
    by_id = {str(each.id): each for each in lists if each.market == row["market_id"]}
    steps = tuple(
        Step(by_id[str(one["list"])], one["start"], one["minor"])
        for one in row.get("steps") or ()
        if str(one["list"]) in by_id
    )
    return Entry(row["minor"], row["compare_at_minor"], row["prior_minor"], steps)


def _priced(
    variant_id: UUID, quantity: int, row: Mapping[str, Any], lists: Sequence[ListView], place: MarketView
) -> Priced:
    said = entry(row, lists)
    public, public_list = best(said, [each for each in lists if each.public], 1)
    minor, taken = best(said, lists, quantity) if lists else (public, None)
    before, lowest = reduction(said, public, public_list, place)
    if minor != public:
        # A price for some, or for many pieces, is no reduction of the price for everybody.
        before = lowest = None
        if taken and taken.is_sale:
            before = public
    return Priced(
        variant_id, quantity, minor, before or minor, row["tax_class"], public, lowest, row["product_id"],
        row["category_path"] or "", tuple(row["tags"]), row["brand_id"],
    )  # fmt: skip


def best(said: Entry, lists: Sequence[ListView], quantity: int) -> tuple[int, ListView | None]:
    """The price of a piece when so many are bought, and the list it comes from (none: the price of the market)."""
    offers: list[tuple[int, str, ListView]] = []
    for each in lists:
        fitting = [one for one in said.steps if one.list.id == each.id and one.from_quantity <= quantity]
        if fitting:
            offers.append((max(fitting, key=lambda one: one.from_quantity).minor, each.code, each))
        elif each.percent_off is not None:
            offers.append((said.minor - Discount(percent=each.percent_off).of(said.minor), each.code, each))
    agreed = [one for one in offers if one[2].contract]
    if agreed:
        return min(agreed)[0], min(agreed)[2]
    lowest = min(offers, default=None, key=lambda one: one[:2])
    return (lowest[0], lowest[2]) if lowest and lowest[0] < said.minor else (said.minor, None)


def reduction(said: Entry, minor: int, taken: ListView | None, place: MarketView) -> tuple[int | None, int | None]:
    """What stands beside a public price: the price before, and the lowest price of the days before the reduction.

    Both are the same where the market states them, for a reduction may only be told from the lowest price of the last
    30 days (98/6/EC, Article 6a, as the Court of Justice read it in C-330/23). A merchant's own price before counts
    where we know of no price in those days. What is not lower than that is no reduction, whatever is claimed.
    """
    claim = said.minor if taken and taken.is_sale else said.compare_at_minor if taken is None else None
    if claim is None:
        return None, None
    if not place.prior_days:
        return (claim if claim > minor else None), None
    lowest = claim if said.prior_minor is None else said.prior_minor
    return (lowest, lowest) if lowest > minor else (None, None)

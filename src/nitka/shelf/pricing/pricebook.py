"""What each variant of a basket costs this buyer, a piece, before promotions and tax."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from nitka.shelf.pricing.basket import BasketLine, Buyer
from nitka.shelf.pricing.markets import MarketView
from nitka.shelf.pricing.models import Price


@dataclass(frozen=True, slots=True)
class Priced:
    """All pieces of one variant. `list_minor` is what a piece cost before a reduction."""

    variant_id: UUID
    quantity: int
    minor: int
    list_minor: int
    tax_class: str
    product_id: UUID | None = None
    category_path: str = ""
    tags: tuple[str, ...] = ()
    brand_id: UUID | None = None
    lowest_minor: int | None = None


def priced(lines: Iterable[BasketLine], place: MarketView, buyer: Buyer) -> tuple[list[Priced], tuple[UUID, ...]]:
    """The lines with their prices, those of one variant put together; and the variants without a price. One query."""
    wanted: dict[UUID, int] = {}
    for line in lines:
        if line.quantity < 1:
            raise ValueError("A line holds at least one piece.")
        wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    rows = Price.objects.filter(variant_id__in=wanted, market_id=place.code) if wanted else Price.objects.none()
    found = {row[0]: row[1:] for row in rows.values_list(*_PRICED)}
    there = [
        Priced(variant_id, quantity, minor, compare_at or minor, tax_class, product_id, path or "", tuple(tags), brand)
        for variant_id, quantity in wanted.items()
        if variant_id in found
        for minor, compare_at, tax_class, product_id, path, tags, brand in [found[variant_id]]
    ]
    return there, tuple(variant_id for variant_id in wanted if variant_id not in found)


# What promotions are matched by is read with the prices, so that it costs no question of its own.
_PRICED = (
    "variant_id", "minor", "compare_at_minor", "variant__product__tax_class", "variant__product_id",
    "variant__product__category__path", "variant__product__tags", "variant__product__brand_id",
)  # fmt: skip

"""How it stands with products now: what they cost at least, and whether they can be had."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from nitka.growth.wishes.models import Wish
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

Key = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """`minor` None: not sold in that market."""

    minor: int | None = None
    currency: str = ""
    there: bool = False


def standing(keys: Iterable[Key], market: str) -> dict[Key, Standing]:
    """Product and variant (None: any of its variants) → how it stands in the market. Three queries for any number."""
    wanted = set(keys)
    variants = {
        product_id: [each.id for each in own if each.active]
        for product_id, own in catalog.variants_of({product_id for product_id, _variant in wanted}).items()
    }
    every = [id_ for own in variants.values() for id_ in own]
    prices, pieces = pricing.prices(every, market), inventory.available(every)
    found = {}
    for product_id, variant_id in wanted:
        own = [id_ for id_ in variants.get(product_id, ()) if variant_id in (None, id_)]
        costs = [prices[id_].minor for id_ in own if id_ in prices]
        currency = next((prices[id_].currency for id_ in own if id_ in prices), "")
        there = any(pieces[id_] > 0 for id_ in own if id_ in prices)
        found[product_id, variant_id] = Standing(min(costs, default=None), currency, there)
    return found


def key_of(wish: Wish) -> Key:
    """What of the product is wished for."""
    return wish.product_id, wish.variant_id

"""The products that a block of content asks for: by hand, or by category, collection, tag or order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from nitka.shelf.catalog import queries as catalog
from nitka.shelf.search import queries as search

USUAL = 4
MOST = 24
# How many goods of a collection or tag are looked at for those that are sold here.
LOOKED_AT = 120


def cards(goods: Mapping[str, Any], limit: int, language: str, market: str) -> list[search.Card]:
    """Up to `limit` of the goods, only what is sold in the market."""
    if "category" in goods or "sort" in goods:
        if "category" in goods and search.category(goods["category"], language) is None:
            return []
        found = search.find(
            category=goods.get("category"), sort=goods.get("sort", "best"), page_size=limit, language=language,
            market=market,
        )  # fmt: skip
        return list(found.cards)
    known = search.cards(ids(goods)[:LOOKED_AT], language, market)
    return [card for card in known if card.price_minor is not None][:limit]


def ids(goods: Mapping[str, Any]) -> list[UUID]:
    """Their products in order, whether they are sold or not; all that are published where nothing is said."""
    rows = catalog.product_rows(status="published").order_by("position", "id")
    if "products" in goods:
        known = catalog.products_by_handle(goods["products"])
        return [known[handle] for handle in goods["products"] if handle in known]
    if "collection" in goods:
        found = catalog.collection_by_slug(goods["collection"])
        return catalog.products_in_collection(found.id) if found else []
    if "tag" in goods:
        rows = rows.filter(tags__contains=[goods["tag"]])
    if "category" in goods:
        node = next((each for each in catalog.category_tree() if each.handle == goods["category"]), None)
        rows = rows.filter(category_id__in=catalog.categories_of(node.id)) if node else rows.none()
    return list(rows.values_list("id", flat=True))

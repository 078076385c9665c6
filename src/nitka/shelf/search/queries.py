"""Questions of the read side: one row for a product page, the index in this process and one query for lists."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from nitka.shelf.search import finding, suggesting
from nitka.shelf.search.facets import category_view, category_views, facets_of
from nitka.shelf.search.follow import here
from nitka.shelf.search.models import Change, ProductOffer, ProductText, Synonym
from nitka.shelf.search.reader import Reader
from nitka.shelf.search.suggesting import Suggestion
from nitka.shelf.search.views import (
    AddressView,
    Card,
    CategoryView,
    Facet,
    FacetValue,
    Found,
    IndexState,
    ProductPage,
    VariantOnPage,
)

__all__ = [
    "AddressView", "Card", "CategoryView", "Facet", "FacetValue", "Found", "IndexState", "ProductPage", "Suggestion",
    "VariantOnPage", "addresses", "cards", "categories", "category", "find", "index_state", "on_sale", "product_page",
    "product_page_by_id", "product_pages", "suggest", "synonyms", "versions",
]  # fmt: skip

_MOST_PAGES = 400  # nobody turns this many; deeper pages cost more and more

_CHUNK = 500

# A language without texts of its own falls back to English, then to any.
_PAGE = """
    SELECT t.product_id, t.slug, t.data, o.data
    FROM search_texts s
    JOIN search_texts t ON t.product_id = s.product_id
    JOIN search_offers o ON o.product_id = s.product_id
    WHERE {which}
    ORDER BY s.language = %s DESC, s.product_id, t.language = %s DESC, t.language = 'en' DESC, t.language LIMIT 1
"""
_PAGE_BY_SLUG = _PAGE.format(which="s.slug = %s")
_PAGE_BY_ID = _PAGE.format(which="s.product_id = %s")

# Page by page along the primary key: a later page costs what the first one does, and no cursor stays open.
_PAGES = """
    SELECT o.product_id, t.slug, t.data, o.data
    FROM search_offers o
    CROSS JOIN LATERAL (
        SELECT slug, data FROM search_texts WHERE product_id = o.product_id
        ORDER BY language = %s DESC, language = 'en' DESC, language LIMIT 1
    ) t
    WHERE o.product_id > %s
    ORDER BY o.product_id LIMIT %s
"""
_BEFORE_ALL = UUID(int=0)

_CARDS = """
    SELECT asked.id, t.slug, t.card, o.card
    FROM unnest(%s::uuid[]) WITH ORDINALITY AS asked(id, place)
    JOIN search_offers o ON o.product_id = asked.id
    CROSS JOIN LATERAL (
        SELECT slug, card FROM search_texts WHERE product_id = asked.id
        ORDER BY language = %s DESC, language = 'en' DESC, language LIMIT 1
    ) t
    ORDER BY asked.place
"""


def product_page(*, slug: str, language: str, market: str) -> ProductPage | None:
    """The page of a product by its address in any language, or None. One query.

    The texts are of the language asked, else English, else any; compare `slugs` to send people to the address of now.
    """
    return _page(_PAGE_BY_SLUG, slug, language, market)


def product_page_by_id(*, product_id: UUID, language: str, market: str) -> ProductPage | None:
    """The same by the product's id."""
    return _page(_PAGE_BY_ID, product_id, language, market)


def _page(statement: str, key: Any, language: str, market: str) -> ProductPage | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key, language, language])
        row = cursor.fetchone()
    return None if row is None else _read(row, market)


def product_pages(*, language: str, market: str, at_once: int = 200) -> Iterator[list[ProductPage]]:
    """All products that have a page, so many at a time, in an order that stays; one query for each list.

    A text that the language lacks is that of another, as `ProductPage.language` says.
    """
    last = _BEFORE_ALL
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_PAGES, [language, last, at_once])
            rows = cursor.fetchall()
        if rows:
            yield [_read(row, market) for row in rows]
        if len(rows) < at_once:
            return
        last = rows[-1][0]


# What a row that was written by an older release lacks; it is written anew, but until then its page must be shown.
_LATER: dict[str, dict[str, Any]] = {
    "media": {"outline": ()}, "documents": {"outline": ()}, "attributes": {"better": "", "sustainability": False},
}  # fmt: skip


def _read(row: tuple[UUID, str, str, str], market: str) -> ProductPage:
    product_id, slug, data, offer_data = row
    text: dict[str, Any] = orjson.loads(data)
    for name, missing in _LATER.items():
        text[name] = [missing | each for each in text[name]]
    offer = orjson.loads(offer_data)
    here_sold = offer["markets"].get(market) or {"variants": {}, "currency": ""}
    prices, stock = here_sold["variants"], offer["stock"]
    text["variants"] = [_variant(variant, prices, stock) for variant in text["variants"]]
    return ProductPage(
        product_id=product_id,
        slug=slug,
        currency=here_sold["currency"],
        price_minor=here_sold.get("minor"),
        compare_at_minor=here_sold.get("compare"),
        from_price=here_sold.get("from", False),
        in_stock=any(variant.available != "none" for variant in text["variants"] if variant.price_minor is not None),
        **text,
    )


_NO_PRICE = (None, None, None, None, ())


def _variant(variant: dict[str, Any], prices: Mapping[str, Any], stock: Mapping[str, str]) -> VariantOnPage:
    # A row that was written before there were steps has four values.
    minor, compare, lowest, unit_minor, steps = (*prices.get(variant["id"], _NO_PRICE), ())[:5]
    return VariantOnPage(
        price_minor=minor,
        compare_at_minor=compare,
        lowest_30_days_minor=lowest,
        unit_price_minor=unit_minor,
        steps=tuple((start, each) for start, each in steps),
        available=stock.get(variant["id"], "none"),
        **variant,
    )


def cards(product_ids: Sequence[UUID | str], language: str, market: str) -> list[Card]:
    """Cards in the order of the ids; those that are not on sale are left out. One query, none for no ids."""
    if not product_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [list(product_ids), language])
        return [_card(*row, market=market) for row in cursor.fetchall()]


def _card(product_id: UUID, slug: str, text: str, offer: str, *, market: str) -> Card:
    sold = orjson.loads(offer)
    found = sold["markets"].get(market) or (None, None, "", False)
    # Rows of before say less.
    minor, compare, currency, from_price, lowest, unit_minor, unit = (*found, None, None, "")[:7]
    return Card(
        product_id=product_id, slug=slug, price_minor=minor, compare_at_minor=compare, currency=currency,
        from_price=from_price, in_stock=sold["in_stock"] and minor is not None, lowest_30_days_minor=lowest,
        unit_price_minor=unit_minor, unit=unit or "", **orjson.loads(text),
    )  # fmt: skip


def on_sale() -> int:
    """How many products have a page."""
    return ProductOffer.objects.count()


def addresses(part: int, size: int) -> Iterator[AddressView]:
    """The addresses of that part (from 1) of all products that have a page, in an order that stays; a chunk at a time.

    Each with the languages that it has texts of its own in, and its first two pictures.
    """
    ids = list(
        ProductOffer.objects.order_by("product_id").values_list("product_id", flat=True)[size * (part - 1) :][:size]
    )
    for start in range(0, len(ids), _CHUNK):
        rows = ProductText.objects.filter(product_id__in=ids[start : start + _CHUNK]).order_by("product_id", "language")
        for product_id, spoken in groupby(rows.values_list("product_id", "language", "slug", "card"), itemgetter(0)):
            texts = list(spoken)
            card = orjson.loads(texts[0][3])
            pictures = tuple(card[name]["src"] for name in ("picture", "picture2") if card.get(name))
            yield AddressView(product_id, {code: slug for _id, code, slug, _card in texts}, pictures)


def find(
    *,
    text: str = "",
    category: str | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    sort: str = "best",
    page: int = 1,
    page_size: int = 24,
    language: str,
    market: str,
) -> Found:
    """Products by words, category (handle or slug) and filters; at most one query.

    filters: {facet: values, any of them}; {"price": ["from-to"]} in minor units. sort: best, price_up, price_down, new,
    rated (by the Bayesian mean of the stars).
    What is not sold in the market is not found. Unknown filters, sorts and pages do no harm.
    """
    reader = here()[0].reader()
    page = min(max(page, 1), _MOST_PAGES)
    node = reader.labels.category(category, language) if reader and category else None
    if reader is None or (category and node is None):
        return Found(cards=[], total=0, page=1, pages=0)
    asked = finding.Asked(
        text=text, language=language, market=market if market in reader.markets else "", sort=sort,
        filters={code: list(values) for code, values in (filters or {}).items() if values},
        category=node["handle"] if node else "", offset=(page - 1) * page_size, limit=page_size,
    )  # fmt: skip
    hits, facets, below = _answer(reader, asked, node)
    return Found(
        cards=cards(hits.ids, language, market), total=hits.total, page=page, facets=facets, categories=below,
        pages=min(-(-hits.total // page_size), _MOST_PAGES), corrected=hits.corrected, near=hits.near,
        suggestions=[hits.corrected] if hits.corrected else [],
    )  # fmt: skip


def _answer(
    reader: Reader, asked: finding.Asked, node: Mapping[str, Any] | None
) -> tuple[finding.Hits, list[Facet], list[CategoryView]]:
    """What the index says to a question; asked again before the index changes, it is remembered."""

    def answer() -> tuple[finding.Hits, list[Facet], list[CategoryView]]:
        hits = finding.ask(reader, asked)
        facets = facets_of(reader.labels, hits, asked.filters, node, asked.language)
        below = category_views(reader.labels, hits, node, asked.language)
        return replace(hits, facets={}, categories=[]), facets, below  # raw counts are large and needed no more

    filters = tuple(sorted((code, tuple(values)) for code, values in asked.filters.items()))
    key = (asked.text, asked.language, asked.market, asked.category, asked.sort, asked.offset, asked.limit, filters)
    return reader.remembered(key, answer)  # type: ignore[no-any-return]


def suggest(text: str, language: str, market: str) -> list[Suggestion]:
    """What may be meant by what has been typed so far: words, categories, brands, products. No query."""
    reader = here()[0].reader()
    if reader is None:
        return []
    return suggesting.suggest(reader, text, language, market if market in reader.markets else "")


def category(slug: str, language: str) -> CategoryView | None:
    """A category by its address in any language, or by handle. No query."""
    reader = here()[0].reader()
    node = reader.labels.category(slug, language) if reader else None
    return category_view(reader.labels, node, language) if reader and node else None


def categories(language: str, parent: str = "") -> list[CategoryView]:
    """The categories right below one, or the top ones, with the number of products in each. No query."""
    reader = here()[0].reader()
    if reader is None:
        return []
    return [
        category_view(reader.labels, node, language, reader.count("category", node["handle"]))
        for node in reader.labels.categories
        if node["parent"] == parent
    ]


def synonyms(language: str) -> list[list[str]]:
    """The synonyms of a language in their order, for the merchant to edit."""
    return list(Synonym.objects.filter(language=language).order_by("position").values_list("terms", flat=True))


def versions() -> dict[str, int]:
    """What this process has of the index: numbers that change with any of it, and with the categories alone."""
    reader = here()[0].reader()
    return {"@index": reader.number, "@categories": reader.categories_mark} if reader else {}


def index_state() -> IndexState:
    """How this host's index is, for doctor."""
    shelf, _follower = here()
    shelf.look_again()
    reader, state = shelf.reader(), shelf.home.state()
    if reader is None or shelf.home.current is None:
        return IndexState(missing=True, documents=0, behind=0, built_for="")
    behind = Change.objects.filter(xid__gte=state.get("floor", 0)).count()
    return IndexState(
        missing=False, documents=reader.searcher.num_docs, behind=behind, built_for=state.get("version", "")
    )

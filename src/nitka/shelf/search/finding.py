"""Ask the index: which products, in which order, with which facets. Knows no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tantivy import FieldType, Occur, Order, Query

from .matching import Question, understand
from .reader import Reader

ENOUGH = 10  # fewer products with every word than this: those with some of the words follow them
_MOST_VALUES = 3000
_PRICE = re.compile(r"^(\d{0,12})-(\d{0,12})$")
_SHOWN_SHARE = 0.3  # a facet is shown when it tells something of at least this share of the products
_MOST_FACETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question. Filters: {code: values}, any of the values; "price" takes "from-to" in minor units."""

    text: str = ""
    language: str = "en"
    market: str = ""
    category: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "best"
    offset: int = 0
    limit: int = 24
    facets: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Ids in order. `near`: nothing has every word, these are the nearest. Facets: {code: [(value, count)]}."""

    ids: list[str]
    total: int
    corrected: str = ""
    near: bool = False
    facets: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    prices: tuple[int, int] | None = None
    categories: list[tuple[str, int]] = field(default_factory=list)


def ask(reader: Reader, asked: Asked) -> Hits:
    """Find products. Never raises on what people type."""
    question = understand(reader, asked.text, asked.language) if asked.text.strip() else None
    if question is not None and not question.slots and question.code is None:
        return Hits(ids=[], total=0)
    base, near = _base(reader, asked, question)
    query = _filtered(reader, asked, base)
    result = _search(reader, asked, query, ranked=question is not None)
    ids = [reader.stored(address)[0] for _score, address in result.hits]
    hits: dict[str, Any] = {"ids": ids, "total": result.count or 0, "near": near}
    if question:
        hits["corrected"] = question.corrected
    if asked.facets:
        hits |= _facets(reader, asked, base, query)
    return Hits(**hits)


def _base(reader: Reader, asked: Asked, question: Question | None) -> tuple[Query, bool]:
    """The query without the facets' filters, and whether its products are only near to what was asked."""
    if question is None:
        return _scoped(reader, asked, Query.all_query()), False
    if question.code is not None:
        exact = _scoped(reader, asked, question.code)
        if reader.count_of(exact):
            return exact, False
    strict = _scoped(reader, asked, question.strict())
    count = _count(reader, asked, strict)
    if count >= ENOUGH:
        return strict, False
    loose = _scoped(reader, asked, question.loose())
    if count:
        return (loose if asked.sort == "best" else strict), False
    if not _count(reader, asked, loose):
        return _scoped(reader, asked, question.loose(least=1)), True
    return loose, not _count(reader, asked, _scoped(reader, asked, question.strict(wide=True)))


def _count(reader: Reader, asked: Asked, query: Query) -> int:
    return reader.count_of(query)


def _scoped(reader: Reader, asked: Asked, query: Query) -> Query:
    """Only what is sold in the market and lies in the category."""
    parts = [(Occur.Must, query)]
    for name, value in (("market", asked.market), ("category", asked.category)):
        if value:
            scope = Query.term_query(reader.schema, name, value, index_option="basic")
            parts.append((Occur.Must, Query.const_score_query(scope, 0.0)))
    return Query.boolean_query(parts) if len(parts) > 1 else query


def _filtered(reader: Reader, asked: Asked, query: Query, leave_out: str = "") -> Query:
    parts = [(Occur.Must, query)]
    for code, values in asked.filters.items():
        one = None if code == leave_out or not values else _filter(reader, asked, code, values)
        if one is not None:
            parts.append((Occur.Must, Query.const_score_query(one, 0.0)))
    return Query.boolean_query(parts) if len(parts) > 1 else query


def _filter(reader: Reader, asked: Asked, code: str, values: Sequence[str]) -> Query | None:
    if code != "price":
        return Query.term_set_query(reader.schema, "facet", [f"{code}={value}" for value in values])
    ranges = []
    for value in values:
        match = _PRICE.match(value)
        if match and asked.market:
            low, high = (int(bound) if bound else None for bound in match.groups())
            ranges.append(Query.range_query(reader.schema, f"price_{asked.market}", FieldType.Integer, low or 0, high))
    return Query.boolean_query([(Occur.Should, one) for one in ranges]) if ranges else None


def _search(reader: Reader, asked: Asked, query: Query, ranked: bool) -> Any:
    by, order = None, Order.Desc
    if asked.sort in ("price_up", "price_down") and asked.market:
        by, order = f"price_{asked.market}", Order.Asc if asked.sort == "price_up" else Order.Desc
    elif asked.sort in ("new", "rated"):
        by = "created" if asked.sort == "new" else "rated"
    elif not ranked:
        by = "rank"
    if by:
        return reader.searcher.search(query, limit=asked.limit, offset=asked.offset, order_by_field=by, order=order)
    return reader.searcher.search(query, limit=asked.limit, offset=asked.offset, weight_by_field="weight")


def _facets(reader: Reader, asked: Asked, base: Query, query: Query) -> dict[str, Any]:
    """Counts of every facet; a chosen facet is counted without its own choice, so that more can be chosen."""
    request: dict[str, Any] = {
        "facet": {"terms": {"field": "facet", "size": _MOST_VALUES}},
        "category": {"terms": {"field": "category", "size": 300}},
    }
    price = f"price_{asked.market}" if asked.market else ""
    if price and "price" not in asked.filters:
        request["price"] = {"stats": {"field": price}}
    found = reader.searcher.aggregate(query, request)
    counts: dict[str, list[tuple[str, int]]] = {}
    _gather(counts, found["facet"]["buckets"])
    stats = found.get("price")
    for code in asked.filters:
        rest = _filtered(reader, asked, base, leave_out=code)
        if code == "price":
            stats = reader.searcher.aggregate(rest, {"price": {"stats": {"field": price}}})["price"] if price else None
            continue
        terms = {"field": "facet", "size": _MOST_VALUES, "include": re.escape(code) + "=.*"}
        counts.pop(code, None)
        _gather(counts, reader.searcher.aggregate(rest, {"facet": {"terms": terms}})["facet"]["buckets"])
    return {
        "facets": counts,
        "prices": (int(stats["min"]), int(stats["max"])) if stats and stats["count"] else None,
        "categories": [(bucket["key"], bucket["doc_count"]) for bucket in found["category"]["buckets"]],
    }


def _gather(counts: dict[str, list[tuple[str, int]]], buckets: Sequence[Mapping[str, Any]]) -> None:
    for bucket in buckets:
        code, _, value = bucket["key"].partition("=")
        counts.setdefault(code, []).append((value, bucket["doc_count"]))


def shown(hits: Hits, chosen: Mapping[str, Sequence[str]]) -> list[str]:
    """The codes worth showing, most telling first; a chosen one always is."""
    most = max(hits.total, 1)
    telling = []
    for code, values in hits.facets.items():
        covered = sum(count for _value, count in values)
        if code in chosen or (len(values) > 1 and covered >= _SHOWN_SHARE * most):
            telling.append((code not in chosen, -min(covered, most), code))
    return [code for _first, _covered, code in sorted(telling)[:_MOST_FACETS]]

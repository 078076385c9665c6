"""Suggestions as one types: categories, brands, products and how the word may go on. Reads only the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from tantivy import Occur, Query

from nitka.ground.locale import pick
from nitka.ground.wording import words as letters
from nitka.ground.wording.stems import stemmer

from .matching import Slot, languages_for, script_of, term, understand
from .reader import Reader
from .translit import native, script

_WORDS = 3
_NAMES = 3
_PRODUCTS = 5
_COMPLETIONS = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """kind: "word" (search for text), "category", "brand" or "product"; `slug` leads there (brand: its facet value)."""

    kind: str
    text: str
    slug: str = ""
    product_id: str = ""


def suggest(reader: Reader, text: str, language: str, market: str) -> list[Suggestion]:
    """At most a dozen suggestions for what has been typed so far."""
    typed = letters.words(text[:100])
    if not typed:
        return []
    *before, last = typed
    completions = _completions(reader, last, language)
    found = _names(reader, " ".join(typed), language)
    query = _query(reader, before, completions, last, language, market)
    hits = reader.searcher.search(query, limit=_PRODUCTS * 2, weight_by_field="weight").hits if query else []
    if not hits:
        wider = understand(reader, text, language)
        query = _in_market(reader, wider.code or wider.strict(), market)
        hits = reader.searcher.search(query, limit=_PRODUCTS).hits
    words = [" ".join((*before, word)) for word in completions if word != last][:_WORDS] if hits else []
    return [
        *(Suggestion("word", word) for word in words),
        *found,
        *_products(reader, hits, language),
    ]


def _completions(reader: Reader, last: str, language: str) -> list[str]:
    """Words of the catalogue that begin so, the most used first; typed in the other script too."""
    starts = [(last, language), (last, "en")] if language != "en" else [(last, "en")]
    if script(last) == "latin" and script_of(language) != "latin":
        starts.insert(1, (native(letters.fold(last), language), language))
    counted: dict[str, int] = {}
    for start, one in starts:
        for word, count in reader.searcher.terms_with_prefix(f"words_{one}", start):
            counted[word] = max(count, counted.get(word, 0))
    return sorted(counted, key=lambda word: (-counted[word], word))[:_COMPLETIONS]


def _query(
    reader: Reader, before: list[str], completions: list[str], last: str, language: str, market: str
) -> Query | None:
    endings = [
        term(reader, f"all_{one}", stemmer(one).stem(word), weight)
        for word in dict.fromkeys((last, *completions))
        for one, weight in languages_for(language)
    ]
    parts = [(Occur.Must, Query.disjunction_max_query(endings))]
    if before:
        slots: list[Slot] = understand(reader, " ".join(before), language).slots
        if not all(slot.readings for slot in slots):
            return None
        parts += [(Occur.Must, slot.query(wide=False)) for slot in slots]
    return _in_market(reader, Query.boolean_query(parts), market)


def _in_market(reader: Reader, query: Query, market: str) -> Query:
    if not market:
        return query
    scope = Query.const_score_query(Query.term_query(reader.schema, "market", market, index_option="basic"), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, scope)])


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return " " + " ".join(letters.fold(word) for word in letters.words(name))


def _names(reader: Reader, typed: str, language: str) -> list[Suggestion]:
    """Categories and brands one of whose words begins with what was typed."""
    start = _key(typed)
    labels = reader.labels
    categories = [
        Suggestion("category", pick(one["name"], language), pick(one["slug"], language) or one["handle"])
        for one in labels.categories
        if start in _key(pick(one["name"], language))
    ]
    brands = [Suggestion("brand", name, name) for name in reader.brands if start in _key(name)]
    return categories[:_NAMES] + sorted(brands, key=lambda one: len(one.text))[:_NAMES]


def _products(reader: Reader, hits: Sequence[tuple[Any, Any]], language: str) -> list[Suggestion]:
    found: dict[str, Suggestion] = {}
    for _score, address in hits:
        product_id, card = reader.stored(address)
        if card:
            names = orjson.loads(card)
            title = pick(names["title"], language)
            found.setdefault(title, Suggestion("product", title, pick(names["slug"], language), product_id))
    return list(found.values())[:_PRODUCTS]

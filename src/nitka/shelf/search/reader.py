"""An opened index as questions are put to it: searcher, counts of terms, the dictionary of each language, labels."""

import itertools
import time
import zlib
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

import orjson
from tantivy import Index, Query, Searcher

from .labels import Labels
from .spelling import Dictionary

_ANSWERS = 500
_numbers = itertools.count(1)
_DICTIONARY_SECONDS = 300  # new words are found at once; only their misspellings wait for this


class Reader:
    """One searcher and what is computed from it; replaced as a whole when the index has moved on."""

    def __init__(
        self,
        index: Index,
        labels: Labels,
        dictionaries: "Dictionaries | None" = None,
        markets: Sequence[str] = (),
    ) -> None:
        self.index = index
        self.markets = frozenset(markets)
        self.schema = index.schema
        self.searcher: Searcher = index.searcher()
        self.labels = labels
        self.dictionaries = dictionaries or Dictionaries()
        self._counts: dict[tuple[str, str], int] = {}
        self._answers: dict[Hashable, Any] = {}
        self.number = next(_numbers)

    @cached_property
    def categories_mark(self) -> int:
        """A number that is another when names, addresses or the order of categories are."""
        return zlib.crc32(orjson.dumps(self.labels.categories))

    def count(self, field: str, term: str) -> int:
        """How many products hold the term in the field."""
        key = (field, term)
        known = self._counts.get(key)
        if known is None:
            if len(self._counts) > 100_000:
                self._counts.clear()
            known = self._counts[key] = self.searcher.doc_freq(field, term)
        return known

    def count_of(self, query: Query) -> int:
        """How many products a query finds."""
        result: Any = self.searcher.search(query, limit=1)
        return result.count or 0

    def remembered(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer, computed once in the life of this reader: it ends with the next change of the index."""
        known = self._answers.get(question)
        if known is None:
            if len(self._answers) >= _ANSWERS:
                self._answers.clear()
            known = self._answers[question] = answer()
        return known

    def dictionary(self, language: str) -> Dictionary:
        """The words of the catalogue in a language, for mistypings."""
        return self.dictionaries.of(self, language)

    @cached_property
    def synonyms(self) -> dict[str, dict[str, list[str]]]:
        """{language: {stemmed words joined by a space: other wordings}}."""
        return self.labels.synonym_table()

    @cached_property
    def brands(self) -> list[str]:
        """The brands that products have."""
        return [term[6:] for term, _count in self.searcher.terms_with_prefix("facet", "brand=")]

    def stored(self, address: Any) -> tuple[str, str]:
        """(product id, card) of a hit."""
        doc = self.searcher.doc(address)
        return doc["id"][0], doc["card"][0]


class Dictionaries:
    """Dictionaries outlive the readers: one is built anew at most every few minutes."""

    def __init__(self) -> None:
        self._built: dict[str, tuple[float, int, Dictionary]] = {}

    def of(self, reader: Reader, language: str) -> Dictionary:
        """The dictionary of a language, rebuilt when it is old and the index has changed since."""
        size = reader.searcher.num_docs
        known = self._built.get(language)
        if known and (known[1] == size or time.monotonic() - known[0] < _DICTIONARY_SECONDS) and known[1]:
            return known[2]
        terms = reader.searcher.terms_with_prefix(f"words_{language}", "")
        dictionary = Dictionary(terms)
        self._built[language] = (time.monotonic(), size, dictionary)
        return dictionary

"""The tantivy schema and how an entry becomes a document. Tokens are stemmed here, tantivy only splits at spaces."""

import re
from collections.abc import Iterable, Sequence

from tantivy import Document, Schema, SchemaBuilder

from nitka.ground.locale import LANGUAGES
from nitka.ground.wording import words as letters
from nitka.ground.wording.stems import stemmer

from .entry import Entry
from .translit import script, sounds

VERSION = 6
NEUTRAL = 2.0  # tantivy multiplies a score by log2(2 + weight), never by less than one: so 2 stands for "as it is"
OUT_OF_STOCK = 1.0  # taken off the weight of what is sold out: log2(3) instead of log2(4)

_TAGS = re.compile(r"<[^>]*>")


def version(markets: Sequence[str]) -> str:
    """Changes whenever an index of before cannot be read or would rank otherwise."""
    return f"{VERSION}-" + "-".join(sorted(markets))


def build(markets: Sequence[str]) -> Schema:
    """Fields of one document per product; texts have a field per language.

    all: title, model, brand, category, summary (ranked) · more: description and attributes (recall only) ·
    words: unstemmed words (spelling, suggestions) · sound: keys across scripts · pieces: split and joined mixed words.
    """
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("card", stored=True, tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        builder.add_text_field(f"all_{language}", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"more_{language}", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(f"words_{language}", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(f"sound_{language}", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pieces", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("code", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("category", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("facet", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("market", tokenizer_name="raw", index_option="basic")
    for market in sorted(markets):
        builder.add_integer_field(f"price_{market}", indexed=True, fast=True)
    builder.add_integer_field("rank", fast=True)
    builder.add_integer_field("created", fast=True)
    builder.add_integer_field("rated", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


def tokens(text: str, language: str) -> list[str]:
    """Stems of a text in order, mixed words whole; this is what `all` and `more` hold."""
    stem = stemmer(language).stem
    return [stem(word) for word in letters.words(text)]


def plain(text: str) -> str:
    """Text without tags."""
    return _TAGS.sub(" ", text) if "<" in text else text


def _pieces(text: str) -> set[str]:
    """Parts of mixed words, numbers joined with their unit, and model numbers without their punctuation."""
    found = letters.codes_in(text)
    before = ""
    for word in letters.words(text):
        found.update(letters.fold(piece) for piece in letters.pieces(word))
        if before and word.isalpha() and len(word) <= 6:
            found.add(before + letters.fold(word))
        before = word if letters.is_number(word) else ""
    return found


def _sounds(names: Iterable[str], language: str) -> set[str]:
    found: set[str] = set()
    for word in names:
        if not word.isascii() or (len(word) > 2 and script(word)):
            found |= sounds(word, language)
    return found


def document(entry: Entry, markets: Iterable[str], card: str = "") -> Document:
    """The tantivy document of an entry; `card` is stored as it is, for suggestions."""
    doc = Document()
    doc.add_text("id", entry.product_id)
    doc.add_text("card", card)
    for language in entry.title:
        if language in LANGUAGES:
            _add_texts(doc, entry, language)
    names = " ".join((entry.title.get("en", ""), *entry.models))
    doc.add_text("pieces", " ".join(sorted(_pieces(names + " " + entry.summary.get("en", "")))))
    for one in {letters.code(code) for code in (*entry.codes, *entry.models) if letters.looks_like_code(code)}:
        doc.add_text("code", one)
    for handle in entry.categories:
        doc.add_text("category", handle)
    for facet in entry.facets:
        doc.add_text("facet", facet)
    for market in markets:
        if market in entry.prices:
            doc.add_text("market", market)
            doc.add_integer(f"price_{market}", entry.prices[market])
    doc.add_integer("created", entry.created)
    doc.add_integer("rated", entry.rated)
    doc.add_integer("rank", (int(entry.in_stock) << 50) + (int(entry.signal * 1000) << 36) + entry.created)
    doc.add_float("weight", max(0.0, NEUTRAL + 2 * entry.signal - (0.0 if entry.in_stock else OUT_OF_STOCK)))
    return doc


def _add_texts(doc: Document, entry: Entry, language: str) -> None:
    named = " ".join((entry.title[language], *entry.models, entry.brand, entry.category.get(language, "")))
    doc.add_text(f"all_{language}", " ".join(tokens(f"{named} {plain(entry.summary.get(language, ''))}", language)))
    more = f"{plain(entry.description.get(language, ''))} {entry.details.get(language, '')}"
    if more.strip():
        doc.add_text(f"more_{language}", " ".join(tokens(more, language)))
    names = {word for word in letters.words(named) if len(word) > 2 and word.isalpha()}
    doc.add_text(f"words_{language}", " ".join(sorted(names)))
    doc.add_text(f"sound_{language}", " ".join(sorted(_sounds(names, language))))

"""From what was typed to a tantivy query.

Every typed word becomes a *slot*: the best of its readings (stem, split, joined, synonym, code, other script,
corrected). Products are ranked by BM25, those with every word before those with some (coordination), those with the
words side by side before the rest (phrase). Both were kept because neither measured figure falls: docs/decisions/0004.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tantivy import Occur, Query

from nitka.ground.wording import words as letters
from nitka.ground.wording.stems import STOP_WORDS, stemmer

from .reader import Reader
from .translit import asked, other_layout, script

COORDINATION = 10.0  # about the most that BM25 gives one word: a product with every word comes first
PHRASE = 1.0
FALLBACK = 0.8  # the English text where the language's own is asked
MORE = 0.1  # description and attributes, only where the names find too little
SPLIT = 0.3  # what was typed counts more than its variants
JOINED = 0.4  # one word that answers two slots counts once
SOUND = 0.7
MOST_WORDS = 12  # more words than anyone types; keeps a pasted page from becoming a query


@dataclass(slots=True)
class Slot:
    """One typed word and its readings."""

    word: str
    readings: list[Query] = field(default_factory=list)
    wide: list[Query] = field(default_factory=list)
    found: bool = False
    corrected: str = ""

    def query(self, wide: bool) -> Query:
        """The best reading counts; `wide` also looks into descriptions."""
        chosen = self.readings + self.wide if wide else self.readings
        if len(chosen) == 1:
            return chosen[0]
        return Query.disjunction_max_query(chosen) if chosen else Query.empty_query()


@dataclass(slots=True)
class Question:
    """A typed text made ready to ask."""

    slots: list[Slot]
    phrases: list[Query]
    code: Query | None
    corrected: str

    def strict(self, wide: bool = False) -> Query:
        """Products with every word."""
        return self._with([(Occur.Must, slot.query(wide)) for slot in self.slots])

    def loose(self, least: int = 0) -> Query:
        """Products with some of the words (half of them, or `least`), those with more of them first."""
        parts = []
        for slot in self.slots:
            query = slot.query(wide=True)
            counted = [(Occur.Must, query), (Occur.Must, Query.const_score_query(query, COORDINATION))]
            parts.append((Occur.Should, Query.boolean_query(counted)))
        some = Query.boolean_query(parts, minimum_number_should_match=least or (len(parts) + 1) // 2)
        return Query.boolean_query([(Occur.Must, some), *self._side_by_side()])

    def _with(self, parts: list[tuple[Occur, Query]]) -> Query:
        return Query.boolean_query(parts + self._side_by_side()) if parts else Query.empty_query()

    def _side_by_side(self) -> list[tuple[Occur, Query]]:
        return [(Occur.Should, Query.const_score_query(phrase, PHRASE)) for phrase in self.phrases]


def understand(reader: Reader, text: str, language: str) -> Question:
    """Read a typed text in a language; English texts are always searched too."""
    typed = letters.words(text[:400])[:MOST_WORDS]
    kept = [word for word in typed if word not in STOP_WORDS[language] and word not in STOP_WORDS["en"]] or typed
    slots = [_slot(reader, word, language) for word in kept]
    _join(reader, slots, language)
    _add_synonyms(reader, slots, language)
    for slot in slots:
        if not slot.found:
            _guess(reader, slot, language)
    corrected = " ".join(slot.corrected or slot.word for slot in slots)
    return Question(
        slots=slots,
        phrases=_phrases(reader, slots, language),
        code=_code(reader, text),
        corrected=corrected if any(slot.corrected for slot in slots) else "",
    )


def languages_for(language: str) -> tuple[tuple[str, float], ...]:
    """The languages whose texts are asked, with their weight."""
    return ((language, 1.0),) if language == "en" else ((language, 1.0), ("en", FALLBACK))


def term(reader: Reader, name: str, value: str, boost: float = 1.0) -> Query:
    """A term query with its weight."""
    query = Query.term_query(reader.schema, name, value, index_option="freq")
    return query if boost == 1.0 else Query.boost_query(query, boost)


def _slot(reader: Reader, word: str, language: str) -> Slot:
    slot = Slot(word)
    for one, weight in languages_for(language):
        stem = stemmer(one).stem(word)
        if reader.count(f"all_{one}", stem):
            slot.readings.append(term(reader, f"all_{one}", stem, weight))
        if reader.count(f"more_{one}", stem):
            slot.wide.append(term(reader, f"more_{one}", stem, MORE * weight))
        known = bool(slot.readings)
        slot.readings.extend(query for query in _splits(reader, word, one, weight) if known or _any(reader, query))
    slot.found = bool(slot.readings)
    if any(letter.isdigit() for letter in word):
        _mixed(reader, slot)
    if script(word) != script_of(language):
        _other_script(reader, slot, language)
    slot.found = bool(slot.readings or slot.wide)
    return slot


def _any(reader: Reader, query: Query) -> bool:
    return bool(reader.searcher.search(query, limit=1).hits)


def script_of(language: str) -> str:
    """The script that texts of a language are written in."""
    return {"bg": "cyrillic", "ru": "cyrillic", "hy": "armenian"}.get(language, "latin")


def _splits(reader: Reader, word: str, language: str, weight: float) -> list[Query]:
    """ "toothbrush" also as "tooth brush", where both halves are words of the catalogue."""
    if len(word) < 6 or not word.isalpha():
        return []
    stem, name = stemmer(language).stem, f"all_{language}"
    found = []
    for at in range(3, len(word) - 2):
        left, right = stem(word[:at]), stem(word[at:])
        if reader.count(name, left) and reader.count(name, right):
            phrase = Query.phrase_query(reader.schema, name, [left, right])
            found.append(Query.boost_query(phrase, SPLIT * weight))
    return found


def _mixed(reader: Reader, slot: Slot) -> None:
    """Model numbers and measures: "500gb" as "500 GB", "dv7 1211" as part of "dv7-1211ea"."""
    whole = letters.fold(slot.word)
    if reader.count("code", whole):
        slot.readings.append(Query.const_score_query(term(reader, "code", whole), 5.0))
    if reader.count("pieces", whole):
        slot.readings.append(term(reader, "pieces", whole, 0.5))
    pair = letters.number_and_unit(slot.word)
    if pair and not slot.readings:
        number, unit = pair
        both = [term(reader, "all_en", number), term(reader, "all_en", stemmer("en").stem(unit))]
        slot.readings.append(Query.boolean_query([(Occur.Must, query) for query in both]))
    slot.found = slot.found or bool(slot.readings)


def _other_script(reader: Reader, slot: Slot, language: str) -> None:
    if not slot.word.isalpha():
        return
    for one, weight in languages_for(language):
        for key in asked(slot.word, language):
            if reader.count(f"sound_{one}", key):
                slot.readings.append(term(reader, f"sound_{one}", key, SOUND * weight))


def _join(reader: Reader, slots: list[Slot], language: str) -> None:
    """ "tooth brush" also as "toothbrush": both slots are satisfied by the one word."""
    for left, right in pairwise(slots):
        joined = left.word + right.word
        for one, weight in languages_for(language):
            for name, key in ((f"all_{one}", stemmer(one).stem(joined)), ("pieces", letters.fold(joined))):
                if (name != "pieces" or letters.pieces(joined)) and reader.count(name, key):
                    reading = term(reader, name, key, weight * JOINED)
                    left.readings.append(reading)
                    right.readings.append(reading)
                    left.found = right.found = True


def _add_synonyms(reader: Reader, slots: list[Slot], language: str) -> None:
    """Wordings the merchant made equal; a wording may be several words on either side."""
    for one, weight in languages_for(language):
        table = reader.synonyms.get(one)
        if not table:
            continue
        stems = [stemmer(one).stem(slot.word) for slot in slots]
        for start in range(len(slots)):
            for end in range(start + 1, min(start + 3, len(slots)) + 1):
                for wording in table.get(" ".join(stems[start:end]), ()):
                    reading = _wording(reader, wording, one, weight)
                    for slot in slots[start:end]:
                        slot.readings.append(reading)
                        slot.found = True


def _wording(reader: Reader, wording: str, language: str, weight: float) -> Query:
    stems = [stemmer(language).stem(word) for word in letters.words(wording)]
    name = f"all_{language}"
    if len(stems) == 1:
        return term(reader, name, stems[0], weight)
    return Query.boost_query(Query.phrase_query(reader.schema, name, list(stems), slop=1), weight)


def _guess(reader: Reader, slot: Slot, language: str) -> None:
    """A word that nothing knows: a misspelling, or typed with the other keyboard layout."""
    candidates: Sequence[str] = ()
    for one in (language, "en") if language != "en" else ("en",):
        swapped = other_layout(slot.word)
        if language == "ru" and swapped != slot.word and reader.count("all_ru", stemmer("ru").stem(swapped)):
            candidates = [swapped]
        else:
            candidates = reader.dictionary(one).nearest(slot.word)
        for candidate in candidates:
            slot.readings.append(term(reader, f"all_{one}", stemmer(one).stem(candidate)))
        if candidates:
            slot.corrected = candidates[0]
            return
    _other_script(reader, slot, language)
    _same_beginning(reader, slot, language)


def _same_beginning(reader: Reader, slot: Slot, language: str) -> None:
    """Forms that no stemmer brings together ("подушек", "подушка"): words that begin the same but for two letters."""
    for one, _weight in languages_for(language):
        start = stemmer(one).stem(slot.word)[:-2]
        if len(start) >= 4 and start.isalpha():
            near = reader.searcher.terms_with_prefix(f"all_{one}", start)
            near = [(stem, count) for stem, count in near if len(stem) <= len(start) + 3]
            for stem, _count in sorted(near, key=lambda counted: -counted[1])[:3]:
                slot.readings.append(term(reader, f"all_{one}", stem, SOUND))


def _phrases(reader: Reader, slots: list[Slot], language: str) -> list[Query]:
    found = []
    for one, _weight in languages_for(language):
        stems = [stemmer(one).stem(slot.corrected or slot.word) for slot in slots]
        for left, right in pairwise(stems):
            if reader.count(f"all_{one}", left) and reader.count(f"all_{one}", right):
                found.append(Query.phrase_query(reader.schema, f"all_{one}", [left, right]))
    return found


def _code(reader: Reader, text: str) -> Query | None:
    """The whole text as one code or EAN, or as the beginning of one."""
    if not letters.looks_like_code(text):
        return None
    bare = letters.code(text)
    for candidate in (bare, bare.lstrip("0"), bare.zfill(13)):
        if candidate and reader.count("code", candidate):
            return term(reader, "code", candidate)
    longer = reader.searcher.terms_with_prefix("code", bare, limit=50) if len(bare) >= 5 else []
    return Query.term_set_query(reader.schema, "code", [code for code, _count in longer]) if longer else None

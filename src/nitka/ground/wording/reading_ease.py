"""How easily a text reads, by the published formula of each language.

English: Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948):
    206.835 − 1.015 × words a sentence − 84.6 × syllables a word; 100 is very easy, 0 very hard.
Russian: Oborneva's constants for the same formula (И. В. Оборнева, 2006, on parallel texts):
    206.835 − 1.3 × words a sentence − 60.1 × syllables a word.
Polish: Pisarek's linear formula (W. Pisarek, "Jak mierzyć zrozumiałość tekstu?", 1969), years of school that it takes:
    words a sentence / 3 + per cent of words of four syllables and more / 3 + 1. He counts syllables of the base form;
    we count those of the word as it stands, which makes texts look a little harder.
Norwegian, and in want of a formula of their own Bulgarian and Armenian: LIX (C. H. Björnsson, "Läsbarhet", 1968):
    words a sentence + per cent of words of more than six letters; below 30 very easy, above 60 very hard. For Bulgarian
    and Armenian nobody published what the numbers mean: compare texts of one language with each other only.
"""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCES = re.compile(r"[.!?…։]+(?=\s|$)|\n+")
_VOWELS = {
    "en": "aeiouy", "ru": "аеёиоуыэюя", "bg": "аъоуеиюя", "nb": "aeiouyæøå", "pl": "aąeęioóuy", "hy": "աեէըիոօու",
}  # fmt: skip
_SOFTENING = re.compile(r"i(?=[aąeęoóu])")
_SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouysxzcgh])es$")
_GROUPS = re.compile(r"[aeiouy]+")
FORMULAS = {"en": "flesch", "ru": "oborneva", "pl": "pisarek", "nb": "lix", "bg": "lix", "hy": "lix"}
# From which value on a text is hard to read; LIX and Pisarek rise with difficulty, Flesch falls.
HARD = {"flesch": 30, "oborneva": 30, "pisarek": 14, "lix": 55}


@dataclass(frozen=True, slots=True)
class Ease:
    """How a text reads: what was counted, the formula's value in tenths, and whether that is hard."""

    words: int
    sentences: int
    formula: str
    tenths: int
    hard: bool


def words_of(text: str) -> list[str]:
    """The words of a plain text."""
    return _WORD.findall(text)


def syllables(word: str, language: str) -> int:
    """Sounding vowels: exact in languages that write what they say, by groups without silent endings in English."""
    low = word.lower()
    if language == "en":
        bare = _SILENT.sub("", low) if not low.endswith("le") else low
        return max(1, len(_GROUPS.findall(bare)))
    if language == "pl":
        low = _SOFTENING.sub("", low)
    if language == "hy":
        low = low.replace("ու", "օ").replace("և", "եւ")
    return max(1, sum(letter in _VOWELS[language] for letter in low))


def ease(text: str, language: str) -> Ease | None:
    """How a plain text reads in that language; None for one without words."""
    words = words_of(text)
    if not words:
        return None
    sentences = max(1, sum(bool(_WORD.search(each)) for each in _SENTENCES.split(text)))
    formula = FORMULAS[language]
    if formula in ("flesch", "oborneva"):
        counted = sum(syllables(each, language) for each in words)
        tenths = flesch_tenths(len(words), sentences, counted, formula)
        return Ease(len(words), sentences, formula, tenths, tenths < HARD[formula] * 10)
    if formula == "pisarek":
        long = sum(syllables(each, language) >= 4 for each in words)
        tenths = pisarek_tenths(len(words), sentences, long)
    else:
        tenths = lix_tenths(len(words), sentences, sum(len(each) > 6 for each in words))
    return Ease(len(words), sentences, formula, tenths, tenths > HARD[formula] * 10)


def flesch_tenths(words: int, sentences: int, counted: int, formula: str = "flesch") -> int:
    """Flesch's formula, or Oborneva's, in tenths."""
    a_sentence, a_word = {"flesch": (1.015, 84.6), "oborneva": (1.3, 60.1)}[formula]
    return round((206.835 - a_sentence * words / sentences - a_word * counted / words) * 10)


def pisarek_tenths(words: int, sentences: int, long: int) -> int:
    """Pisarek's linear formula in tenths of a year of school."""
    return round((words / sentences / 3 + 100 * long / words / 3 + 1) * 10)


def lix_tenths(words: int, sentences: int, long: int) -> int:
    """Björnsson's läsbarhetsindex in tenths."""
    return round((words / sentences + 100 * long / words) * 10)

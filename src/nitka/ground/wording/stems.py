"""Stems in the six languages of the shop, cached: a catalogue repeats its words."""

import re
from collections.abc import Callable

import snowballstemmer

from . import bulgarian
from .words import fold, pieces, words

_SNOWBALL = {"en": "english", "hy": "armenian", "nb": "norwegian", "pl": "polish", "ru": "russian"}
_CACHE_LIMIT = 300_000
_STOP = {
    "en": "a an and the of for with in on to by or is",
    "bg": "и в във с със за на от до по или",
    "ru": "и в во с со для на из от до по или",
    "pl": "i w we z ze do na od po dla lub oraz",
    "nb": "og i på med for av til fra en et ei den det eller",
    "hy": "և եւ ու համար է մեջ վրա կամ",
}
STOP_WORDS = {language: frozenset(text.split()) for language, text in _STOP.items()}


# Snowball leaves the endings of short Armenian nouns: plural, article and case of words like լամպ, բարձ.
_ARMENIAN_ENDINGS = re.compile(r"(?<=...)(?:(?:ն?եր)(?:ի|ով|ից|ում|ը|ն|ին)?|ը|ով|ից|ում)$")


def _snowball(language: str) -> Callable[[str], str]:
    word: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
    return word


def _stemmer(language: str) -> Callable[[str], str]:
    if language == "bg":
        return bulgarian.stem
    if language == "hy":
        snowball = _snowball("hy")
        return lambda word: _ARMENIAN_ENDINGS.sub("", snowball(word))
    return _snowball(language)


class Stemmer:
    """Stems of one language; `stem` gives the folded stem that the index holds."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._raw = _stemmer(language)
        self._cache: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """The folded stem of a lower-case word. Words with digits are only folded."""
        known = self._cache.get(word)
        if known is None:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            known = fold(self._raw(word)) if word.isalpha() else fold(word)
            self._cache[word] = known
        return known


_stemmers: dict[str, Stemmer] = {}


def stemmer(language: str) -> Stemmer:
    """The one stemmer of a language in this process."""
    if language not in _stemmers:
        _stemmers[language] = Stemmer(language if language in _SNOWBALL or language == "bg" else "en")
    return _stemmers[language]


def stems(text: str, language: str) -> list[str]:
    """The index tokens of a text, in order. A mixed word stays whole and is followed by its pieces."""
    stem = stemmer(language).stem
    tokens = []
    for word in words(text):
        tokens.append(stem(word))
        tokens.extend(stem(piece) for piece in pieces(word))
    return tokens

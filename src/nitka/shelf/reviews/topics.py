"""What many reviews of a product mention: words and pairs of words, counted, never guessed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nitka.ground.wording.stems import STOP_WORDS, stemmer
from nitka.ground.wording.words import words

from .stopwords import STOP

LEAST_REVIEWS = 3  # a topic of fewer people is an opinion of one
MOST = 8
_SHORTEST = 3
# A pair that stands for so much of a word's reviews takes the word's place.
_SWALLOWED = 0.7
_SENTENCE_ENDS = str.maketrans(dict.fromkeys(".!?;:,()\n–—…«»“”„։՝", "|"))


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase that several reviews have: `key` is of stems, `words` as most people wrote it, `ids` whose it is."""

    key: str
    words: str
    ids: tuple[Any, ...]


def topics_of(
    texts: Iterable[tuple[Any, str]], language: str, *, leave_out: Sequence[str] = (), least: int = LEAST_REVIEWS
) -> list[Topic]:
    """The phrases of these (id, text) that at least `least` of them have, most frequent first.

    One or two neighbouring words, compared by stem, counted once a text. Words without meaning of their own and those
    of `leave_out` (the product's own name) are none.
    """
    stem = stemmer(language).stem
    dull = _dull(language) | {stem(word) for text in leave_out for word in words(text)}
    owners: dict[str, list[Any]] = defaultdict(list)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for id_, text in texts:
        for key, phrase in _phrases(text, stem, dull).items():
            owners[key].append(id_)
            written[key][phrase] += 1
    counted = {key: ids for key, ids in owners.items() if len(ids) >= least}
    kept = [key for key in counted if not _swallowed(key, counted)]
    kept.sort(key=lambda key: (-len(counted[key]), " " not in key, key))
    return [Topic(key[:80], written[key].most_common(1)[0][0], tuple(counted[key])) for key in kept[:MOST]]


def _dull(language: str) -> set[str]:
    stem = stemmer(language).stem
    return {stem(word) for word in (*STOP.get(language, ()), *STOP_WORDS.get(language, ()))}


def _phrases(text: str, stem: Any, dull: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.translate(_SENTENCE_ENDS).split("|"):
        before: tuple[str, str] | None = None
        for word in words(part):
            root = stem(word)
            if len(word) < _SHORTEST or not word.isalpha() or root in dull:
                before = None
                continue
            found.setdefault(root, word)
            if before and before[0] != root:
                found.setdefault(f"{before[0]} {root}", f"{before[1]} {word}")
            before = (root, word)
    return found


def _swallowed(key: str, counted: Mapping[str, Sequence[Any]]) -> bool:
    if " " in key:
        return False
    most = max((len(ids) for other, ids in counted.items() if " " in other and key in other.split(" ")), default=0)
    return most >= _SWALLOWED * len(counted[key])

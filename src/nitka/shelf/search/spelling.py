"""Mistyped words: the nearest words of the catalogue by bounded Damerau-Levenshtein distance."""

from array import array
from collections import Counter
from collections.abc import Iterable

from nitka.ground.wording.words import fold

_CANDIDATES = 80


def distance(left: str, right: str, limit: int) -> int:
    """Optimal string alignment distance (a swap of neighbours counts one), or limit + 1 where it is more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def allowed(word: str) -> int:
    """How many slips are forgiven: none under four letters, one under eight, two from there on."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _grams(word: str) -> set[str]:
    padded = f"^{word}$"
    grams = {padded[at : at + 2] for at in range(len(padded) - 1)}
    if len(word) > 5:
        grams |= {padded[at : at + 3] for at in range(len(padded) - 2)}
        grams = {gram for gram in grams if len(gram) == 3}
    return grams


class Dictionary:
    """The words of a catalogue with how many products use each, found by shared letter groups."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        best: dict[str, tuple[str, int]] = {}
        for word, count in counted:
            key = fold(word)
            if key not in best or best[key][1] < count:
                best[key] = (word, count)
        self._keys = list(best)
        self._words = list(best.values())
        self._postings: dict[str, array[int]] = {}
        for number, key in enumerate(self._keys):
            padded = f"^{key}$"
            for size in (2, 3):
                for gram in {padded[at : at + size] for at in range(len(padded) - size + 1)}:
                    self._postings.setdefault(gram, array("I")).append(number)

    def __len__(self) -> int:
        return len(self._keys)

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """Up to `most` words at the smallest distance, the likeliest first; [] when nothing is near enough."""
        key = fold(word)
        limit = allowed(key)
        if not limit:
            return []
        shared: Counter[int] = Counter()
        for gram in _grams(key):
            shared.update(self._postings.get(gram, ()))
        near = []
        for number, _count in shared.most_common(_CANDIDATES):
            other = self._keys[number]
            apart = distance(key, other, limit)
            if apart <= limit:
                same_start = other[0] == key[0]
                near.append((apart, not same_start, -self._words[number][1], self._words[number][0]))
        near.sort()
        return [entry[3] for entry in near if entry[0] == near[0][0]][:most]

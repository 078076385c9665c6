"""Summaries that can be merged in any order: each way of merging is commutative and associative.

So late, early and shuffled events lead to the same summary, and the summaries of two devices become that of a person.
Nothing here holds a fraction: sums of floats depend on their order, sums of integers do not.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

State = dict[str, Any]
Merge = Callable[[Any, Any], Any]
Fields = dict[str, Merge]


def total(first: int, second: int) -> int:
    return first + second


def earliest(first: list[Any], second: list[Any]) -> list[Any]:
    """Of two [at, id, …] the one that came first; equal moments are told apart by the id."""
    return min(first, second)


def latest(first: list[Any], second: list[Any]) -> list[Any]:
    """Of two [at, id, …] the one that came last."""
    return max(first, second)


def spans(gap: int) -> Merge:
    """Stretches of time [[start, end], …]; those that are at most `gap` apart are one."""

    def merge(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
        found: list[list[int]] = []
        for start, end in sorted(first + second):
            if found and start - found[-1][1] <= gap:
                found[-1][1] = max(found[-1][1], end)
            else:
                found.append([start, end])
        return found

    return merge


def newest(most: int) -> Merge:
    """The last `most` of [[at, id, …], …], newest first. Who drops out has `most` younger ones and never comes back."""

    def merge(first: list[list[Any]], second: list[list[Any]]) -> list[list[Any]]:
        return sorted(first + second, reverse=True)[:most]

    return merge


def tally(sums: int, most: int = 0) -> Merge:
    """Word → [sums …, [at, id, more …]]: the first `sums` are added up, the rest is what was said last.

    Of more than `most` words those with the lowest hash stay, for that choice does not depend on the order: a word
    that stays in the end was never dropped on the way, so its sums are whole.
    """

    def merge(first: State, second: State) -> State:
        for word, entry in second.items():
            known = first.get(word)
            first[word] = entry if known is None else _added(known, entry, sums)
        if most and len(first) > most:
            return {word: first[word] for word in sorted(first, key=_hash)[:most]}
        return first

    return merge


def merge(fields: Fields, into: State, other: State) -> State:
    """Merge `other` into `into`, which is changed and returned; `other` is left as it is."""
    for name, value in other.items():
        if name in into:
            into[name] = fields[name](into[name], value)
        else:
            into[name] = dict(value) if isinstance(value, dict) else value
    return into


def _added(known: list[Any], entry: list[Any], sums: int) -> list[Any]:
    return [*(known[place] + entry[place] for place in range(sums)), max(known[sums], entry[sums])]


def _hash(word: str) -> bytes:
    return blake2b(word.encode(), digest_size=8).digest()

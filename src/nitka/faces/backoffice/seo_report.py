"""What search engines would miss: titles and descriptions that are missing, too long, too short or there twice.

Lengths are in letters. Google shows about 580 px of a title, which is some 60 letters of Latin or Cyrillic type, and
about 160 letters of a description; what is longer is cut, what is much shorter says little.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

TITLE_MOST, DESCRIPTION_LEAST, DESCRIPTION_MOST = 60, 50, 160
TROUBLES = ("no_text", "no_description", "long_title", "long_description", "short_description", "double_title",
            "double_description")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What has a page: its own texts by language, where it is shown ({language: path}) and where it is edited."""

    kind: str
    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    paths: Mapping[str, str]
    mend: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One trouble of one thing in one language; `said` is the text that it is about."""

    trouble: str
    language: str
    thing: Thing
    said: str


def findings(things: Iterable[Thing], languages: Iterable[str]) -> list[Finding]:
    """All troubles, the gravest kind first."""
    every, spoken = list(things), tuple(languages)
    found = [finding for thing in every for language in spoken for finding in _own(thing, language)]
    for language in spoken:
        found += _doubles(every, language, "titles", "double_title")
        found += _doubles(every, language, "descriptions", "double_description")
    return sorted(found, key=lambda each: (TROUBLES.index(each.trouble), each.thing.kind, each.thing.name))


def _own(thing: Thing, language: str) -> Iterator[Finding]:
    title, description = thing.titles.get(language, ""), thing.descriptions.get(language, "")
    if not title:
        yield Finding("no_text", language, thing, "")
        return
    if len(title) > TITLE_MOST:
        yield Finding("long_title", language, thing, title)
    if not description:
        yield Finding("no_description", language, thing, title)
    elif len(description) > DESCRIPTION_MOST:
        yield Finding("long_description", language, thing, description)
    elif len(description) < DESCRIPTION_LEAST:
        yield Finding("short_description", language, thing, description)


def _doubles(things: Iterable[Thing], language: str, field: str, trouble: str) -> Iterator[Finding]:
    same: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        if text := getattr(thing, field).get(language, ""):
            same[text.casefold()].append(thing)
    for alike in same.values():
        if len(alike) > 1:
            yield from (Finding(trouble, language, each, getattr(each, field)[language]) for each in alike)

"""Options of a product as people type them: values one a line, names in the languages of the shop."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from nitka.ground.locale import FALLBACK, LANGUAGE_NAMES, pick
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import Combination, OptionDraft, ProductSource
from nitka.shelf.content import queries as content

Names = dict[str, dict[str, str]]


@dataclass(frozen=True)
class ShownValue:
    """A value and who has it."""

    code: str
    name: Mapping[str, str]
    sold: int
    archived: int


@dataclass(frozen=True)
class ShownOption:
    """An option with its values in order."""

    code: str
    name: Mapping[str, str]
    values: tuple[ShownValue, ...]


NEW, MISSING = "", "missing"


@dataclass(frozen=True)
class Typed:
    """What was typed into one of the forms and refused, so that it stands there again. `form` is an option's code,
    NEW, or MISSING."""

    form: str = ""
    posted: QueryDict | None = None

    def stands(self, form: str) -> bool:
        """Whether that form was refused."""
        return self.posted is not None and form == self.form

    def text(self, form: str, name: str, otherwise: object = "") -> object:
        """What stands in a field."""
        return self.posted[name] if self.posted and self.stands(form) and name in self.posted else otherwise

    def ticks(self, form: str, name: str, value: str, otherwise: bool) -> bool:
        """Whether a box is ticked."""
        return value in self.posted.getlist(name) if self.posted and self.stands(form) else otherwise


def options_part(source: ProductSource, *, edits: bool, typed: Typed | None = None) -> dict[str, Any]:
    """What the page of a product shows of its options and of the variants that are missing."""
    typed = _fitting(typed or Typed(), source)
    own = {option["code"] for option in source.options}
    spoken = (FALLBACK, *(code for code in content.shop().languages if code != FALLBACK))
    first = next((each for each in source.variants if each.active), None)
    return {
        "shown_options": [_shown(option, source) for option in source.options],
        "choice_languages": {code: LANGUAGE_NAMES[code] for code in spoken},
        "known_options": [each for each in catalog.known_options() if each.code not in own] if edits else [],
        "missing": [(json.dumps(each.values), each) for each in catalog.missing_variants(source)],
        "combination_count": catalog.count_of(source.options) if source.options else 0,
        "combination_limit": catalog.MAX_COMBINATIONS,
        "priced_like": first.sku if first else "",
        "typed_option": typed,
    }


def _fitting(typed: Typed, source: ProductSource) -> Typed:
    """Without rows that another person changed meanwhile: their places would be those of other values."""
    option = next((each for each in source.options if each["code"] == typed.form), None)
    if typed.posted is None or option is None:
        return typed
    if typed.posted.getlist("value") == [value["code"] for value in option["values"]]:
        return typed
    kept = QueryDict(mutable=True)
    for name, values in typed.posted.lists():
        if name == "more" or name.startswith("name."):
            kept.setlist(name, values)
    return Typed(typed.form, kept)


def _shown(option: Mapping[str, Any], source: ProductSource) -> ShownOption:
    values = []
    for value in option["values"]:
        having = [each.active for each in source.variants if each.options.get(option["code"]) == value["code"]]
        values.append(ShownValue(value["code"], value["name"], sum(having), len(having) - sum(having)))
    return ShownOption(option["code"], option["name"], tuple(values))


def changed_option(posted: QueryDict, option: Mapping[str, Any]) -> OptionDraft:
    """An option of the product as its form now says: names, order, values taken away, values more."""
    known = {value["code"]: dict(value["name"]) for value in option["values"]}
    kept = [
        (_place(posted.get(f"place.{n}", ""), n), n, code)
        for n, code in enumerate(posted.getlist("value"))
        if code in known and not posted.get(f"gone.{n}")
    ]
    listed = posted.getlist("value")
    values: Names = {code: {**known[code], **_typed(posted, f"text.{n}")} for _at, n, code in sorted(kept)}
    # One that another person added meanwhile, which the form knows nothing of, stays.
    values |= {code: name for code, name in known.items() if code not in listed}
    _add(values, posted.get("more", ""), _elsewhere(option["code"]) | known)
    return OptionDraft(code=option["code"], name={**option["name"], **_typed(posted, "name")}, values=values)


def new_option(posted: QueryDict, source: ProductSource) -> OptionDraft:
    """An option that the product does not have yet: a known one of the shop, or one of that name."""
    options = {each.code: each for each in catalog.known_options()}
    name = _typed(posted, "name")
    said = name.get(FALLBACK, "").casefold()
    chosen = options.get(posted.get("known", "")) or next(
        (each for each in options.values() if said and said == each.name.get(FALLBACK, "").casefold()), None
    )
    own = {option["code"] for option in source.options}
    code = chosen.code if chosen else catalog.slugify(name.get(FALLBACK, "")) or "option"
    name = {**(chosen.name if chosen else {}), **{language: text for language, text in name.items() if text}}
    values: Names = {}
    text = posted.get("more", "")
    if chosen and not text.strip() and posted.get("known"):
        values = {value: dict(names) for value, names in chosen.values.items()}
    _add(values, text, {value: dict(names) for value, names in chosen.values.items()} if chosen else {})
    return OptionDraft(code=_unlike(code, own), name=name, values=values)


def chosen_combinations(posted: QueryDict) -> dict[Combination, str]:
    """The ticked combinations with their SKUs. Raises ValueError for what no page of ours sends."""
    found: dict[Combination, str] = {}
    for key in posted.getlist("make"):
        values = json.loads(key)
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise ValueError(key)
        found[tuple(values)] = posted.get(f"sku.{key}", "").strip()
    return found


def _typed(posted: Mapping[str, str], field: str) -> dict[str, str]:
    return {
        language: posted[f"{field}.{language}"].strip()
        for language in LANGUAGE_NAMES
        if f"{field}.{language}" in posted
    }


def _place(text: str, otherwise: int) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return otherwise + 1.0


def _elsewhere(code: str) -> Names:
    """How other products name the values of that option."""
    known = next((each for each in catalog.known_options() if each.code == code), None)
    return {value: dict(names) for value, names in known.values.items()} if known else {}


def split_values(text: str) -> list[str]:
    """What was typed: one a line, or, in a single line, with commas between."""
    lines = [line for line in text.splitlines() if line.strip()]
    parts: Iterable[str] = lines[0].split(",") if len(lines) == 1 else lines
    return [part.strip() for part in parts if part.strip()]


def _add(values: Names, text: str, known: Names) -> None:
    """Put what was typed behind the values; one that the shop knows brings its code and its other languages."""
    for said in split_values(text):
        code = next(
            (code for code, names in known.items() if code not in values and _is_called(names, said)),
            "",
        )
        if code:
            values[code] = known[code]
        else:
            values[_unlike(catalog.slugify(said) or "value", {*values, *known})] = {FALLBACK: said}


def _is_called(names: Mapping[str, str], said: str) -> bool:
    return pick(names, FALLBACK).casefold() == said.casefold()


def _unlike(code: str, taken: set[str]) -> str:
    free, number = code, 2
    while free in taken:
        free, number = f"{code}-{number}", number + 1
    return free

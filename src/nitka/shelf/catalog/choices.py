"""What can be chosen of a product: its options, their combinations, and which of these nobody has made yet."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product, takewhile
from typing import Any

from nitka.ground.locale import pick
from nitka.shelf.catalog.drafts import OptionDraft, Texts
from nitka.shelf.catalog.models import Product, Variant
from nitka.shelf.catalog.slugs import slugify

MAX_COMBINATIONS = 200
Combination = tuple[str, ...]
_LOOKED_AT = 500
_JOINTS = "-_./ "
_PART = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingVariant:
    """A combination without a variant: its value codes in the order of the options, its words, a SKU that is free."""

    values: Combination
    words: tuple[Texts, ...]
    sku: str


def count_of(options: Iterable[Mapping[str, Any]]) -> int:
    """How many combinations there are."""
    return math.prod(len(option["values"]) for option in options)


def combinations(options: Sequence[Mapping[str, Any]]) -> Iterator[Combination]:
    """Every combination as value codes, the last option changing first."""
    return product(*([value["code"] for value in option["values"]] for option in options))


def combination_of(options: Iterable[Mapping[str, Any]], chosen: Mapping[str, str]) -> Combination:
    """What a variant has of these options; "" where it has nothing."""
    return tuple(chosen.get(option["code"], "") for option in options)


def missing_variants(source: Any) -> tuple[MissingVariant, ...]:
    """The combinations of a product (its `ProductSource`) that no variant has, archived ones included.

    Nothing for a product without options, or with more combinations than are made by hand.
    """
    options = source.options
    if not options or count_of(options) > MAX_COMBINATIONS:
        return ()
    there = {combination_of(options, variant.options) for variant in source.variants}
    wanted = [each for each in combinations(options) if each not in there]
    names = {
        (place, value["code"]): value["name"] for place, option in enumerate(options) for value in option["values"]
    }
    words = {each: tuple(names[pair] for pair in enumerate(each)) for each in wanted}
    skus = _free([_joined(_stem(source), words[each], each) for each in wanted])
    return tuple(
        MissingVariant(values=each, words=words[each], sku=sku) for each, sku in zip(wanted, skus, strict=True)
    )


def _stem(source: Any) -> str:
    """What the product's SKUs begin with: all of a lone one without its own values, else what all share."""
    skus = [variant.sku for variant in source.variants] or [source.handle.upper()]
    if len(skus) == 1:
        return _without_values(skus[0], source.options, source.variants[0].options) if source.variants else skus[0]
    # What the least and the greatest share, all between them share.
    pairs = zip(min(skus), max(skus), strict=False)
    shared = "".join(one for one, _other in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if shared and all(sku[len(shared) :][:1] in _JOINTS for sku in skus):
        return shared
    joint = max((shared.rfind(letter) for letter in _JOINTS), default=-1)
    return shared[:joint] if joint > 0 else source.handle.upper()


def _without_values(sku: str, options: Iterable[Mapping[str, Any]], chosen: Mapping[str, str]) -> str:
    for option in reversed(list(options)):
        for value in option["values"]:
            ending = "-" + _part(value["name"], value["code"])
            if value["code"] == chosen.get(option["code"]) and sku.upper().endswith(ending) and len(sku) > len(ending):
                sku = sku[: -len(ending)]
    return sku


def _part(name: Texts, code: str) -> str:
    slug = slugify(pick(name, "en")) or slugify(code) or code
    return (slug if len(slug) <= _PART else slug[: _PART + 1].rsplit("-", 1)[0][:_PART]).upper()


def _joined(stem: str, words: Sequence[Texts], codes: Combination) -> str:
    return "-".join([stem, *(_part(name, code) for name, code in zip(words, codes, strict=True))])[:94]


def _free(wishes: Sequence[str]) -> list[str]:
    """The wishes, with a number behind those that are taken."""
    taken = set(Variant.objects.filter(sku__in=wishes).values_list("sku", flat=True))
    free = []
    for wish in wishes:
        sku, number = wish, 2
        while sku in taken:
            sku, number = f"{wish}-{number}", number + 1
            if sku not in taken and Variant.objects.filter(sku=sku).exists():
                taken.add(sku)
        taken.add(sku)
        free.append(sku)
    return free


def known_options() -> tuple[OptionDraft, ...]:
    """The options that the newest products of the shop have, each with all its values, the most used first."""
    names: dict[str, dict[str, str]] = {}
    values: dict[str, dict[str, dict[str, str]]] = {}
    uses: dict[str, int] = {}
    rows = Product.objects.exclude(options=[]).order_by("-id").values_list("options", flat=True)
    for options in rows[:_LOOKED_AT]:
        for option in options:
            code = option["code"]
            uses[code] = uses.get(code, 0) + 1
            names[code] = {**option["name"], **names.get(code, {})}
            for value in option["values"]:
                known = values.setdefault(code, {})
                known[value["code"]] = {**value["name"], **known.get(value["code"], {})}
    order = sorted(uses, key=lambda code: (-uses[code], code))
    return tuple(OptionDraft(code=code, name=names[code], values=values.get(code, {})) for code in order)

"""A file that is told again: what it says otherwise than the last time changes, what was made by hand since stays.

`Product.told` keeps of the last file a short hash for each part of the product and for each variant, and its options.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product as every
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from nitka.shelf.catalog.drafts import MediaDraft, OptionDraft, ProductDraft, VariantDraft
from nitka.shelf.catalog.files import digest_of
from nitka.shelf.catalog.models import Media, Product, Variant
from nitka.shelf.catalog.problems import FileRefused

Told = dict[str, Any]
_TEXTS = ("title", "summary", "description", "seo_title", "seo_description", "slug")
_PLAIN = ("category", "brand", "tags", "status", "kind", "tax_class", "hs_code", "origin_country", "customs_name")
_OF_VARIANT = ("gtin", "more_gtins", "mpn", "weight_g", "unit", "unit_quantity", "attributes")


def told_by(draft: ProductDraft) -> Told:
    """What is kept of a draft, so that the next one can be held against it."""
    parts = {name: _hash(getattr(draft, name)) for name in (*_PLAIN, "position")}
    for name in _TEXTS:
        parts |= {f"{name}.{language}": _hash(text) for language, text in getattr(draft, name).items()}
    parts |= {f"attributes.{code}": _hash(value) for code, value in draft.attributes.items()}
    return {
        "parts": parts,
        "options": {each.code: {"is": _hash(each), "values": list(each.values)} for each in draft.options},
        "variants": {each.sku: _hash(each) for each in draft.variants},
        "media": {"is": _hash([replace(each, path=None) for each in draft.media]), "files": _files(draft.media)},
    }


def _hash(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def _files(media: Iterable[MediaDraft]) -> list[str]:
    return [_digest(each.path) for each in media if each.path is not None]


def _digest(path: Path) -> str:
    try:
        return digest_of(path)[:16]
    except FileRefused:
        return ""


def _kept_under(file: str) -> str:
    """The hash in the name of a file that is kept: goods/ab/cdef….png."""
    return "".join(Path(file).with_suffix("").parts[-2:])[:16]


@dataclass(frozen=True, slots=True)
class Retold:
    """The draft with what stays in it, and the SKUs of which the file says something new."""

    draft: ProductDraft
    news: frozenset[str]


def retold(
    draft: ProductDraft, told: Told, row: Product, variants: Sequence[Variant], media: Sequence[Media]
) -> Retold:
    """The product as it shall be: as the file says where it says something new, else as it is.

    A product of which no file spoke before keeps what this one leaves empty.
    """
    before: Told = row.told or _of_older_release(row, variants)
    by_sku = {each.sku: each for each in variants}
    news = frozenset(
        sku for sku, said in told["variants"].items() if sku not in by_sku or before["variants"].get(sku) != said
    )
    options = _options(draft, row.options, before, told, bool(news))
    stays = [each for each in variants if each.sku not in told["variants"] and each.sku not in before["variants"]]
    merged = _variants(draft, by_sku, news, options, stays)
    used = {pair for each in merged for pair in each.options.items()}
    return Retold(
        replace(
            draft, **_parts(draft, row, before["parts"], told["parts"]), variants=tuple(merged),
            options=tuple(_without_dropped(each, row.options, told, used) for each in options),
            media=_media(draft, before, told, media),
        ),
        news,
    )  # fmt: skip


def _of_older_release(row: Product, variants: Sequence[Variant]) -> Told:
    """An import of an earlier release kept nothing but its digest: then all that is there counts as told by it."""
    if not row.digest:
        return {"parts": {}, "options": {}, "variants": {}, "media": {"is": "", "files": []}}
    return {
        "parts": {}, "variants": {each.sku: "" for each in variants}, "media": {"is": "", "files": None},
        "options": {
            each["code"]: {"is": "", "values": [value["code"] for value in each["values"]]} for each in row.options
        },
    }  # fmt: skip


def _parts(draft: ProductDraft, row: Product, before: Told, told: Told) -> dict[str, Any]:
    now: dict[str, Any] = {
        "category": (row.category.handle,) if row.category else (), "brand": row.brand.name if row.brand else "",
        "tags": tuple(row.tags), "status": row.status, "kind": row.kind, "tax_class": row.tax_class,
        "hs_code": row.hs_code, "origin_country": row.origin_country, "customs_name": row.customs_name,
        "position": row.position,
    }  # fmt: skip
    kept: dict[str, Any] = {
        name: value
        for name, value in now.items()
        if before.get(name) == told[name]
        or (name not in before and (name == "kind" or getattr(draft, name) in ((), "", None, 0)))
    }
    for name in _TEXTS:
        texts = getattr(draft, name)
        kept[name] = {
            language: text
            for language, text in texts.items()
            if before.get(f"{name}.{language}") != told[f"{name}.{language}"]
        }
    kept["attributes"] = _attributes(draft, row, before, told)
    return kept


def _attributes(draft: ProductDraft, row: Product, before: Told, told: Told) -> dict[str, Any]:
    own = {code: value for code, value in row.attributes.items() if f"attributes.{code}" not in before}
    for code, value in draft.attributes.items():
        name = f"attributes.{code}"
        if before.get(name) != told[name]:
            own[code] = value
        elif code in row.attributes:
            own[code] = row.attributes[code]
    return own


def _options(
    draft: ProductDraft, there: Sequence[Mapping[str, Any]], before: Told, told: Told, news: bool
) -> list[OptionDraft]:
    """The file's options in its order, then those made by hand. One that was taken off by hand comes back with the
    first variant that needs it."""
    known = {each["code"]: each for each in there}
    made: list[OptionDraft] = []
    for each in draft.options:
        was = known.get(each.code)
        was_told = before["options"].get(each.code, {"is": "", "values": []})
        if was is None:
            if news or was_told["is"] != told["options"][each.code]["is"]:
                made.append(each)
        elif was_told["is"] == told["options"][each.code]["is"]:
            made.append(_as_draft(was))
        else:
            made.append(_joined(each, was))
    made += [_as_draft(was) for code, was in known.items() if code not in told["options"]
             and code not in before["options"]]  # fmt: skip
    return made


def _as_draft(option: Mapping[str, Any]) -> OptionDraft:
    values = {value["code"]: value["name"] for value in option["values"]}
    return OptionDraft(code=option["code"], name=option["name"], values=values)


def _joined(draft: OptionDraft, was: Mapping[str, Any]) -> OptionDraft:
    """The file's words over those of other languages, and its values before those that it does not name."""
    old = {value["code"]: value["name"] for value in was["values"]}
    values = {code: {**old.get(code, {}), **texts} for code, texts in draft.values.items()}
    return OptionDraft(
        code=draft.code, name={**was["name"], **draft.name},
        values=values | {code: texts for code, texts in old.items() if code not in values},
    )  # fmt: skip


def _without_dropped(
    option: OptionDraft, there: Sequence[Mapping[str, Any]], told: Told, used: set[tuple[str, str]]
) -> OptionDraft:
    """Without values that neither the file names nor a variant has, where the file speaks of the option at all."""
    said = told["options"].get(option.code)
    if said is None:
        return option
    kept = {c: texts for c, texts in option.values.items() if c in said["values"] or (option.code, c) in used}
    return replace(option, values=kept) if kept else option


def _variants(
    draft: ProductDraft,
    there: Mapping[str, Variant],
    news: frozenset[str],
    options: Sequence[OptionDraft],
    stays: Sequence[Variant],
) -> list[VariantDraft]:
    taken = {tuple(each.options.get(option.code, "") for option in options) for each in stays}
    made: list[VariantDraft] = []
    # Those that are there choose first, so that a new one takes what is free.
    for each in sorted(draft.variants, key=lambda each: each.sku not in there):
        row = there.get(each.sku)
        base = each if row is None else _of_row(row) if each.sku not in news else _over(each, row)
        made.append(replace(base, options=_choice(base.options, each.options, options, taken)))
    order = {each.sku: place for place, each in enumerate(draft.variants)}
    made.sort(key=lambda each: order[each.sku])
    return made + [_of_row(row) for row in stays]


def _choice(
    own: Mapping[str, str], said: Mapping[str, str], options: Sequence[OptionDraft], taken: set[tuple[str, ...]]
) -> dict[str, str]:
    wanted = {**said, **own}
    ways = [
        [wanted[each.code]] if wanted.get(each.code) in each.values else list(each.values) for each in options
    ]  # fmt: skip
    found = next((each for each in every(*ways) if each not in taken), tuple(way[0] for way in ways))
    taken.add(found)
    return {each.code: value for each, value in zip(options, found, strict=True)}


def _over(draft: VariantDraft, row: Variant) -> VariantDraft:
    """What the file says of a variant over what is there; what it leaves empty stays, and choices made by hand."""
    was = _of_row(row)
    kept = {name: getattr(was, name) for name in _OF_VARIANT if getattr(draft, name) in ("", (), None, {})}
    size = draft.dimensions_mm or was.dimensions_mm
    return replace(draft, **kept, dimensions_mm=size, options={**was.options, **draft.options})


def _of_row(row: Variant) -> VariantDraft:
    return VariantDraft(
        sku=row.sku, gtin=row.gtin, more_gtins=tuple(row.more_gtins), mpn=row.mpn, options=row.options,
        weight_g=row.weight_g, dimensions_mm=(row.length_mm, row.width_mm, row.height_mm), unit=row.unit,
        unit_quantity=row.unit_quantity, active=row.active, attributes=row.attributes,
    )  # fmt: skip


def _media(draft: ProductDraft, before: Told, told: Told, there: Sequence[Media]) -> tuple[MediaDraft, ...]:
    """The file's pictures where they changed, and with them what somebody put beside them."""
    if not draft.media or before["media"] == told["media"]:
        return ()
    files = before["media"]["files"]
    theirs = {*(files or ()), *told["media"]["files"]}
    own = [] if files is None else [each for each in there if _kept_under(each.file) not in theirs]
    return draft.media + tuple(
        MediaDraft(
            path=Path(settings.MEDIA_ROOT) / each.file, kind=each.kind, alt=each.alt, title=each.title,
            options=each.options, position=len(draft.media) + place, outline=tuple(each.outline),  # type: ignore[arg-type]
        )
        for place, each in enumerate(own)
    )  # fmt: skip

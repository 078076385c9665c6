"""JSON Lines: a product a line, with a mapping that says which field is what."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from nitka.faces.files import parsing
from nitka.faces.files.labels import label
from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.parsing import Parsed, RowError, Settings
from nitka.faces.files.problems import BadRow, UnreadableFile
from nitka.faces.files.reading import MAX_FIELD, lines, opened
from nitka.shelf.catalog.queries import AttributeDraft, AttributeView, MediaDraft, ProductDraft, VariantDraft, slugify

MAX_FIELDS = 2_000
_KIND_LETTER = {"text": "t", "number": "n", "boolean": "b"}


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """The objects of the file with their lines, or in place of one the reason why it is none."""
    with opened(path) as file:
        for number, line in lines(file):
            if line is None:
                yield number, _("The line is longer than any product.")
                continue
            text = line.strip()
            if text:
                yield number, _object(text.removeprefix(b"\xef\xbb\xbf"))


def _object(text: bytes) -> dict[str, Any] | str:
    try:
        row = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return _("The line is no JSON in UTF-8 (%(reason)s).") % {"reason": error.msg}
    if not isinstance(row, dict):
        return _("The line is no JSON object.")
    if len(row) > MAX_FIELDS:
        return _("The line has more than %(limit)s fields.") % {"limit": MAX_FIELDS}
    if len(text) > MAX_FIELD and any(isinstance(value, str) and len(value) > MAX_FIELD for value in row.values()):
        return _("A field is longer than 1 MB.")
    return row


def fields_of(path: Path) -> set[str]:
    """The fields of the first rows. Raises UnreadableFile where there is no row that can be read."""
    found: set[str] = set()
    for number, row in rows(path):
        if isinstance(row, dict):
            found |= row.keys()
        if number >= 20:
            break
    if not found:
        raise UnreadableFile(_("The first lines hold no JSON object. Nothing was imported."))
    return found


@dataclass(slots=True)
class Survey:
    """What a first walk through the file found: how many rows, and which attributes of which kind."""

    rows: int = 0
    uses: Counter[str] = field(default_factory=Counter)


def survey(path: Path, mapping: FileMapping) -> Survey:
    """Walk through the whole file, so that nothing is written of one that cannot be read to its end."""
    found = Survey()
    prefixes = tuple(mapping.prefixes.values())
    for _number, row in rows(path):
        found.rows += 1
        if prefixes and isinstance(row, dict):
            found.uses.update(name for name in row if name.startswith(prefixes))
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the file that is an attribute of ours."""

    code: str
    kind: str


def columns(found: Survey, mapping: FileMapping, known: Mapping[str, AttributeView]) -> dict[str, Column]:
    """Field → attribute. Where two kinds share a name, the one in the shop (else the commoner) keeps it."""
    made: dict[str, Column] = {}
    taken: dict[str, str] = {}
    for name, _count in sorted(found.uses.items(), key=lambda use: (-use[1], use[0])):
        kind, prefix = next(pair for pair in mapping.prefixes.items() if name.startswith(pair[1]))
        code = name.removeprefix(prefix)[:110]
        kept = known[code].kind if code in known else taken.get(code, kind)
        if not code or kept != kind:
            code = f"{code}_{_KIND_LETTER[kind]}"
        taken[code] = kind
        made[name] = Column(code, kind)
    return made


def attribute_drafts(made: Mapping[str, Column], settings: Settings) -> list[AttributeDraft]:
    """The attributes of these columns, with words and units."""
    mapping = settings.mapping
    drafts = {}
    for name, column in made.items():
        bare = name.removeprefix(mapping.prefixes[column.kind])
        words = mapping.attribute_names.get(bare) or label(bare)
        unit = mapping.attribute_units.get(bare, "") if column.kind == "number" else ""
        drafts[column.code] = AttributeDraft(
            code=column.code, kind=column.kind, unit=unit, name={settings.language: words}
        )
    return list(drafts.values())


def parsed(path: Path, settings: Settings, made: Mapping[str, Column]) -> Iterator[Parsed]:
    """The products of the file, one after the other. Raises UnreadableFile."""
    for number, row in rows(path):
        found = Parsed(line=number, handle="")
        if isinstance(row, str):
            found.errors.append(RowError(number, "", row))
        else:
            try:
                found.draft = _draft(row, settings, made, found)
            except BadRow as trouble:
                found.errors.append(RowError(number, found.handle, str(trouble)))
        yield found


def _draft(row: Mapping[str, Any], settings: Settings, made: Mapping[str, Column], found: Parsed) -> ProductDraft:
    mapping, language = settings.mapping, settings.language
    found.handle = handle = _handle(_text(row, mapping, "handle"))
    title = _text(row, mapping, "title")
    if not handle or not title:
        raise BadRow(_("The handle is missing.") if not handle else _("The title is missing."))
    variant = _variant(row, settings, handle)
    found.lines[variant.sku] = found.line
    texts: dict[str, Any] = {"title": {language: title}}
    for name in ("summary", "description", "seo_title", "seo_description"):
        if name in mapping.fields and (text := _text(row, mapping, name)):
            texts[name] = {language: text}
    path = _text(row, mapping, "category") or _text(row, mapping, "category_otherwise")
    return ProductDraft(
        handle=handle, variants=(variant,), language=language, **texts,
        brand=_text(row, mapping, "brand")[:200], status=_text(row, mapping, "status") or "published",
        category=tuple(part.strip()[:200] for part in path.split(mapping.category_separator) if part.strip())[:12],
        tags=tuple(_several(_value(row, mapping, "tags")))[:250],
        attributes=_attributes(row, made), media=_media(row, settings, found),
        tax_class=_text(row, mapping, "tax_class")[:20],
        hs_code=_text(row, mapping, "hs_code") or None, origin_country=_text(row, mapping, "origin_country") or None,
        customs_name=_text(row, mapping, "customs_name") or None,
    )  # fmt: skip


def _value(row: Mapping[str, Any], mapping: FileMapping, ours: str) -> Any:
    for name in mapping.fields.get(ours, ()):
        value = row.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


def _text(row: Mapping[str, Any], mapping: FileMapping, ours: str) -> str:
    value = _value(row, mapping, ours)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadRow(_("The field for %(name)s holds no text.") % {"name": ours})
    return str(value).strip()


def _several(value: Any) -> list[str]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return []
    return [str(part).strip() for part in value if isinstance(part, str | int) and str(part).strip()]


def _handle(text: str) -> str:
    return text if text.isascii() and text.replace("-", "").replace("_", "").isalnum() else slugify(text)


def _variant(row: Mapping[str, Any], settings: Settings, handle: str) -> VariantDraft:
    mapping = settings.mapping
    minor = parsing.amount(_value(row, mapping, "price"), mapping)
    if minor is None and "price" in mapping.fields:
        raise BadRow(_("The price is missing."))
    compare_at = parsing.amount(_value(row, mapping, "compare_at"), mapping)
    codes = [code for code in _several(_value(row, mapping, "gtin")) if code.isdigit() and 8 <= len(code) <= 14]
    size = tuple(parsing.measure(_value(row, mapping, name)) for name in ("length_mm", "width_mm", "height_mm"))
    return VariantDraft(
        sku=_text(row, mapping, "sku") or handle, gtin=codes[0] if codes else "", more_gtins=tuple(codes[1:20]),
        mpn=_text(row, mapping, "mpn")[:255], weight_g=parsing.measure(_value(row, mapping, "weight_g")),
        dimensions_mm=(size[0], size[1], size[2]) if any(size) else None, stock=_stock(row, settings),
        prices={} if minor is None else parsing.prices(settings, minor, compare_at),
    )  # fmt: skip


def _stock(row: Mapping[str, Any], settings: Settings) -> dict[str, int]:
    pieces = _value(row, settings.mapping, "stock")
    if pieces is None:
        return {} if settings.stock is None else {settings.location: settings.stock}
    if isinstance(pieces, bool) or not isinstance(pieces, int) or not 0 <= pieces <= 10**9:
        raise BadRow(_("“%(text)s” is no number of pieces.") % {"text": str(pieces)[:20]})
    return {settings.location: pieces}


def _attributes(row: Mapping[str, Any], made: Mapping[str, Column]) -> dict[str, Any]:
    found = {}
    for name, value in row.items():
        column = made.get(name)
        if column is not None and value is not None and value != "":
            found[column.code] = _typed(value, column, name)
    return found


def _typed(value: Any, column: Column, name: str) -> Any:
    if column.kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value) and abs(value) < 1e15:
            return int(value) if value == int(value) else value
    elif isinstance(value, bool if column.kind == "boolean" else str) and column.kind != "number":
        return value
    elif column.kind == "text" and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    raise BadRow(_("The field %(name)s is not of the kind “%(kind)s”.") % {"name": name[:80], "kind": column.kind})


def _media(row: Mapping[str, Any], settings: Settings, found: Parsed) -> tuple[MediaDraft, ...]:
    given = _value(row, settings.mapping, "pictures")
    media: list[MediaDraft] = []
    for name in [given] if isinstance(given, str) else _several(given):
        try:
            path = parsing.picture_named(settings.images, name)
            if path is None:
                found.unfetched += 1
            else:
                media.append(MediaDraft(path=path, position=len(media)))
        except BadRow as trouble:
            found.errors.append(RowError(found.line, found.handle, str(trouble)))
    return tuple(media)

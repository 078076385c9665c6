"""From rows to products. The rows are Shopify's: one a variant, the first of a product with its texts, further rows
with more pictures; other shops' files come in the same dress (`forms/`), with a few columns more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from nitka.faces.files import parsing
from nitka.faces.files.parsing import Parsed, RowError, Settings
from nitka.faces.files.problems import BadRow
from nitka.shelf.catalog.queries import MediaDraft, OptionDraft, ProductDraft, VariantDraft, slugify

STATUS = {"active": "published", "draft": "draft", "archived": "archived", "": "published"}
EXTRA = "\0"  # no column of a file that was read is called so
REFUSED = "\0refused"
NOTE = "\0note"
ATTRIBUTE = "\0attribute:"
HEAD = "\0head"  # a row of a product that has its variants in rows of their own
OPTIONS = range(1, 9)
Row = dict[str, str]
Lines = list[tuple[int, Row]]


def parsed(groups: Iterator[Lines], settings: Settings) -> Iterator[Parsed]:
    """The products of these rows, one after the other."""
    taken: set[str] = set()
    for lines in groups:
        yield _product(lines, settings, taken)


def is_variant(row: Row) -> bool:
    """Whether the row tells of a variant, not of a picture alone."""
    return any(row.get(name) for name in ("Variant SKU", "Variant Price", "Option1 Value"))


@dataclass(slots=True)
class _Reading:
    """One product while its rows are read."""

    settings: Settings
    found: Parsed
    options: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    variants: list[VariantDraft] = field(default_factory=list)
    shown_by: dict[str, list[VariantDraft]] = field(default_factory=dict)

    def error(self, line: int, item: str, trouble: BadRow | str) -> None:
        column = trouble.column if isinstance(trouble, BadRow) else ""
        named = self.settings.columns.get(column, "")
        self.found.errors.append(RowError(line, item, str(trouble), named))


def _product(lines: Lines, settings: Settings, taken: set[str]) -> Parsed:
    line, first = lines[0]
    handle = first.get("Handle", "").strip()
    found = Parsed(line=line, handle=handle, notes=[row[NOTE] for _line, row in lines if NOTE in row])
    if REFUSED in first:
        found.errors.append(RowError(line, first.get("Variant SKU", "") or handle, first[REFUSED]))
        return found
    if not handle or not first.get("Title", "").strip():
        reason = _("The handle is missing.") if not handle else _("The first row of the product has no title.")
        found.errors.append(RowError(line, handle, reason))
        return found
    if handle in taken:
        handle = f"{handle}-{slugify(first.get('Variant SKU', '')) or line}"
    found.handle = handle
    taken |= {first["Handle"].strip(), handle}
    reading = _Reading(settings, found)
    _read_options(reading, lines)
    for place, (number, row) in enumerate(lines):
        if is_variant(row) or (place == 0 and HEAD not in row):
            _read_variant(reading, number, row)
    media = _media(reading, lines)
    if reading.variants:
        found.draft = _draft(reading, first, media)
    elif not found.errors:
        reading.error(line, handle, _("The product has no variant."))
    return found


def _read_options(reading: _Reading, lines: Lines) -> None:
    first = lines[0][1]
    for place in OPTIONS:
        name = first.get(f"Option{place} Name", "").strip()
        if name and not (name == "Title" and first.get(f"Option{place} Value") == "Default Title"):
            code = code_of(name)
            reading.options.append((f"Option{place} Value", code))
            reading.values[code] = {}


def code_of(text: str) -> str:
    """What an option, a value or a property of that name is known by."""
    return slugify(text) or "x" + sha256(text.encode()).hexdigest()[:8]


def _read_variant(reading: _Reading, line: int, row: Row) -> None:
    settings, handle = reading.settings, reading.found.handle
    chosen = {code: row.get(column, "").strip() for column, code in reading.options}
    sku = row.get("Variant SKU", "").strip() or "-".join([handle, *map(code_of, chosen.values())])
    try:
        if EXTRA in row:
            raise BadRow(_("The row has more cells than the first line names."))
        if sku in reading.found.lines:
            raise BadRow(_("The SKU %(sku)s occurs twice.") % {"sku": sku})
        if not all(chosen.values()):
            empty = next(column for column, code in reading.options if not chosen[code])
            raise BadRow(_("A value of an option is missing."), empty)
        minor = _amount(row, "Variant Price", settings)
        if minor is None:
            raise BadRow(_("The price is missing."), "Variant Price")
        variant = VariantDraft(
            sku=sku, gtin=_gtin(row, reading), mpn=row.get("MPN", "").strip()[:255], weight_g=_weight(row),
            dimensions_mm=_size(row), stock=_stock(row, settings),
            options={code: code_of(value) for code, value in chosen.items()},
            prices=parsing.prices(settings, minor, _amount(row, "Variant Compare At Price", settings)),
        )  # fmt: skip
    except BadRow as trouble:
        reading.error(line, sku, trouble)
        return
    for code, value in chosen.items():
        reading.values[code].setdefault(code_of(value), {settings.language: value})
    reading.found.lines[sku] = line
    reading.variants.append(variant)
    if row.get("Variant Image"):
        reading.shown_by.setdefault(row["Variant Image"].strip(), []).append(variant)


def _told(row: Row, column: str) -> str | None:
    """The cell; None where the file has no such column, and then nothing is changed."""
    return row[column].strip() if row.get(column) is not None else None


def _amount(row: Row, column: str, settings: Settings) -> int | None:
    try:
        return parsing.amount(row.get(column), settings.mapping)
    except BadRow as trouble:
        raise BadRow(str(trouble), column) from None


def _gtin(row: Row, reading: _Reading) -> str:
    code = row.get("Variant Barcode", "").strip().lstrip("'")
    if code.isascii() and code.isdigit() and 8 <= len(code) <= 14:
        return code
    if code:
        reading.found.notes.append(_("A barcode that is no GTIN of 8 to 14 digits was left out."))
    return ""


def _size(row: Row) -> tuple[int | None, int | None, int | None] | None:
    length, width, height = (parsing.measure(row.get(name)) for name in ("Length mm", "Width mm", "Height mm"))
    return (length, width, height) if length or width or height else None


def _weight(row: Row) -> int | None:
    text = row.get("Variant Grams", "").strip()
    if text.startswith("-"):
        raise BadRow(_("The weight is below zero."), "Variant Grams")
    return parsing.measure(text)


def _stock(row: Row, settings: Settings) -> dict[str, int]:
    text = row.get("Variant Inventory Qty", "").strip()
    if not text:
        return {} if settings.stock is None else {settings.location: settings.stock}
    # Magento writes 12.0000; three places could be thousands, and are nobody's guess.
    whole = re.fullmatch(r"(-?\d{1,10})(?:\.(?:0{1,2}|0{4,}))?", text)
    pieces = int(whole[1]) if whole else None
    if pieces is None or abs(pieces) > 10**9:
        raise BadRow(_("“%(text)s” is no number of pieces.") % {"text": text[:20]}, "Variant Inventory Qty")
    # Shopify counts below zero where more was sold than there was.
    return {settings.location: max(0, pieces)}


def _media(reading: _Reading, lines: Lines) -> tuple[MediaDraft, ...]:
    language = reading.settings.language
    wanted: dict[str, tuple[int, str, str]] = {}
    for line, row in lines:
        for column in ("Image Src", "Variant Image"):
            if row.get(column, "").strip():
                alt = row.get("Image Alt Text", "") if column == "Image Src" else ""
                wanted.setdefault(row[column].strip(), (line, alt, column))
    media: list[MediaDraft] = []
    gallery = {row.get("Image Src", "").strip() for _line, row in lines}
    # The gallery comes first, in the file's order; then what only a variant shows.
    for name in sorted(wanted, key=lambda name: name not in gallery):
        line, alt, column = wanted[name]
        try:
            path = parsing.picture_named(reading.settings.images, name)
        except BadRow as trouble:
            reading.error(line, reading.found.handle, BadRow(str(trouble), column))
            continue
        if path is None:
            reading.found.unfetched += 1
            continue
        options = _common(reading.shown_by.get(name, []), reading.variants)
        alts = {language: alt.strip()} if alt.strip() else {}
        media.append(MediaDraft(path=path, alt=alts, position=len(media), options=options))
    return tuple(media)


def _common(showing: Sequence[VariantDraft], variants: Sequence[VariantDraft]) -> dict[str, str]:
    """The choice that all variants with this picture share; nothing where it is not theirs alone."""
    if not showing or len(showing) == len(variants):
        return {}
    shared = set(showing[0].options.items())
    for variant in showing:
        shared &= set(variant.options.items())
    return dict(sorted(shared))


def _draft(reading: _Reading, first: Row, media: tuple[MediaDraft, ...]) -> ProductDraft:
    language = reading.settings.language
    path = first.get("Product Category", "") or first.get("Type", "")
    separator = reading.settings.mapping.category_separator
    names = {code: first[column.replace("Value", "Name")].strip() for column, code in reading.options}
    texts: dict[str, Any] = {
        ours: {language: first[theirs]} if first.get(theirs, "").strip() else {}
        for ours, theirs in {
            "title": "Title", "summary": "Summary", "description": "Body (HTML)", "seo_title": "SEO Title",
            "seo_description": "SEO Description",
        }.items()
    }  # fmt: skip
    status = STATUS.get(first.get("Status", "").strip().lower(), "draft")
    hidden = first.get("Published", "").strip().lower() == "false"
    return ProductDraft(
        handle=reading.found.handle, brand=first.get("Vendor", "").strip()[:200], language=language, **texts,
        category=tuple(part.strip()[:200] for part in path.split(separator) if part.strip())[:12],
        tags=tuple(tag.strip() for tag in first.get("Tags", "").split(",") if tag.strip())[:250],
        status="draft" if hidden and status == "published" else status,
        options=tuple(
            OptionDraft(code=code, name={language: names[code]}, values=reading.values[code])
            for _column, code in reading.options
        ),
        variants=tuple(reading.variants), media=media, hs_code=_told(first, "HS Code"),
        origin_country=_told(first, "COO"), customs_name=_told(first, "Customs Name"),
        tax_class=(_told(first, "Tax Class") or "")[:20],
        attributes={
            reading.settings.attributes[name]: text.strip()
            for name, text in first.items()
            if name in reading.settings.attributes and text.strip()
        },
    )  # fmt: skip

"""Shopify's product CSV: one row a variant, the first of a product with its texts, further rows with more pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nitka.faces.files import parsing
from nitka.faces.files.parsing import Parsed, RowError, Settings
from nitka.faces.files.problems import BadRow, UnreadableFile
from nitka.faces.files.reading import csv_rows
from nitka.shelf.catalog.queries import MediaDraft, OptionDraft, ProductDraft, VariantDraft, slugify

NEEDED = {"Handle", "Title"}
STATUS = {"active": "published", "draft": "draft", "archived": "archived", "": "published"}
GRAMS = {"g": 1.0, "kg": 1000.0, "oz": 28.349523125, "lb": 453.59237}
_EXTRA = "\0"  # no column of a file that was read is called so
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, str]
Lines = list[tuple[int, Row]]


def header(path: Path) -> list[str]:
    """The names of the columns. Raises UnreadableFile where it cannot be such a file."""
    for _line, row in csv_rows(path):
        names = [name.strip() for name in row]
        if not set(names) >= NEEDED or not {"Variant Price", "Variant SKU"} & set(names):
            raise UnreadableFile(_("The first line does not name the columns Handle, Title and Variant Price."))
        if len(set(names) - {""}) != len([name for name in names if name]):
            raise UnreadableFile(_("The first line names a column twice."))
        return names
    raise UnreadableFile(_("The file is empty."))


def parsed(path: Path, settings: Settings) -> Iterator[Parsed]:
    """The products of the file, one after the other. Raises UnreadableFile."""
    taken: set[str] = set()
    for lines in _groups(path):
        yield _product(lines, settings, taken)


def _groups(path: Path) -> Iterator[Lines]:
    """The rows of each product: those of one handle that follow each other, until one begins anew."""
    names = header(path)
    group: Lines = []
    chosen: set[tuple[str, ...]] = set()
    for line, cells in csv_rows(path):
        if line == 1 or not any(cells):
            continue
        row = {name: _cell(cells[place]) for place, name in enumerate(names) if place < len(cells)}
        if len(cells) > len(names):
            row[_EXTRA] = "yes"
        choice = tuple(row.get(f"Option{n} Value", "") for n in (1, 2, 3))
        # Two articles whose texts are alike share a handle, but never the same choice of options.
        anew = bool(row.get("Title")) and choice in chosen
        if group and (row.get("Handle") != group[0][1].get("Handle") or anew):
            yield group
            group, chosen = [], set()
        group.append((line, row))
        if _is_variant(row):
            chosen.add(choice)
    if group:
        yield group


def _cell(text: str) -> str:
    # Our own export puts an apostrophe before what a spreadsheet would take for a formula.
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _is_variant(row: Row) -> bool:
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

    def error(self, line: int, item: str, reason: str) -> None:
        self.found.errors.append(RowError(line, item, reason))


def _product(lines: Lines, settings: Settings, taken: set[str]) -> Parsed:
    line, first = lines[0]
    handle = first.get("Handle", "").strip()
    found = Parsed(line=line, handle=handle)
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
    for number, row in lines:
        if _is_variant(row) or number == line:
            _read_variant(reading, number, row)
    media = _media(reading, lines)
    if reading.variants:
        found.draft = _draft(reading, first, media)
    elif not found.errors:
        reading.error(line, handle, _("The product has no variant."))
    return found


def _read_options(reading: _Reading, lines: Lines) -> None:
    first = lines[0][1]
    for place in (1, 2, 3):
        name = first.get(f"Option{place} Name", "").strip()
        if name and not (name == "Title" and first.get(f"Option{place} Value") == "Default Title"):
            code = _code(name)
            reading.options.append((f"Option{place} Value", code))
            reading.values[code] = {}


def _code(text: str) -> str:
    return slugify(text) or "x" + sha256(text.encode()).hexdigest()[:8]


def _read_variant(reading: _Reading, line: int, row: Row) -> None:
    settings, handle = reading.settings, reading.found.handle
    chosen = {code: row.get(column, "").strip() for column, code in reading.options}
    sku = row.get("Variant SKU", "").strip() or "-".join([handle, *map(_code, chosen.values())])
    try:
        if _EXTRA in row:
            raise BadRow(_("The row has more cells than the first line names."))
        if sku in reading.found.lines:
            raise BadRow(_("The SKU %(sku)s occurs twice.") % {"sku": sku})
        if not all(chosen.values()):
            raise BadRow(_("A value of an option is missing."))
        minor = parsing.amount(row.get("Variant Price"), settings.mapping)
        if minor is None:
            raise BadRow(_("The price is missing."))
        compare_at = parsing.amount(row.get("Variant Compare At Price"), settings.mapping)
        variant = VariantDraft(
            sku=sku, gtin=_gtin(row), weight_g=_weight(row), stock=_stock(row, settings),
            options={code: _code(value) for code, value in chosen.items()},
            prices=parsing.prices(settings, minor, compare_at),
        )  # fmt: skip
    except BadRow as trouble:
        reading.error(line, sku, str(trouble))
        return
    for code, value in chosen.items():
        reading.values[code].setdefault(_code(value), {settings.language: value})
    reading.found.lines[sku] = line
    reading.variants.append(variant)
    if row.get("Variant Image"):
        reading.shown_by.setdefault(row["Variant Image"].strip(), []).append(variant)


def _told(row: Row, column: str) -> str | None:
    """The cell; None where the file has no such column, and then nothing is changed."""
    return row[column].strip() if row.get(column) is not None else None


def _gtin(row: Row) -> str:
    code = row.get("Variant Barcode", "").strip().lstrip("'")
    return code if code.isascii() and code.isdigit() and 8 <= len(code) <= 14 else ""


def _weight(row: Row) -> int | None:
    text = row.get("Variant Grams", "").strip()
    if text.startswith("-"):
        raise BadRow(_("The weight is below zero."))
    return parsing.measure(text)


def _stock(row: Row, settings: Settings) -> dict[str, int]:
    text = row.get("Variant Inventory Qty", "").strip()
    if not text:
        return {} if settings.stock is None else {settings.location: settings.stock}
    try:
        pieces = int(text)
    except ValueError as error:
        raise BadRow(_("“%(text)s” is no number of pieces.") % {"text": text[:20]}) from error
    if abs(pieces) > 10**9:
        raise BadRow(_("“%(text)s” is no number of pieces.") % {"text": text[:20]})
    # Shopify counts below zero where more was sold than there was.
    return {settings.location: max(0, pieces)}


def _media(reading: _Reading, lines: Lines) -> tuple[MediaDraft, ...]:
    language = reading.settings.language
    wanted: dict[str, tuple[int, str]] = {}
    for line, row in lines:
        for column in ("Image Src", "Variant Image"):
            if row.get(column, "").strip():
                alt = row.get("Image Alt Text", "") if column == "Image Src" else ""
                wanted.setdefault(row[column].strip(), (line, alt))
    media: list[MediaDraft] = []
    gallery = {row.get("Image Src", "").strip() for _line, row in lines}
    # The gallery comes first, in the file's order; then what only a variant shows.
    for name in sorted(wanted, key=lambda name: name not in gallery):
        line, alt = wanted[name]
        if parsing.is_address(name):
            reading.found.unfetched += 1
            continue
        try:
            path = parsing.picture(reading.settings.images, name)
        except BadRow as trouble:
            reading.error(line, reading.found.handle, str(trouble))
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
            "title": "Title", "description": "Body (HTML)", "seo_title": "SEO Title",
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
    )  # fmt: skip

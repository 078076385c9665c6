"""Any table with a product in each row, columns found by the names that people give them (`mappings/sheet.toml`);
rows that share a group, such as Google's item_group_id, are variants of one product."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nitka.faces.files.forms.wording import GRAMS, MILLIMETRES, current, line_of, measured, prose
from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.product_rows import ATTRIBUTE, EXTRA, NOTE, OPTIONS, Lines, Row
from nitka.faces.files.sheets import Sheet
from nitka.faces.files.table_mapping import plain
from nitka.shelf.catalog.queries import slugify

# What our fields of a mapping are called in the rows.
_COLUMNS = {
    "handle": "Handle", "sku": "Variant SKU", "gtin": "Variant Barcode", "mpn": "MPN", "title": "Title",
    "summary": "Summary", "description": "Body (HTML)", "seo_title": "SEO Title",
    "seo_description": "SEO Description", "brand": "Vendor", "category": "Product Category", "tags": "Tags",
    "status": "Status", "price": "Variant Price", "compare_at": "Variant Compare At Price",
    "stock": "Variant Inventory Qty", "pictures": "Image Src", "weight_g": "Variant Grams", "length_mm": "Length mm",
    "width_mm": "Width mm", "height_mm": "Height mm", "hs_code": "HS Code", "origin_country": "COO",
    "customs_name": "Customs Name", "tax_class": "Tax Class",
}  # fmt: skip
_STATUS = {
    "active": "active", "published": "active", "1": "active", "yes": "active", "true": "active", "": "active",
    "archived": "archived",
}  # fmt: skip
_MARKS = re.compile(r"[,;|\s]+(?=https?:)|\s*[;|\n]\s*")  # an address may hold a comma, but none before http
_WORDS = ("brand", "seo_title", "seo_description", "hs_code", "origin_country", "customs_name", "tax_class")
_MEASURES = ("weight_g", "length_mm", "width_mm", "height_mm")
_UNIT = re.compile(r".*[^a-z]\(?(kg|g|grams|lbs?|oz|mm|cm|m|in)\)?\s*", re.IGNORECASE)
_CURRENCY = re.compile(r"\s*[\d.,\s']+\s*([A-Z]{3})\s*|\s*([A-Z]{3})\s*[\d.,\s']+\s*")


def places(given: Sequence[str], mapping: FileMapping) -> dict[str, list[int]]:
    """Our field → where it stands in a row, the best place first."""
    found: dict[str, list[int]] = {}
    known = {plain(name): place for place, name in reversed(list(enumerate(given)))}
    for ours, theirs in mapping.fields.items():
        if at := [known[plain(name)] for name in theirs if plain(name) in known]:
            found[ours] = list(dict.fromkeys(at))
    return found


def columns(given: Sequence[str], mapping: FileMapping) -> Mapping[str, str]:
    """Our column → theirs."""
    return {_COLUMNS[ours]: given[at[0]] for ours, at in places(given, mapping).items() if ours in _COLUMNS}


@dataclass(frozen=True, slots=True)
class _Layout:
    """What stands where in this file."""

    at: Mapping[str, list[int]]
    options: Mapping[str, int]
    width: int
    units: Mapping[str, str]

    def first(self, row: Sequence[str], name: str) -> str:
        """What the row says of that field, from the best place that says something."""
        return next((row[place].strip() for place in self.at.get(name, ()) if row[place].strip()), "")


def groups(sheet: Sheet, mapping: FileMapping) -> Iterator[Lines]:
    """The rows of each product."""
    wanted = {plain(name) for name in mapping.option_columns}
    options = {name: place for place, name in enumerate(sheet.columns) if plain(name) in wanted}
    at = places(sheet.columns, mapping)
    layout = _Layout(at, options, len(sheet.columns), _units(sheet.columns, at, mapping))
    together: dict[str, list[tuple[int, Sequence[str]]]] = {}
    for line, cells in sheet.rows():
        row = [*cells, *[""] * (layout.width - len(cells))]
        group = layout.first(row, "group") or layout.first(row, "handle")
        together.setdefault(f"group {group}" if group else f"line {line}", []).append((line, row))
    for rows in together.values():
        yield _product(rows, layout)


def _product(rows: list[tuple[int, Sequence[str]]], layout: _Layout) -> Lines:
    several = len(rows) > 1
    chosen = {
        name: place for name, place in layout.options.items() if several and all(row[place] for _line, row in rows)
    }
    head = _head(rows[0][1], layout, chosen)
    handle = head["Handle"]
    made: Lines = []
    gallery: dict[str, int] = {}
    for line, row in rows:
        own = (head if not made else {"Handle": handle}) | _variant(row, layout)
        for n, (name, place) in zip(OPTIONS, chosen.items(), strict=False):
            own |= {f"Option{n} Name": name, f"Option{n} Value": row[place].strip()}
        pictures = _pictures(row, layout)
        if several and pictures:
            own["Variant Image"] = pictures[0]
        if len(row) > layout.width:
            own[EXTRA] = "yes"
        made.append((line, own))
        gallery |= {name: line for name in pictures if name not in gallery}
    return made + [(line, {"Handle": handle, "Image Src": name}) for name, line in gallery.items()]


def _head(row: Sequence[str], layout: _Layout, chosen: Mapping[str, int]) -> Row:
    title = line_of(layout.first(row, "title"))
    group = layout.first(row, "handle") or layout.first(row, "group")
    path = layout.first(row, "category") or layout.first(row, "category_otherwise")
    status = layout.first(row, "status").casefold()
    made: Row = {
        "Handle": slugify(group) or slugify(title) or slugify(layout.first(row, "sku")), "Title": title,
        "Summary": line_of(layout.first(row, "summary"))[:2000],
        "Body (HTML)": prose(layout.first(row, "description")), "Product Category": path,
        "Status": _STATUS.get(status, "draft"),
    }  # fmt: skip
    made |= {_COLUMNS[name]: layout.first(row, name) for name in _WORDS if layout.first(row, name)}
    if tags := layout.first(row, "tags"):
        made["Tags"] = tags.replace(";", ",").replace("|", ",")
    # What could be chosen but is not is a property: the one colour that a lamp comes in.
    return made | {ATTRIBUTE + name: row[place] for name, place in layout.options.items() if name not in chosen}


def _variant(row: Sequence[str], layout: _Layout) -> Row:
    now, before = layout.first(row, "price"), layout.first(row, "compare_at")
    if sale := layout.first(row, "sale_price"):
        now, before = current(now, sale, layout.first(row, "sale_until").rpartition("/")[2])
    made = {
        "Variant SKU": layout.first(row, "sku"), "Variant Price": now, "Variant Compare At Price": before,
        "Variant Inventory Qty": _stock(layout.first(row, "stock"), layout.first(row, "availability")),
        "Variant Barcode": layout.first(row, "gtin"), "MPN": layout.first(row, "mpn"),
    }  # fmt: skip
    for name in _MEASURES:
        if said := layout.first(row, name):
            units = GRAMS if name == "weight_g" else MILLIMETRES
            made[_COLUMNS[name]] = measured(said, layout.units.get(name, ""), units)
            if not made[_COLUMNS[name]]:
                made[NOTE] = _(
                    "A weight or length without a unit was left out. Name the column “Weight kg”, “Width cm”."
                )
    return made


def _units(columns: Sequence[str], at: Mapping[str, list[int]], mapping: FileMapping) -> dict[str, str]:
    """Measure → the unit in its column's name; our own names hold it too, as in weight_g."""
    found = {"weight_g": mapping.weight_unit} if mapping.weight_unit else {}
    for name in _MEASURES:
        named = _UNIT.fullmatch(columns[at[name][0]].replace("_", " ")) if name in at else None
        if named:
            found[name] = named[1].lower()
        elif name in at and plain(columns[at[name][0]]) == "grams":
            found[name] = "g"
    return found


def currency_of(sheet: Sheet, mapping: FileMapping) -> str:
    """The currency that the first price names; nothing where it names none."""
    at = places(sheet.columns, mapping).get("price", [])
    for _number, cells in sheet.rows():
        said = next(
            (found for place in at if place < len(cells) and (found := _CURRENCY.fullmatch(cells[place]))), None
        )
        return (said[1] or said[2]) if said else ""
    return ""


def _stock(pieces: str, availability: str) -> str:
    said = plain(availability)
    return pieces if pieces else "0" if said in {"outofstock", "no", "0"} else ""


def _pictures(row: Sequence[str], layout: _Layout) -> list[str]:
    cells = (row[place] for place in layout.at.get("pictures", ()))
    return list(dict.fromkeys(name for cell in cells for name in _MARKS.split(cell.strip()) if name))

"""WooCommerce's product CSV: a row for each product and each variation, which names its parent by SKU or id."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from nitka.faces.files.forms.wording import GRAMS, MILLIMETRES, current, deepest, line_of, measured, parts, prose
from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.product_rows import ATTRIBUTE, EXTRA, HEAD, NOTE, OPTIONS, REFUSED, Lines, Row
from nitka.faces.files.sheets import Sheet
from nitka.faces.files.table_mapping import plain
from nitka.shelf.catalog.queries import slugify

_PLAIN = {
    "Title": "Name", "Summary": "Short description", "Body (HTML)": "Description", "Product Category": "Categories",
    "Tags": "Tags", "Variant SKU": "SKU", "Variant Price": "Regular price", "Variant Inventory Qty": "Stock",
    "Variant Barcode": "GTIN, UPC, EAN, or ISBN", "Image Src": "Images", "Vendor": "Brands", "Tax Class": "Tax class",
}  # fmt: skip
_TAX = {"reduced-rate": "reduced", "zero-rate": "zero"}
_MEASURED = re.compile(r"(Weight|Length|Width|Height) \((\w+)\)", re.IGNORECASE)
_OURS = {"weight": "Variant Grams", "length": "Length mm", "width": "Width mm", "height": "Height mm"}


def columns(given: Sequence[str], mapping: FileMapping) -> Mapping[str, str]:
    """Our column → theirs."""
    known = {plain(name): name for name in given}
    found = {ours: known[plain(theirs)] for ours, theirs in _PLAIN.items() if plain(theirs) in known}
    found |= {_OURS[sized[1].lower()]: name for name in given if (sized := _MEASURED.fullmatch(name))}
    return found


def groups(sheet: Sheet, mapping: FileMapping) -> Iterator[Lines]:
    """Each product with its variations, wherever they stand in the file."""
    theirs = columns(sheet.columns, mapping)
    products: dict[str, Lines] = {}
    names: dict[str, str] = {}
    orphans: list[tuple[int, Row]] = []
    for line, row in _rows(sheet):
        kinds = parts(row.get("Type", "").lower())
        if "variation" in kinds:
            orphans.append((line, row))
            continue
        key = f"id:{row.get('ID') or f'line {line}'}"
        products[key] = [(line, row)]
        names.setdefault(row.get("SKU", ""), key)
    lost = []
    for line, row in orphans:
        parent = row.get("Parent", "")
        key = parent if parent in products else names.get(parent, "") if parent else ""
        if key:
            products[key].append((line, row))
        else:
            lost.append((line, row))
    for group in products.values():
        yield _product(group, theirs)
    for line, row in lost:
        reason = _("The product “%(name)s” that it is a variant of is not in the file.") % {
            "name": row.get("Parent", "")
        }
        yield [(line, {"Handle": row.get("SKU", ""), "Variant SKU": row.get("SKU", ""), REFUSED: reason})]


def _rows(sheet: Sheet) -> Iterator[tuple[int, Row]]:
    for line, cells in sheet.rows():
        row = dict(zip(sheet.columns, cells, strict=False))
        if len(cells) > len(sheet.columns):
            row[EXTRA] = "yes"
        yield line, row


def _product(group: Lines, theirs: Mapping[str, str]) -> Lines:
    line, head = group[0]
    said = {ours: head.get(name, "") for ours, name in theirs.items()}
    kinds = parts(head.get("Type", "").lower())
    title = line_of(said.get("Title", ""))
    handle = slugify(title) or slugify(head.get("SKU", "")) or f"product-{head.get('ID') or line}"
    if {"grouped", "external", "bundle"} & set(kinds):
        reason = _("A product of the kind “%(kind)s” cannot be taken in: it is no thing on a shelf.")
        return [(line, {"Handle": handle, "Variant SKU": head.get("SKU", ""), REFUSED: reason % {"kind": kinds[0]}})]
    variations = sorted(group[1:], key=lambda each: each[1].get("Position", "").zfill(6))
    options = _options([row for _line, row in variations])
    first: Row = {
        "Handle": handle, "Title": title, "Summary": line_of(said.get("Summary", ""))[:2000],
        "Body (HTML)": prose(said.get("Body (HTML)", "")), "Tags": said.get("Tags", ""),
        "Vendor": said.get("Vendor", ""),
        "Product Category": deepest(parts(said.get("Product Category", "")), ">"), "Status": _status(head),
        **_texts(head, options),
    }  # fmt: skip
    if len(parts(said.get("Product Category", ""))) > 1:
        first[NOTE] = _("A product stood in several categories; it is in the one that is deepest.")
    if tax := said.get("Tax Class", ""):
        first["Tax Class"] = _TAX.get(tax, "" if tax == "parent" else tax)
    inherited = {name: text for name, text in _variant(head, theirs, ()).items() if name in _OURS.values()}
    if variations:
        made: Lines = [(line, first | {HEAD: "yes"})]
        for number, row in variations:
            own = _variant(row, theirs, options)
            made.append((number, own | {name: own.get(name) or text for name, text in inherited.items()}))
    else:
        made = [(line, first | _variant(head, theirs, ()))]
    return made + [(line, {"Handle": handle, "Image Src": name}) for name in parts(said.get("Image Src", ""))]


def _options(variations: Sequence[Row]) -> list[str]:
    """The attributes that tell the variations from each other."""
    named = (row.get(f"Attribute {n} name", "").strip() for row in variations for n in OPTIONS)
    return [name for name in dict.fromkeys(named) if name][: len(OPTIONS)]


def _attributes(row: Row) -> dict[str, str]:
    found = {}
    for n in range(1, 41):
        if name := row.get(f"Attribute {n} name", "").strip():
            found[name] = row.get(f"Attribute {n} value(s)", "")
    return found


def _texts(head: Row, options: Sequence[str]) -> Row:
    """Names of the options, and the attributes that are none."""
    made = {f"Option{n} Name": name for n, name in enumerate(options, 1)}
    for name, text in _attributes(head).items():
        if name not in options:
            made[ATTRIBUTE + name] = ", ".join(parts(text))
    return made


def _variant(row: Row, theirs: Mapping[str, str], options: Sequence[str]) -> Row:
    price = row.get(theirs.get("Variant Price", ""), "")
    now, before = current(price, row.get("Sale price", ""), row.get("Date sale price ends", ""))
    stock = row.get(theirs.get("Variant Inventory Qty", ""), "").strip()
    if not stock and row.get("In stock?", "").strip() == "0":
        stock = "0"
    made: Row = {
        "Variant SKU": row.get("SKU", ""), "Variant Price": now, "Variant Compare At Price": before,
        "Variant Inventory Qty": stock if stock.lstrip("-").replace(".", "").isdigit() else "",
        "Variant Barcode": row.get(theirs.get("Variant Barcode", ""), ""),
    }  # fmt: skip
    for ours, name in theirs.items():
        if sized := _MEASURED.fullmatch(name):
            units = GRAMS if ours == "Variant Grams" else MILLIMETRES
            made[ours] = measured(row.get(name, ""), sized[2].lower(), units)
    chosen = _attributes(row)
    made |= {f"Option{n} Value": line_of(chosen.get(name, "")) for n, name in enumerate(options, 1)}
    if row.get("Type", "").lower() == "variation" and (pictures := parts(row.get("Images", ""))):
        made["Variant Image"] = pictures[0]
    return made | ({EXTRA: "yes"} if EXTRA in row else {})


def _status(head: Row) -> str:
    return "active" if head.get("Published", "1").strip() in ("1", "") else "draft"

"""Shopify's product CSV: one row a variant, the first of a product with its texts, further rows with more pictures."""

from collections.abc import Iterator, Mapping, Sequence

from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.product_rows import EXTRA, OPTIONS, Lines, Row, is_variant
from nitka.faces.files.sheets import Sheet
from nitka.faces.files.table_mapping import plain

# How the newer export calls them; what is not here has kept its name but for capitals.
NEWER = {
    "URL handle": "Handle", "Description": "Body (HTML)", "Published on online store": "Published",
    "SKU": "Variant SKU", "Barcode": "Variant Barcode", "Price": "Variant Price",
    "Compare-at price": "Variant Compare At Price",
    "Inventory quantity": "Variant Inventory Qty", "Weight value (grams)": "Variant Grams",
    "Product image URL": "Image Src", "Variant image URL": "Variant Image", "Country of origin": "COO",
    "Harmonized System Code": "HS Code",
}  # fmt: skip
NAMES = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Variant SKU",
    "Variant Grams", "Variant Inventory Qty", "Variant Price", "Variant Compare At Price", "Variant Barcode",
    "Image Src", "Image Position", "Image Alt Text", "Variant Image", "SEO Title", "SEO Description", "Status",
    "HS Code", "COO", "Customs Name", "Tax Class", "Summary",
    *(f"Option{n} {part}" for n in OPTIONS for part in ("Name", "Value")),
)  # fmt: skip
_OURS = {plain(name): name for name in NAMES} | {plain(theirs): ours for theirs, ours in NEWER.items()}


def columns(given: Sequence[str], mapping: FileMapping) -> Mapping[str, str]:
    """Our column → theirs."""
    found: dict[str, str] = {}
    for name in given:
        # Spelled as we do beats spelled alike.
        ours = name if name in NAMES else _OURS.get(plain(name), name)
        if ours not in found or name == ours:
            found[ours] = name
    return found


def groups(sheet: Sheet, mapping: FileMapping) -> Iterator[Lines]:
    """The rows of each product: those of one handle that follow each other, until one begins anew."""
    theirs = columns(sheet.columns, mapping)
    places = {ours: sheet.columns.index(name) for ours, name in theirs.items()}
    group: Lines = []
    chosen: set[tuple[str, ...]] = set()
    for line, cells in sheet.rows():
        row: Row = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if len(cells) > len(sheet.columns):
            row[EXTRA] = "yes"
        choice = tuple(row.get(f"Option{n} Value", "") for n in OPTIONS)
        # Two articles whose texts are alike share a handle, but never the same choice of options.
        anew = bool(row.get("Title")) and choice in chosen
        if group and (row.get("Handle") != group[0][1].get("Handle") or anew):
            yield group
            group, chosen = [], set()
        group.append((line, row))
        if is_variant(row):
            chosen.add(choice)
    if group:
        yield group

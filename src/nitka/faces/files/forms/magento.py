"""Magento's product CSV: a row for each thing that is sold, and one for each that is chosen among such."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from nitka.faces.files.forms.wording import GRAMS, current, deepest, line_of, measured, parts, prose
from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.product_rows import ATTRIBUTE, EXTRA, HEAD, NOTE, OPTIONS, REFUSED, Lines, Row
from nitka.faces.files.sheets import Sheet
from nitka.faces.files.table_mapping import plain
from nitka.shelf.catalog.queries import slugify

_PLAIN = {
    "Handle": "url_key", "Title": "name", "Summary": "short_description", "Body (HTML)": "description",
    "Product Category": "categories", "Variant SKU": "sku", "Variant Price": "price", "Variant Inventory Qty": "qty",
    "Variant Grams": "weight", "SEO Title": "meta_title", "SEO Description": "meta_description",
    "Image Src": "base_image", "Tax Class": "tax_class_name", "COO": "country_of_manufacture",
}  # fmt: skip
_SOLD = {"simple", "virtual", "downloadable", ""}
# A comma inside a value is told from one between two by what follows it.
_PAIRS = re.compile(r",(?=[a-z][a-z0-9_]*=)")
_HIDDEN = {"has_options", "required_options", "ts_dimensions_length", "ts_dimensions_width", "ts_dimensions_height"}


def columns(given: Sequence[str], mapping: FileMapping) -> Mapping[str, str]:
    """Our column → theirs."""
    known = {plain(name): name for name in given}
    return {ours: known[plain(theirs)] for ours, theirs in _PLAIN.items() if plain(theirs) in known}


def groups(sheet: Sheet, mapping: FileMapping) -> Iterator[Lines]:
    """Each product with what can be chosen of it, wherever the rows stand."""
    rows, views = _rows(sheet)
    taken: set[str] = set()
    made: list[Lines] = []
    for line, row in rows.values():
        if row.get("product_type", "") != "configurable":
            continue
        choices = [_pairs(each, ",") for each in row.get("configurable_variations", "").split("|") if each]
        own = [(choice, rows[choice["sku"]]) for choice in choices if choice.get("sku") in rows]
        taken |= {choice["sku"] for choice, _row in own}
        made.append(_configurable(line, row, own, mapping))
    for sku, (line, row) in rows.items():
        if sku not in taken and row.get("product_type", "") != "configurable":
            made.append(_single(line, row, mapping))
    if made and views:
        made[0][0][1][NOTE] = _("%(count)s rows hold words of other store views (%(names)s) and were left aside.") % {
            "count": sum(views.values()), "names": ", ".join(sorted(views))
        }  # fmt: skip
    yield from made


def _rows(sheet: Sheet) -> tuple[dict[str, tuple[int, Row]], dict[str, int]]:
    found: dict[str, tuple[int, Row]] = {}
    views: dict[str, int] = {}
    for line, cells in sheet.rows():
        row = dict(zip(sheet.columns, cells, strict=False))
        if len(cells) > len(sheet.columns):
            row[EXTRA] = "yes"
        if view := row.get("store_view_code", "").strip():
            views[view] = views.get(view, 0) + 1
            continue
        sku = row.get("sku", "").strip()
        # One that stands twice is told as such by those who read the rows.
        found[sku if sku and sku not in found else f"{sku}\0{line}"] = (line, row)
    return found, views


def _pairs(text: str, mark: str) -> dict[str, str]:
    split = _PAIRS.split(text) if mark == "," else text.split(mark)
    return {name.strip(): value.strip() for name, _is, value in (each.partition("=") for each in split) if value}


def _configurable(
    line: int, row: Row, own: Sequence[tuple[dict[str, str], tuple[int, Row]]], mapping: FileMapping
) -> Lines:
    if not own:
        reason = _("None of the variants that it names is in the file.")
        return [(line, {"Handle": row.get("sku", ""), "Variant SKU": row.get("sku", ""), REFUSED: reason})]
    names = [name for name in dict.fromkeys(name for choice, _row in own for name in choice) if name != "sku"]
    labels = _pairs(row.get("configurable_variation_labels", ""), ",")
    head = _head(row, set(names)) | {HEAD: "yes"}
    head |= {f"Option{n} Name": labels.get(name, _label(name)) for n, name in zip(OPTIONS, names, strict=False)}
    made: Lines = [(line, head)]
    for choice, (number, child) in own:
        chosen = {f"Option{n} Value": choice.get(name, "") for n, name in zip(OPTIONS, names, strict=False)}
        made.append((number, _variant(child, mapping) | chosen | _picture(child, "Variant Image")))
    return made + _gallery(line, head["Handle"], row)


def _single(line: int, row: Row, mapping: FileMapping) -> Lines:
    if (kind := row.get("product_type", "")) not in _SOLD:
        reason = _("A product of the kind “%(kind)s” cannot be taken in: it is no thing on a shelf.") % {"kind": kind}
        return [(line, {"Handle": row.get("sku", ""), "Variant SKU": row.get("sku", ""), REFUSED: reason})]
    head = _head(row, set())
    return [(line, head | _variant(row, mapping)), *_gallery(line, head["Handle"], row)]


def _head(row: Row, options: set[str]) -> Row:
    title = line_of(row.get("name", ""))
    paths = [path.partition("/")[2] or path for path in parts(row.get("categories", ""))]
    hidden = row.get("product_online", "1") not in ("1", "") or "not visible" in row.get("visibility", "").lower()
    tax = row.get("tax_class_name", "").lower()
    made: Row = {
        "Handle": row.get("url_key", "").strip() or slugify(title) or slugify(row.get("sku", "")), "Title": title,
        "Summary": line_of(row.get("short_description", ""))[:2000], "Body (HTML)": prose(row.get("description", "")),
        "Product Category": deepest(paths, "/"), "SEO Title": row.get("meta_title", ""),
        "SEO Description": row.get("meta_description", ""), "Status": "draft" if hidden else "active",
        "Tax Class": "" if tax in ("", "taxable goods", "none") else slugify(tax),
    }  # fmt: skip
    for name, value in _pairs(row.get("additional_attributes", ""), ",").items():
        if name not in options | _HIDDEN and not name.startswith("ts_"):
            made[ATTRIBUTE + _label(name)] = ", ".join(parts(value, "|"))
    if len(paths) > 1:
        made[NOTE] = _("A product stood in several categories; it is in the one that is deepest.")
    return made


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def _variant(row: Row, mapping: FileMapping) -> Row:
    now, before = current(row.get("price", ""), row.get("special_price", ""), row.get("special_price_to_date", ""))
    made = {
        "Variant SKU": row.get("sku", ""), "Variant Price": _short(now), "Variant Compare At Price": _short(before),
        "Variant Inventory Qty": row.get("qty", ""),
        "Variant Grams": measured(row.get("weight", ""), mapping.weight_unit, GRAMS),
    }  # fmt: skip
    return made | ({EXTRA: "yes"} if EXTRA in row else {})


def _short(price: str) -> str:
    """Magento writes 52.000000."""
    return re.sub(r"(\.\d\d)0+$", r"\1", price.strip())


def _picture(row: Row, column: str) -> Row:
    name = row.get("base_image", "").strip().lstrip("/")
    return {column: name} if name and name != "no_selection" else {}


def _gallery(line: int, handle: str, row: Row) -> Lines:
    more = [{"Image Src": name.lstrip("/")} for name in parts(row.get("additional_images", ""))]
    first = _picture(row, "Image Src")
    alt = row.get("base_image_label", "").strip()
    if first and alt:
        first["Image Alt Text"] = alt
    return [(line, {"Handle": handle, **each}) for each in [first, *more] if each]

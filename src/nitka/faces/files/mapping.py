"""How the fields of a file become ours: a small TOML or JSON file, or one of those that come with the house."""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nitka.faces.files.problems import BadMapping
from nitka.faces.files.table_mapping import plain
from nitka.ground import money

SHIPPED = Path(__file__).parent / "mappings"
TABLES = {"shopify", "woocommerce", "magento", "csv"}
FORMATS = {"jsonl", *TABLES}
FIELDS = {
    "handle", "sku", "gtin", "mpn", "title", "summary", "description", "seo_title", "seo_description", "brand",
    "category", "category_otherwise", "tags", "status", "price", "compare_at", "stock", "pictures", "weight_g",
    "length_mm", "width_mm", "height_mm", "hs_code", "origin_country", "customs_name", "tax_class",
    "group", "sale_price", "sale_until", "availability",
}  # fmt: skip
KINDS = ("text", "number", "boolean")
# Without one of each line a table of products says nothing.
NEEDED = (("title",), ("price",), ("sku", "handle"))
_SECTIONS = {
    "name", "format", "detect", "fields", "price", "attributes", "category_separator", "language", "options",
    "weight_unit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rate:
    """How a foreign price is made: times `rate`, then to the nearest multiple of `step` minor units."""

    rate: Decimal
    step: int = 1


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What stands where in a file. `fields` is our name → theirs (several: the first that says something).

    No currency: the shop's own. `option_columns` are those that shoppers choose by, where several rows are one product.
    """

    name: str
    format: str
    detect: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = ""
    category_separator: str = ">"
    currency: str = "EUR"
    price_in_minor_units: bool = False
    rates: Mapping[str, Rate] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    attribute_names: Mapping[str, str] = field(default_factory=dict)
    attribute_units: Mapping[str, str] = field(default_factory=dict)
    facet_share: Decimal = Decimal("0.3")
    option_columns: tuple[str, ...] = ()
    weight_unit: str = ""
    rates_of: str = ""


def load(path: Path) -> FileMapping:
    """The mapping in that file. Raises BadMapping with what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
        given = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise BadMapping(_("The mapping %(name)s cannot be read.") % {"name": path.name}) from error
    try:
        return _read(given, path.stem)
    except (InvalidOperation, ValueError, TypeError, AttributeError, KeyError) as error:
        words = _("The mapping %(name)s is wrong: %(reason)s.")
        raise BadMapping(words % {"name": path.name, "reason": str(error) or type(error).__name__}) from error


def _read(given: dict[str, Any], name: str) -> FileMapping:
    _only(given, _SECTIONS)
    price, attributes = given.get("price", {}), given.get("attributes", {})
    _only(price, {"currency", "unit", "rates"})
    _only(attributes, {*KINDS, "names", "units", "facet_share"})
    _only(given.get("fields", {}), FIELDS)
    if given.get("format", "jsonl") not in FORMATS or price.get("unit", "major") not in {"major", "minor"}:
        raise ValueError(f"format is one of {', '.join(sorted(FORMATS))}, price.unit is major or minor")
    currency = price.get("currency", "EUR" if given.get("format", "jsonl") == "jsonl" else "")
    for code in filter(None, (currency, *price.get("rates", {}))):
        money.exponent(code)
    share = Decimal(str(attributes.get("facet_share", "0.3")))
    if not 0 < share <= 1:
        raise ValueError("facet_share is between 0 and 1")
    return FileMapping(
        name=given.get("name", name), format=given.get("format", "jsonl"), detect=tuple(given.get("detect", ())),
        fields={ours: _names(theirs) for ours, theirs in given.get("fields", {}).items()},
        language=given.get("language", ""), category_separator=given.get("category_separator", ">"),
        currency=currency, price_in_minor_units=price.get("unit") == "minor",
        rates={code: _rate(rate) for code, rate in price.get("rates", {}).items()},
        prefixes={kind: attributes[kind] for kind in KINDS if attributes.get(kind)},
        attribute_names=dict(attributes.get("names", {})), attribute_units=dict(attributes.get("units", {})),
        facet_share=share, option_columns=_names(given.get("options", ())), weight_unit=given.get("weight_unit", ""),
    )  # fmt: skip


def _only(given: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(given) - known):
        raise ValueError(f"“{unknown[0]}” is not known here")


def _names(theirs: Any) -> tuple[str, ...]:
    return (theirs,) if isinstance(theirs, str) else tuple(str(name) for name in theirs)


def _rate(given: Any) -> Rate:
    if isinstance(given, Mapping):
        rate = Rate(Decimal(str(given["rate"])), int(given.get("step", 1)))
    else:
        rate = Rate(Decimal(str(given)))
    if not rate.rate.is_finite() or rate.rate <= 0 or rate.step < 1:
        raise ValueError("a rate and its step are above zero")
    return rate


@cache
def shipped() -> tuple[FileMapping, ...]:
    """The mappings that come with the house, the most demanding first."""
    return tuple(sorted((load(path) for path in SHIPPED.glob("*.toml")), key=lambda each: -len(each.detect)))


def rates_from(currency: str) -> dict[str, Any]:
    """The rates that come with the house, from that currency, and whose they are; none where it is not among them.

    Without any, a shop would be empty for whoever comes from another market.
    """
    source = next(each for each in shipped() if each.name == "shopify")
    table = {source.currency: Rate(Decimal(1)), **source.rates}
    own = table.get(currency)
    others = table.keys() - {currency} if own else ()
    rates = {code: replace(table[code], rate=table[code].rate / own.rate) for code in others if own}
    return {"rates": rates, "rates_of": source.name}


def detect(fields: Collection[str]) -> FileMapping:
    """The shipped mapping whose fields a JSON Lines file has. Raises BadMapping where none fits."""
    for each in shipped():
        if each.format == "jsonl" and set(each.detect) <= set(fields):
            return each
    raise BadMapping(_("No mapping fits the fields of this file. Say how to read it with --map."))


def detect_table(columns: Collection[str]) -> FileMapping:
    """The shipped mapping that fits a table with these columns. Raises BadMapping with what is missing."""
    there = {plain(name) for name in columns}
    for each in shipped():
        if each.format in TABLES and {plain(name) for name in each.detect} <= there and not lacks(each, there):
            return each
    missing = lacks(next(each for each in shipped() if each.name == "sheet"), there)
    words = _(
        "No column names the %(missing)s. The first line has: %(columns)s. Rename one, or say with --map which it is."
    )
    raise BadMapping(words % {"missing": missing, "columns": ", ".join(columns)[:400]})


def lacks(mapping: FileMapping, there: Collection[str]) -> str:
    """What a table of free columns cannot do without, in one word; nothing where all is there."""
    if mapping.format != "csv":
        return ""
    for needed in NEEDED:
        if not any(plain(name) in there for ours in needed for name in mapping.fields.get(ours, ())):
            return {"title": _("Title"), "price": _("Price"), "sku": _("SKU")}[needed[0]]
    return ""

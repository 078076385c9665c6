"""How columns of a table become orders, customers, reviews: a TOML or JSON file, or one that comes with the house."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from nitka.faces.files.problems import BadMapping
from nitka.ground import money
from nitka.ground.locale import LANGUAGES

SHIPPED = Path(__file__).parent / "mappings"
_PERSON = {"customer", "email", "name", "first_name", "last_name", "phone", "language", "country"}
_PLACE = ("name", "company", "line1", "line2", "postcode", "city", "region", "country", "phone")
FIELDS = {
    "orders": _PERSON | {
        "number", "at", "sku", "title", "quantity", "unit_price", "line_total", "line_discount",
        "line_delivery", "line_tax", "currency", "status",
        "payment_status", "paid_at", "shipped_at", "delivered_at", "cancelled_at", "subtotal", "discount", "delivery",
        "tax", "total", "refunded", "note", "coupon", "payment_name", "delivery_name",
        *(f"shipping_{part}" for part in _PLACE), *(f"billing_{part}" for part in _PLACE),
    },
    "customers": _PERSON | {"at", "birthday", *_PLACE},
    "reviews": {
        "number", "sku", "handle", "rating", "title", "body", "nickname", "email", "language", "at", "verified",
        "answer", "order_number", "helpful", "state",
    },
}  # fmt: skip
# Without one of each line a table says nothing.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "orders": (("number",), ("at",), ("unit_price", "line_total")),
    "customers": (("customer", "email"),),
    "reviews": (("sku", "handle"), ("rating",), ("body", "title")),
}
STATUSES = ("placed", "paid", "shipped", "delivered", "cancelled")
_SECTIONS = {
    "name", "source", "detect", "fields", "currency", "language", "zone", "dates", "decimal", "status", "statuses",
    "countries", "credit_prefixes", "adjustment_prefixes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What stands where. `fields` is our name → theirs (several: the first that says something).

    `source` names the system that the file comes from: numbers of orders and customers are matched within it.
    """

    name: str
    source: str
    fields: Mapping[str, tuple[str, ...]]
    detect: tuple[str, ...] = ()
    currency: str = ""
    language: str = ""
    zone: str = ""
    dates: tuple[str, ...] = ()
    decimal: str = ""
    status: str = "delivered"
    statuses: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    credit_prefixes: tuple[str, ...] = ()
    adjustment_prefixes: tuple[str, ...] = ()


def load(path: Path, kind: str) -> TableMapping:
    """The mapping in that file. Raises BadMapping with what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
        given = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise BadMapping(_("The mapping %(name)s cannot be read.") % {"name": path.name}) from error
    try:
        return _read(given, kind, path.stem)
    except (ValueError, TypeError, AttributeError, KeyError, ZoneInfoNotFoundError) as error:
        words = _("The mapping %(name)s is wrong: %(reason)s.")
        raise BadMapping(words % {"name": path.name, "reason": str(error) or type(error).__name__}) from error


def _read(given: dict[str, Any], kind: str, stem: str) -> TableMapping:
    _only(given, _SECTIONS)
    # One mapping may serve both: what only the other kind of file has is left aside.
    _only(given.get("fields", {}), set().union(*FIELDS.values()))
    name = str(given.get("name", stem))
    mapping = TableMapping(
        name=name, source=str(given.get("source", name)),
        fields={ours: _names(theirs) for ours, theirs in given.get("fields", {}).items() if ours in FIELDS[kind]},
        detect=_names(given.get("detect", ())), currency=str(given.get("currency", "")).upper(),
        language=given.get("language", ""), zone=given.get("zone", ""), dates=_names(given.get("dates", ())),
        decimal=given.get("decimal", ""), status=given.get("status", "delivered"),
        statuses={theirs.casefold(): ours for theirs, ours in given.get("statuses", {}).items()},
        countries={theirs.casefold(): ours for theirs, ours in given.get("countries", {}).items()},
        credit_prefixes=_names(given.get("credit_prefixes", ())),
        adjustment_prefixes=_names(given.get("adjustment_prefixes", ())),
    )  # fmt: skip
    _check(mapping, kind)
    return mapping


def _check(mapping: TableMapping, kind: str) -> None:
    if not 0 < len(mapping.source) <= 40:
        raise ValueError("source is a name of up to 40 letters")
    for needed in NEEDED[kind]:
        if not any(name in mapping.fields for name in needed):
            raise ValueError(f"fields needs {' or '.join(needed)}")
    if mapping.currency:
        money.exponent(mapping.currency)
    if mapping.zone:
        ZoneInfo(mapping.zone)
    if mapping.language and mapping.language not in LANGUAGES:
        raise ValueError(f"language is one of {', '.join(LANGUAGES)}")
    if mapping.decimal not in ("", ".", ","):
        raise ValueError("decimal is “.” or “,”")
    for status in (mapping.status, *mapping.statuses.values()):
        if status not in STATUSES:
            raise ValueError(f"a status is one of {', '.join(STATUSES)}")
    for country in mapping.countries.values():
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise ValueError("countries leads to two letters of ISO 3166, or to nothing")


def _only(given: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(given) - known):
        raise ValueError(f"“{unknown[0]}” is not known here")


def _names(theirs: Any) -> tuple[str, ...]:
    return (theirs,) if isinstance(theirs, str) else tuple(str(name) for name in theirs)


def plain(name: str) -> str:
    """A column's name without what spellings differ in: “Customer ID”, CustomerID and customer_id are one."""
    return re.sub(r"[\W_]+", "", name).casefold()


@cache
def shipped(kind: str) -> tuple[TableMapping, ...]:
    """The mappings that come with the house, the most demanding first."""
    found = (load(path, kind) for path in sorted((SHIPPED / kind).glob("*.toml")))
    return tuple(sorted(found, key=lambda each: -len(each.detect)))


def detect(kind: str, columns: Sequence[str]) -> TableMapping:
    """The shipped mapping that fits these columns. Raises BadMapping where none does."""
    there = {plain(name) for name in columns}
    for each in shipped(kind):
        if {plain(name) for name in each.detect} <= there and fits(each, kind, columns):
            return each
    raise BadMapping(_("No mapping fits the columns of this file. Say how to read it with --map."))


def fits(mapping: TableMapping, kind: str, columns: Sequence[str]) -> bool:
    """Whether the file has what the mapping cannot do without."""
    found = places(mapping, columns)
    return all(any(found.get(name) for name in needed) for needed in NEEDED[kind])


def places(mapping: TableMapping, columns: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Our field → where it stands in a row, the best place first. A field that the file has nowhere is left out."""
    by_name = {name: place for place, name in reversed(list(enumerate(columns)))}
    by_plain = {plain(name): place for place, name in reversed(list(enumerate(columns)))}
    found: dict[str, tuple[int, ...]] = {}
    for ours, theirs in mapping.fields.items():
        at = (by_name.get(name, by_plain.get(plain(name))) for name in theirs)
        if known := tuple(dict.fromkeys(place for place in at if place is not None)):
            found[ours] = known
    return found

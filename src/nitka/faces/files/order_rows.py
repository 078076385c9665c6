"""From the rows of a table to orders: rows with one number are one order, wherever they stand."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from nitka.faces.files import values
from nitka.faces.files.parsing import RowError
from nitka.faces.files.problems import BadRow
from nitka.faces.files.table_mapping import TableMapping, places
from nitka.faces.files.tables import Table
from nitka.ground import money
from nitka.ground.locale import LANGUAGES
from nitka.people.customers.actions import ImportedCustomer
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders.queries import HistoryKind, ImportedLine, ImportedOrder

_LINE = ("sku", "title", "quantity", "unit_price", "line_total", "line_discount")
_BESIDE = ("line_delivery", "line_tax")
_PLACE = tuple(PostalAddress.__dataclass_fields__)
_MOMENTS = ("paid_at", "shipped_at", "delivered_at", "cancelled_at")
_PAID = {"paid", "refunded", "partially_refunded", "partially refunded", "captured", "completed", "complete"}
_UNPAID = {"pending", "unpaid", "authorized", "voided", "expired", "failed", "partially_paid", "partially paid", "open"}
# What shops call it; a mapping's own words come first.
_STATUSES = {
    "placed": "placed", "pending": "placed", "new": "placed", "created": "placed", "open": "placed", "unpaid": "placed",
    "on-hold": "placed", "pending payment": "placed", "paid": "paid", "processing": "paid", "approved": "paid",
    "invoiced": "paid", "unfulfilled": "paid", "shipped": "shipped", "sent": "shipped", "dispatched": "shipped",
    "in transit": "shipped", "delivered": "delivered", "completed": "delivered", "complete": "delivered",
    "done": "delivered", "closed": "delivered", "fulfilled": "delivered", "cancelled": "cancelled",
    "canceled": "cancelled", "voided": "cancelled", "failed": "cancelled", "unavailable": "cancelled",
    "refunded": "delivered", "returned": "delivered",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader is told beside the file. `markets` is currency → market."""

    mapping: TableMapping
    currency: str
    language: str
    zone: str
    markets: Mapping[str, str]


class ReadOrder(NamedTuple):
    """One order of the file: itself and its customer, or the troubles that keep it out."""

    line: int
    number: str
    draft: ImportedOrder | None
    customer: ImportedCustomer | None
    rows: int
    anonymous_rows: int
    errors: tuple[RowError, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """An order of which not all rows were met yet."""

    line: int
    left: int
    rows: int
    head: dict[str, Any] = field(default_factory=dict)
    moments: dict[Any, datetime] = field(default_factory=dict)
    lines: list[ImportedLine] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    anonymous: int = 0
    # Delivery and tax of those systems that write them on each line.
    beside: Counter[str] = field(default_factory=Counter)


class Numbers(NamedTuple):
    """How many rows each order has, and which rows name none."""

    rows: Counter[str]
    nameless: list[int]


def survey(table: Table, settings: Settings) -> Numbers:
    """Read the table to its end: whatever breaks off does so before anything is written."""
    at = places(settings.mapping, table.columns)["number"]
    counts: Counter[str] = Counter()
    nameless = []
    for place, row in table.rows():
        if number := values.identifier(_first(row, at)):
            counts[number[:80]] += 1
        else:
            nameless.append(place)
    return Numbers(counts, nameless)


def read(table: Table, settings: Settings, numbers: Numbers) -> Iterator[ReadOrder]:
    """The orders, each as soon as its last row was met."""
    columns = places(settings.mapping, table.columns)
    line_of = _line_reader(columns, settings)
    at, when, whose = columns["number"], columns["at"], columns.get("customer", ()) + columns.get("email", ())
    head = [(name, where) for name, where in columns.items() if name not in {*_LINE, *_BESIDE, "number", "at"}]
    beside = [(name, columns[name]) for name in _BESIDE if name in columns]
    opened: dict[str, _Open] = {}
    for place, row in table.rows():
        number = values.identifier(_first(row, at))[:80]
        if not number:
            continue
        order = opened.get(number)
        if order is None:
            count = numbers.rows[number]
            order = opened[number] = _Open(place, count, count)
        order.left -= 1
        order.anonymous += not _first(row, whose)
        for name, where in head:
            if name not in order.head and (said := _first(row, where)) not in (None, ""):
                order.head[name] = said
        try:
            moment = _first(row, when)
            if moment not in order.moments and moment not in (None, ""):
                mapping = settings.mapping
                order.moments[moment] = values.moment(moment, mapping.zone or settings.zone, mapping.dates)
            currency = _currency(order, settings)
            order.lines.append(line_of(row, currency))
            for name, where in beside:
                if (said := _first(row, where)) is not None:
                    order.beside[name] += values.minor(said, currency, settings.mapping.decimal)
        except BadRow as bad:
            order.errors.append(RowError(place, number, str(bad)))
        if not order.left:
            del opened[number]
            yield _finished(number, order, settings)


def _first(row: Sequence[Any], where: Sequence[int]) -> Any:
    for place in where:
        value = row[place]
        if value is not None and value != "":
            return value
    return None


def _currency(order: _Open, settings: Settings) -> str:
    said = order.head.get("currency")
    if said is None:
        return settings.currency
    code = str(said).strip().upper()
    try:
        money.exponent(code)
    except ValueError:
        raise BadRow(_("“%(text)s” is no currency.") % {"text": code[:20]}) from None
    return code


def _line_reader(
    columns: Mapping[str, tuple[int, ...]], settings: Settings
) -> Callable[[Sequence[Any], str], ImportedLine]:
    sku, title, quantity, unit, total, discount = (columns.get(name, ()) for name in _LINE)
    decimal = settings.mapping.decimal

    @lru_cache(maxsize=200_000)
    def sums(pieces: Any, price: Any, whole: Any, less: Any, currency: str) -> tuple[int, str, int, int, int]:
        count = 1 if pieces is None else values.pieces(pieces, decimal)
        if price is None and whole is None:
            raise BadRow(_("The line has no price."))
        off = 0 if less is None else abs(values.minor(less, currency, decimal))
        exact = values.number(whole if price is None else price, decimal)
        each = exact / (count or 1) if price is None else exact
        written = format(each if price is not None else round(each, 6), "f")
        line = exact * count if whole is None else values.number(whole, decimal)
        return count, written[:40], money.rounded(each, currency), money.rounded(line, currency), off

    def line_of(row: Sequence[Any], currency: str) -> ImportedLine:
        count, written, each, line, off = sums(
            _first(row, quantity), _first(row, unit), _first(row, total), _first(row, discount), currency
        )
        code = values.identifier(_first(row, sku))[:120]
        return ImportedLine(code, values.text(_first(row, title))[:300] or code or "–", count, written, each, line, off)

    return line_of


def _finished(number: str, order: _Open, settings: Settings) -> ReadOrder:
    empty = ReadOrder(order.line, number, None, None, order.rows, 0)
    if not order.moments and not order.errors:
        order.errors.append(RowError(order.line, number, _("The order has no moment.")))
    if order.errors:
        return empty._replace(errors=tuple(order.errors))
    try:
        customer = _customer(order, settings)
        notes: list[str] = []
        draft = _draft(number, order, settings, customer, notes)
    except BadRow as bad:
        return empty._replace(errors=(RowError(order.line, number, str(bad)),))
    known = customer if customer.number or customer.email else None
    return ReadOrder(order.line, number, draft, known, order.rows, order.anonymous, (), tuple(notes))


def _customer(order: _Open, settings: Settings) -> ImportedCustomer:
    head = order.head
    language = values.text(head.get("language")).lower()[:2]
    said = values.text(head.get("country"))
    currency = _currency(order, settings)
    return ImportedCustomer(
        number=values.identifier(head.get("customer"))[:120], email=values.text(head.get("email"))[:254],
        name=_name(head), phone=values.text(head.get("phone")).lstrip("'")[:40],
        language=language if language in LANGUAGES else settings.language, market=settings.markets.get(currency, ""),
        country=values.country(said, settings.mapping.countries), at=min(order.moments.values()),
    )  # fmt: skip


def _name(head: Mapping[str, Any]) -> str:
    whole = values.text(head.get("name"))
    return whole or f"{values.text(head.get('first_name'))} {values.text(head.get('last_name'))}".strip()


def _draft(
    number: str, order: _Open, settings: Settings, customer: ImportedCustomer, notes: list[str]
) -> ImportedOrder:
    head, mapping, currency = order.head, settings.mapping, _currency(order, settings)
    zone = mapping.zone or settings.zone
    moments: dict[str, Any] = {
        name: values.moment(head[name], zone, mapping.dates) for name in _MOMENTS if name in head
    }
    kind = _kind(number, order.lines, mapping)
    status = "cancelled" if "cancelled_at" in moments else _status(head, mapping, notes)
    lines, sums = order.lines, _sums(order, currency, mapping, notes)
    if kind == HistoryKind.SALE and _total(lines, sums) < 0:
        kind = HistoryKind.CREDIT
    at = min(order.moments.values())
    return ImportedOrder(
        number=number, at=at, lines=tuple(lines), currency=currency, kind=kind, status=status, email=customer.email,
        name=customer.name, phone=customer.phone, language=customer.language, market=customer.market,
        country=customer.country, shipping_address=_address(head, "shipping_", mapping, customer),
        billing_address=_address(head, "billing_", mapping, customer), note=values.text(head.get("note")),
        paid=_paid(head, status, moments), coupon_codes=_coupons(head),
        payment_name=values.text(head.get("payment_name"))[:40],
        delivery_name=values.text(head.get("delivery_name"))[:120], more=_more(order, customer, head), **sums,
        **moments,
    )  # fmt: skip


def _kind(number: str, lines: Sequence[ImportedLine], mapping: TableMapping) -> HistoryKind:
    if number.startswith(mapping.credit_prefixes):
        return HistoryKind.CREDIT
    if number.startswith(mapping.adjustment_prefixes):
        return HistoryKind.ADJUSTMENT
    # Goods that went away for nothing (damaged, lost) were not sold to anybody.
    gone = not any(line.quantity > 0 for line in lines) and not any(line.total_minor for line in lines)
    return HistoryKind.ADJUSTMENT if gone else HistoryKind.SALE


def _status(head: Mapping[str, Any], mapping: TableMapping, notes: list[str]) -> str:
    said = values.text(head.get("status")).casefold()
    if not said:
        return mapping.status
    found = mapping.statuses.get(said) or _STATUSES.get(said)
    if found is None:
        notes.append(_("The state “%(text)s” is not known and counts as %(ours)s.")
                     % {"text": said[:40], "ours": mapping.status})  # fmt: skip
    return found or mapping.status


def _paid(head: Mapping[str, Any], status: str, moments: Mapping[str, datetime]) -> bool:
    said = values.text(head.get("payment_status")).casefold()
    if said in _PAID or "paid_at" in moments:
        return True
    return said not in _UNPAID and status not in ("placed", "cancelled")


def _sums(order: _Open, currency: str, mapping: TableMapping, notes: list[str]) -> dict[str, Any]:
    """What stands beside the lines. What a total holds that its parts do not is kept as a fee or a discount."""

    def amount(name: str) -> int:
        return values.minor(order.head[name], currency, mapping.decimal) if name in order.head else 0

    goods = sum(line.total_minor - line.discount_minor for line in order.lines)
    delivery = amount("delivery") + order.beside["line_delivery"]
    tax = amount("tax") + order.beside["line_tax"]
    discount = goods - amount("subtotal") if "subtotal" in order.head else abs(amount("discount"))
    sums = {
        "discount_minor": max(discount, 0), "delivery_minor": delivery, "tax_minor": tax, "tax_included": True,
        "fee_minor": max(-discount, 0), "refunded_minor": abs(amount("refunded")),
    }  # fmt: skip
    if "total" not in order.head:
        return sums
    rest = amount("total") - (goods - discount + delivery)
    if tax and rest and abs(rest - tax) < abs(rest):
        sums["tax_included"] = False
        rest -= tax
    if rest:
        notes.append(_("A total that its parts do not make: the difference is kept as a fee or a discount."))
        sums["fee_minor" if rest > 0 else "discount_minor"] += abs(rest)
    return sums


def _total(lines: Sequence[ImportedLine], sums: Mapping[str, Any]) -> int:
    goods = sum(line.total_minor - line.discount_minor for line in lines)
    tax = 0 if sums["tax_included"] else sums["tax_minor"]
    return int(goods - sums["discount_minor"] + sums["delivery_minor"] + sums["fee_minor"] + tax)


def _address(head: Mapping[str, Any], kind: str, mapping: TableMapping, customer: ImportedCustomer) -> PostalAddress:
    parts = {part: values.text(head.get(f"{kind}{part}"))[:200] for part in _PLACE}
    if not any(parts.values()):
        return PostalAddress(name=customer.name, country=customer.country)
    parts["country"] = values.country(parts["country"], mapping.countries) or customer.country
    parts["postcode"] = parts["postcode"].lstrip("'")
    return PostalAddress(**parts)


def _coupons(head: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(code.strip()[:40] for code in values.text(head.get("coupon")).split(",") if code.strip())


def _more(order: _Open, customer: ImportedCustomer, head: Mapping[str, Any]) -> dict[str, Any]:
    """What has no field of ours: the customer's number, a country that is none, moments beside the first."""
    more: dict[str, Any] = {"customer": customer.number} if customer.number else {}
    if "country" in head and not customer.country:
        more["country"] = values.text(head["country"])
    if len(order.moments) > 1:
        more["moments"] = [each.isoformat() for each in sorted(order.moments.values())]
    return more

"""Bringing orders of another system: many at once, as history."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from nitka.ground.copying import copy_rows
from nitka.ground.facts.actions import tell_history
from nitka.ground.facts.contract import Fact
from nitka.ground.ids import new_code, new_id, read_code
from nitka.sale.orders.facts import OrderCancelled, OrderCredited, OrderDelivered, OrderPaid, OrderPlaced
from nitka.sale.orders.history import HistoryKind, ImportedLine, ImportedOrder, ImportOutcome
from nitka.sale.orders.models import CurrentTransaction, Order, OrderLine, OrderStep
from nitka.sale.orders.steps import Kind, Status
from nitka.shelf.catalog import queries as catalog

_CODE = re.compile(r"[0-9A-Z][0-9A-Z._-]{2,39}")
_JSON = ("shipping_address", "billing_address", "told_us", "taxes", "coupon_codes", "promotions", "promise", "duties",
         "imported")  # fmt: skip
_ORDER = tuple(field.attname for field in Order._meta.concrete_fields if field.attname != "changed_in")
_LINE = ("id", "order_id", "position", "variant_id", "product_id", "sku", "title", "option_text", "picture", "weight_g",
         "quantity", "unit_minor", "unit_text", "list_minor", "discount_minor", "total_minor", "tax_rate",
         "tax_minor")  # fmt: skip
_STEP = ("id", "order_id", "kind", "at", "actor", "note", "detail")
_STATUS = {HistoryKind.CREDIT: Status.CREDITED, HistoryKind.ADJUSTMENT: Status.ADJUSTED}
Goods = Mapping[str, tuple[UUID, UUID]]


@transaction.atomic
def import_orders(*, source: str, drafts: Sequence[ImportedOrder]) -> ImportOutcome:
    """Bring invoices of the system `source`, matched by their number there: new ones come, changed ones change, the
    rest stays. No number twice in one call.

    Facts are told as history with their own moments, without jobs: no mail goes out, no stock moves, no invoice number
    is used. The code is the number where it is free and can be typed. Raises ValueError for a source without a name.
    """
    if not source or len(source) > 40:
        raise ValueError("A source has a name of up to 40 letters.")
    _one_at_a_time(source)
    known = _known(source, drafts)
    prints = {draft.number: draft.fingerprint() for draft in drafts}
    fresh = [draft for draft in drafts if draft.number not in known]
    changed = [draft for draft in drafts if draft.number in known and known[draft.number][1] != prints[draft.number]]
    ids = {draft.number: known[draft.number][0] if draft.number in known else new_id() for draft in drafts}
    codes = _codes(fresh)
    rows = [_row(draft, ids[draft.number], codes[draft.number], source, prints[draft.number]) for draft in fresh]
    copy_rows("orders_orders", [_column(name) for name in _ORDER], (_values(row) for row in rows))
    told = _change(changed, ids, source, prints)
    _write_parts([*fresh, *changed], ids)
    tell_history([each for draft in fresh for each in _facts(draft, ids[draft.number], codes[draft.number])] + told)
    touched = tuple(ids[draft.number] for draft in (*fresh, *changed))
    return ImportOutcome(len(fresh), len(changed), len(drafts) - len(fresh) - len(changed), touched)


def _one_at_a_time(source: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('orders.import'), hashtext(%s))", [source])


def _known(source: str, drafts: Sequence[ImportedOrder]) -> dict[str, tuple[UUID, str]]:
    rows = Order.objects.filter(source=source, number__in=[draft.number for draft in drafts])
    return {number: (order_id, mark) for order_id, number, mark in rows.values_list("id", "number", "fingerprint")}


def _codes(fresh: Sequence[ImportedOrder]) -> dict[str, str]:
    """The number itself where people can type it and nobody has it; else a code like that of any other order."""
    wanted = {draft.number: read_code(draft.number) for draft in fresh}
    taken = set(Order.objects.filter(code__in=set(wanted.values())).values_list("code", flat=True))
    codes = {}
    for number, code in wanted.items():
        if not _CODE.fullmatch(code) or code in taken:
            code = new_code("NK", groups=(4, 4))
        taken.add(code)
        codes[number] = code
    return codes


def _row(draft: ImportedOrder, order_id: UUID, code: str, source: str, mark: str) -> Order:
    return Order(id=order_id, code=code, source=source, number=draft.number, fingerprint=mark, **_fields(draft))


def _fields(draft: ImportedOrder) -> dict[str, Any]:
    return {
        "status": _STATUS.get(draft.kind, draft.status), "paid": draft.paid, "customer_id": draft.customer_id,
        "email": draft.email, "name": draft.name[:200], "phone": draft.phone[:40], "language": draft.language,
        "market": draft.market, "country": draft.country, "shipping_address": draft.shipping_address.as_dict(),
        "billing_address": draft.billing_address.as_dict(), "note": draft.note, "currency": draft.currency,
        "tax_included": draft.tax_included, "goods_minor": draft.goods_minor, "discount_minor": draft.discount_minor,
        "delivery_minor": draft.delivery_minor, "payment_fee_minor": draft.fee_minor, "tax_minor": draft.tax_minor,
        "total_minor": draft.total_minor, "refunded_minor": draft.refunded_minor,
        "coupon_codes": list(draft.coupon_codes), "promise": {"name": draft.delivery_name[:120]},
        "payment_method": draft.payment_name[:40], "imported": draft.more, "created_at": draft.at,
        "placed_at": draft.at,
    }  # fmt: skip


def _column(name: str) -> str:
    return str(Order._meta.get_field(name).column)  # type: ignore[union-attr]


def _values(row: Order) -> list[Any]:
    return [json.dumps(getattr(row, name)) if name in _JSON else getattr(row, name) for name in _ORDER]


def _change(changed: Sequence[ImportedOrder], ids: Mapping[str, UUID], source: str, prints: Mapping[str, str]
            ) -> list[tuple[Fact, datetime]]:  # fmt: skip
    """Rewrite orders of which the file says something else now; returns the facts that are new by that."""
    told: list[tuple[Fact, datetime]] = []
    before = {order.id: order for order in Order.objects.filter(id__in=[ids[draft.number] for draft in changed])}
    done: dict[UUID, set[str]] = {order_id: set() for order_id in before}
    for order_id, kind in OrderStep.objects.filter(order_id__in=done).values_list("order_id", "kind"):
        done[order_id].add(kind)
    for draft in changed:
        order = before[ids[draft.number]]
        fields = _fields(draft)
        # Whoever was told apart since the last import stays so.
        fields["customer_id"] = order.customer_id or draft.customer_id
        Order.objects.filter(id=order.id).update(
            **fields, fingerprint=prints[draft.number], changed_in=CurrentTransaction()
        )
        news = {kind for kind, _at in _steps(draft)} - done[order.id]
        told += [each for each in _facts(draft, order.id, order.code) if _KIND_OF[type(each[0])] in news]
    OrderLine.objects.filter(order_id__in=done).delete()
    OrderStep.objects.filter(order_id__in=done).delete()
    return told


def _write_parts(drafts: Sequence[ImportedOrder], ids: Mapping[str, UUID]) -> None:
    goods = _goods({line.sku for draft in drafts for line in draft.lines if line.sku})
    copy_rows("orders_lines", _LINE, (
        row for draft in drafts for row in _line_rows(draft.lines, ids[draft.number], goods)
    ))  # fmt: skip
    copy_rows("orders_steps", _STEP, (
        (new_id(), ids[draft.number], kind, at, "", "", "{}") for draft in drafts for kind, at in _steps(draft)
    ))  # fmt: skip


def _goods(skus: set[str]) -> Goods:
    """SKU → variant and product, of those that we have."""
    variants = catalog.variant_ids_by_sku(skus)
    products = catalog.products_of_variants(variants.values())
    return {sku: (variant, products[variant]) for sku, variant in variants.items()}


def _line_rows(lines: Sequence[ImportedLine], order_id: UUID, goods: Goods) -> Iterator[tuple[Any, ...]]:
    for position, line in enumerate(lines, start=1):
        variant, product = goods.get(line.sku, (None, None))
        yield (
            new_id(), order_id, position, variant, product, line.sku, line.title, "", "", 0, line.quantity,
            line.unit_minor, line.unit_text, line.unit_minor, line.discount_minor,
            line.total_minor - line.discount_minor, 0, 0,
        )  # fmt: skip


def _steps(draft: ImportedOrder) -> list[tuple[str, datetime]]:
    """What the file tells of, and nothing else: an order that counts as delivered needs no day of delivery."""
    if draft.kind != HistoryKind.SALE:
        return [(Kind.CREDITED if draft.kind == HistoryKind.CREDIT else Kind.ADJUSTED, draft.at)]
    moments = (
        (Kind.PAID, draft.paid_at), (Kind.SHIPPED, draft.shipped_at), (Kind.DELIVERED, draft.delivered_at),
        (Kind.CANCELLED, draft.cancelled_at),
    )  # fmt: skip
    return [(Kind.PLACED, draft.at), *((kind, at) for kind, at in moments if at is not None)]


_KIND_OF: dict[type[Fact], str] = {
    OrderPlaced: Kind.PLACED, OrderPaid: Kind.PAID, OrderDelivered: Kind.DELIVERED, OrderCancelled: Kind.CANCELLED,
    OrderCredited: Kind.CREDITED,
}  # fmt: skip


def _facts(draft: ImportedOrder, order_id: UUID, code: str) -> list[tuple[Fact, datetime]]:
    """What is told of it. Of a parcel nothing is, for there is none of ours; of an entry of the books neither."""
    known: dict[str, Any] = {"order_id": order_id, "code": code, "customer_id": draft.customer_id}
    sums: dict[str, Any] = {"market": draft.market, "currency": draft.currency, "total_minor": draft.total_minor}
    if draft.kind == HistoryKind.ADJUSTMENT:
        return []
    if draft.kind == HistoryKind.CREDIT:
        return [(OrderCredited(**known, **sums, pieces=draft.pieces), draft.at)]
    placed = OrderPlaced(
        **known, **sums, cart_id=None, country=draft.country, language=draft.language, goods_minor=draft.goods_minor,
        pieces=draft.pieces, payment_method=draft.payment_name[:40], paid=draft.paid,
    )  # fmt: skip
    told: list[tuple[Fact, datetime]] = [(placed, draft.at)]
    if draft.paid_at:
        told.append((OrderPaid(**known, **sums, with_placing=draft.paid_at == draft.at), draft.paid_at))
    if draft.delivered_at:
        told.append((OrderDelivered(**known), draft.delivered_at))
    if draft.cancelled_at:
        gone = OrderCancelled(**known, **sums, refund_minor=draft.refunded_minor, reason="shop")
        told.append((gone, draft.cancelled_at))
    return told

"""What the warehouse has to fetch: the orders that may leave, and one walk for several of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, Sum
from django.utils.dateparse import parse_date

from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.steps import TO_SEND
from nitka.sale.orders.views import PickLine, PickOrder
from nitka.sale.payments import queries as payments
from nitka.shelf.inventory import queries as inventory

_LEFT = F("quantity") - F("shipped") - F("cancelled")


def orders_to_send(limit: int = 200) -> tuple[PickOrder, ...]:
    """Orders whose goods may leave now, by the day that was promised, oldest first. Two queries."""
    may_leave = Q(paid=True) | Q(secured=True) | Q(payment_method__in=payments.PAID_LATER)
    rows = list(
        Order.objects.filter(may_leave, status__in=TO_SEND, source="")
        .exclude(review="pending")
        .order_by("promise__day_to", "placed_at", "id")[:limit]
    )
    counts = OrderLine.objects.filter(order_id__in=[row.id for row in rows])
    pieces = dict(counts.values_list("order_id").annotate(left=Sum(_LEFT)))
    return tuple(
        PickOrder(
            id=row.id, code=row.code, status=row.status, name=row.name, country=row.country,
            delivery=row.promise.get("name", row.delivery_code), promised_on=parse_date(row.promise.get("day_to", "")),
            placed_at=row.placed_at, pieces=pieces.get(row.id, 0), note=row.note,
        )
        for row in rows
    )  # fmt: skip


def pick_list(order_ids: Iterable[UUID]) -> tuple[PickLine, ...]:
    """One walk through the shelves for these orders: by place, then by number of the goods. Two queries."""
    ids = list(order_ids)
    rows = OrderLine.objects.filter(order_id__in=ids, variant_id__isnull=False).annotate(left=_LEFT).filter(left__gt=0)
    lines: dict[UUID, list[OrderLine]] = {}
    for row in rows.select_related("order").order_by("order__placed_at", "position"):
        lines.setdefault(row.variant_id, []).append(row)  # type: ignore[arg-type]
    found: dict[tuple[str, UUID], list[tuple[str, int]]] = {}
    codes = {row.order_id: row.order.code for each in lines.values() for row in each}
    for reference, hold in inventory.held_for(ids):
        if hold.state == "held":
            found.setdefault((hold.location, hold.variant_id), []).append((codes.get(reference, ""), hold.quantity))
    picked = [
        PickLine(
            variant_id=variant_id, sku=first.sku, title=first.title, option_text=first.option_text,
            picture=first.picture, location=location, pieces=sum(count for _code, count in wanted),
            orders=tuple(wanted),
        )
        for (location, variant_id), wanted in found.items()
        if variant_id in lines
        for first in [lines[variant_id][0]]
    ]  # fmt: skip
    return tuple(sorted(picked, key=lambda line: (line.location, line.sku)))

"""Writing steps: the one place where the state of an order changes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.sale.orders.models import CurrentTransaction, Order, OrderStep

Status, Kind = Order.Status, OrderStep.Kind

# What people see; the others were never orders.
SHOWN = (Status.PLACED, Status.PAID, Status.PACKED, Status.PART_SHIPPED, Status.SHIPPED, Status.DELIVERED,
         Status.CANCELLED, Status.CREDITED, Status.ADJUSTED)  # fmt: skip
# Entries of another system's books: they have a sum and a day, and nobody ordered anything by them.
NO_ORDER = (Status.CREDITED, Status.ADJUSTED)
# What was never a sale, or is none any more.
NO_SALE = (Status.CANCELLED, *NO_ORDER)
OPEN = (Status.PLACED, Status.PAID, Status.PACKED)
# From these, pieces may still leave.
TO_SEND = (*OPEN, Status.PART_SHIPPED)
# A step that leads to a state of its name; the others are notes on the way.
_STATES = ("placed", "paid", "packed", "part_shipped", "shipped", "delivered", "cancelled")
_ORDER = {name: place for place, name in enumerate(_STATES)}


def derived(kinds: list[str]) -> str:
    """The state that steps lead to: the furthest of them (cash on delivery is paid after it was delivered)."""
    states = [kind for kind in kinds if kind in _ORDER]
    return max(states, key=_ORDER.__getitem__, default=Status.AWAITING)


def add_steps(order: Order, *kinds: str, actor: str = "", note: str = "", detail: dict[str, Any] | None = None,
              **changes: Any) -> None:  # fmt: skip
    """Write steps of one moment, and what they change of the order's row (locked by the caller)."""
    at = clock.now()
    OrderStep.objects.bulk_create(
        OrderStep(
            id=new_id(), order_id=order.id, kind=kind, at=at + timedelta(microseconds=place), actor=actor,
            note=note[:300], detail=detail or {},
        )
        for place, kind in enumerate(kinds)
    )  # fmt: skip
    before = [order.status] if order.status in _ORDER else []
    status = derived([*before, *kinds])
    write(order, status=status, **changes)


def write(order: Order, **changes: Any) -> None:
    """Change the row, and mark it as changed for `orders_since`."""
    Order.objects.filter(id=order.id).update(**changes, changed_in=CurrentTransaction())
    for name, value in changes.items():
        if not isinstance(value, F):
            setattr(order, name, value)


def lock(order_id: UUID) -> Order | None:
    """The order's row, locked: all that is done to one order is done one after another."""
    return Order.objects.select_for_update().filter(id=order_id).first()


def has(order: Order, kind: str) -> bool:
    """Whether the order has a step of that kind."""
    return OrderStep.objects.filter(order_id=order.id, kind=kind).exists()


def detail_of(order: Order, kind: str, *, key: str) -> dict[str, Any] | None:
    """The detail of the step of that kind and key, of steps that may come again."""
    row = OrderStep.objects.filter(order_id=order.id, kind=kind, detail__key=key).first()
    return row.detail if row else None

"""What several verbs do to an order whose row they have locked (or have made just now)."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell, tell_all
from nitka.sale.orders import steps
from nitka.sale.orders.facts import OrderCancelled, OrderPaid, OrderPlaced
from nitka.sale.orders.models import Order, OrderLine, OrderStep
from nitka.sale.orders.problems import HistoryProblem
from nitka.sale.orders.steps import Kind, Status


def line_rows(order_id: UUID) -> list[OrderLine]:
    """The lines, in their order."""
    return list(OrderLine.objects.filter(order_id=order_id).order_by("position"))


def pieces_wanted(order_id: UUID) -> dict[UUID, int]:
    """The goods of the order: variant → pieces. A gift may be of a variant that is also bought."""
    wanted = Counter[UUID]()
    for line in line_rows(order_id):
        if line.variant_id:
            wanted[line.variant_id] += line.quantity
    return wanted


def refuse_history(order: Order) -> None:
    """Raises HistoryProblem for an order that was brought from elsewhere: its goods, money and invoice were there."""
    if order.source:
        raise HistoryProblem(_("This order was brought from another system. What is left to do is done there."))


def place(order: Order, *, paid: bool, pieces: int | None = None, **changes: Any) -> None:
    """The order stands from now on."""
    kinds = [Kind.PLACED, Kind.PAID] if paid else [Kind.PLACED]
    steps.add_steps(order, *kinds, paid=paid, placed_at=clock.now(), **changes)
    if pieces is None:
        pieces = sum(OrderLine.objects.filter(order_id=order.id).values_list("quantity", flat=True))
    placed = OrderPlaced(
        order_id=order.id, code=order.code, customer_id=order.customer_id, cart_id=order.came_from_cart,
        market=order.market, country=order.country, language=order.language, currency=order.currency,
        goods_minor=order.goods_minor, total_minor=order.total_minor, pieces=pieces,
        payment_method=order.payment_method, paid=paid,
    )  # fmt: skip
    tell_all([placed, _paid(order, with_placing=True)] if paid else [placed])


def tell_paid(order: Order, *, with_placing: bool) -> None:
    """All of the money is here."""
    tell(_paid(order, with_placing=with_placing))


def _paid(order: Order, *, with_placing: bool) -> OrderPaid:
    return OrderPaid(
        order_id=order.id, code=order.code, customer_id=order.customer_id, market=order.market,
        currency=order.currency, total_minor=order.total_minor, with_placing=with_placing,
    )  # fmt: skip


def cancel(
    order: Order, *, reason: str, refund_minor: int, actor: str = "", note: str = "", why: str = ""
) -> None:  # fmt: skip
    """The order is off (or stays off, if money came for it later). Goods, coupon and money are the caller's."""
    detail = {"reason": reason, "refund_minor": refund_minor, **({"why": why} if why else {})}
    kinds = [] if order.status == Status.CANCELLED else [Kind.CANCELLED]
    steps.add_steps(
        order, *kinds, actor=actor, note=note, detail=detail, hold_until=None, placed_at=order.placed_at or clock.now()
    )
    tell(
        OrderCancelled(
            order_id=order.id, code=order.code, customer_id=order.customer_id, market=order.market,
            currency=order.currency, total_minor=order.total_minor, refund_minor=refund_minor, reason=reason,
        )
    )  # fmt: skip


def lapse_cancellation(order: Order) -> None:
    """A cancellation for want of money is overtaken by the money; its record stays under another name."""
    OrderStep.objects.filter(order_id=order.id, kind=Kind.CANCELLED).update(kind=Kind.LAPSED)
    order.status = Status.PLACED

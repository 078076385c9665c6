"""Handing what was delivered to the reviews."""

from uuid import UUID

from nitka.sale.orders.models import Order, OrderLine
from nitka.shelf.reviews import actions as reviews


def invite(order_id: UUID) -> int:
    """Let the buyer of an order review its goods; of what was taken off it nothing. Returns how many products."""
    order = Order.objects.get(id=order_id)
    lines = OrderLine.objects.filter(order_id=order_id).order_by("position", "id")
    goods = [line.product_id for line in lines if line.product_id and line.quantity > line.cancelled]
    return reviews.invite(
        order_code=order.code, product_ids=goods, customer_id=order.customer_id, email=order.email,
        language=order.language,
    )  # fmt: skip

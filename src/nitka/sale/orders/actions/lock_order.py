"""Standing in line for an order: for siblings that act on what was sold."""

from uuid import UUID

from nitka.sale.orders import steps


def lock_order(*, order_id: UUID) -> bool:
    """Lock the order's row until the caller's transaction ends; False for no such order.

    It comes before locks of stock, coupons and payments, as everywhere.
    """
    return steps.lock(order_id) is not None

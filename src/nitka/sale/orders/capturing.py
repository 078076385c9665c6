"""Money that was set aside is taken as the goods leave."""

from nitka.sale.orders.models import Order
from nitka.sale.payments import actions as payments


def take_money(order: Order, *, key: str, minor: int | None = None, final: bool = True) -> int:
    """Ask for what is set aside for the order: `minor` for a parcel of several, all of it by default. Rows alone.

    The order is locked. `final`: nothing more will leave, the rest is let go. Returns the minor units asked for; 0
    where nothing is set aside. The order is paid once the gateway has given it (`CaptureAnswered`).
    """
    if not order.secured or order.paid:
        return 0
    return payments.capture_for(
        reference=order.id, minor=order.due_minor if minor is None else minor, key=key, final=final
    )

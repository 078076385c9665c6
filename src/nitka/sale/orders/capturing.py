"""Money that was set aside is taken as the goods leave."""

from nitka.sale.orders.models import Order
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import PaymentView


def take_money(order: Order, *, key: str, minor: int | None = None, final: bool = True) -> int:
    """Ask for what is set aside for the order: `minor` for a parcel of several, all of it by default. Rows alone.

    The order is locked. `final`: nothing more will leave, the rest is let go. Returns the minor units asked for; 0
    where nothing is set aside. The order is paid once the gateway has given it (`CaptureAnswered`).
    """
    if not order.secured or order.paid:
        return 0
    due = order.total_minor - sum(_asked(each) for each in payment_queries.payments_of(order.id))
    wanted = due if minor is None else min(minor, due)
    return payments.capture_for(reference=order.id, minor=wanted, key=key, final=final) if wanted > 0 else 0


def _asked(payment: PaymentView) -> int:
    """What of an order's total this payment bears already."""
    return payment.asked_minor if payment.authorised_minor else payment.refundable_minor

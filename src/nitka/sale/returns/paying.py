"""How the difference of an exchange can be paid."""

from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import queries as payments
from nitka.sale.payments.queries import MethodView


def methods_for(order: OrderView, minor: int) -> tuple[MethodView, ...]:
    """The means that can pay it now: those that answer at once."""
    found = payments.methods(market=order.market, country=order.country, total_minor=minor)
    return tuple(each for each in found if not payments.placed_at_once(each.code))

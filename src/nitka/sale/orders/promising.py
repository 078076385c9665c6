"""The promise as an order keeps it: what was said, from where it was counted, and when."""

from typing import Any

from nitka.ground import clock
from nitka.sale.orders.models import Order
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import OptionView


def kept(option: OptionView) -> dict[str, Any]:
    """The promise of that option, as the order's row keeps it."""
    given = option.promise
    return {
        "code": option.code, "name": option.name, "day_from": given.day_from.isoformat(),
        "day_to": given.day_to.isoformat(), "source": given.source, "computed_at": given.computed_at.isoformat(),
        "order_before": given.order_before.isoformat() if given.order_before else "",
    }  # fmt: skip


def counted_from_now(order: Order) -> dict[str, Any]:
    """The promise of an order whose money came later: the same delivery, counted from today, beside the first one.

    Where the delivery is not to be had any more the first promise stays.
    """
    address = order.shipping_address
    option = shipping.option(
        order.delivery_code, country=order.country, postcode=address.get("postcode", ""), market=order.market,
        goods_minor=order.goods_minor, at=clock.now(),
    )  # fmt: skip
    if option is None:
        return dict(order.promise)
    return {**kept(option), "name": order.promise.get("name", option.name), "first": order.promise}

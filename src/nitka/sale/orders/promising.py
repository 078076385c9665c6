"""The promise as an order keeps it: what was said, from where it was counted, and when."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from nitka.ground import clock
from nitka.sale.orders.models import Order
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.actions import Given
from nitka.sale.shipping.queries import OptionView


def kept(option: OptionView) -> dict[str, Any]:
    """The promise of that option, as the order's row keeps it."""
    given = option.promise
    return {
        "code": option.code, "name": option.name, "day_from": given.day_from.isoformat(),
        "day_to": given.day_to.isoformat(), "source": given.source, "computed_at": given.computed_at.isoformat(),
        "order_before": given.order_before.isoformat() if given.order_before else "",
        **({"point": asdict(option.point)} if option.point else {}),
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
    point = {"point": order.promise["point"]} if order.promise.get("point") else {}
    return {**kept(option), **point, "name": order.promise.get("name", option.name), "first": order.promise}


def delayed(order: Order, new_day: date, cause: str) -> dict[str, Any]:
    """The promise with a later day, beside the day that was promised first."""
    before = order.promise
    return {
        **before, "day_from": new_day.isoformat(), "day_to": new_day.isoformat(), "source": f"watch:{cause}",
        "computed_at": clock.now().isoformat(), "order_before": "", "cause": cause, "choice": "",
        "promised": before.get("promised") or before.get("day_to", ""),
    }  # fmt: skip


def given(order: Order) -> Iterator[Given]:
    """What shipping writes down of the promises of this order: the one before its payment too."""
    for each in (order.promise.get("first"), order.promise):
        days = [parse_date((each or {}).get(name, "")) for name in ("day_from", "day_to")]
        if each and days[0] and days[1] and not each.get("cause"):
            yield Given(
                reference=order.id, day_from=days[0], day_to=days[1], source=each.get("source", ""),
                computed_at=parse_datetime(each.get("computed_at", "")) or order.created_at,
                option=each.get("code", ""), country=order.country,
            )  # fmt: skip

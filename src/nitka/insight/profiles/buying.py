"""The fold over orders: one order is a small summary, and summaries merge. Pure; knows no database."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from nitka.ground import clock
from nitka.insight.profiles import fading
from nitka.insight.profiles.sketches import Fields, State, earliest, latest, merge, newest, tally, total
from nitka.sale.orders.queries import Purchase

MOST_PRODUCTS = 400

FIELDS: Fields = {
    "orders": total,  # that stand
    "first": earliest,  # [at, code]
    "last": latest,
    "moments": newest(200),  # [at, code] of orders, for the days between them
    "money": tally(3),  # currency → gross, back, orders, [at, code]
    "cancelled": total,
    "last_cancelled": latest,
    "returned": total,
    "last_returned": latest,
    "coupons": tally(1),  # code → orders
    "with_coupon": total,
    "deliveries": tally(1),  # code → orders, [at, code of the order, name]
    "markets": tally(1),
    "countries": tally(1),
    "languages": tally(1),
    "products": tally(2),  # weight, orders, [at, code]
    "kept": total,
    "broken": total,
    "last_broken": latest,  # [at of delivery, code, days late]
    "waiting": newest(50),  # [end of the promised day, code] of what was not delivered yet
}


def state_of(purchases: Iterable[Purchase], zone: str) -> tuple[int, State]:
    """The reference of the weights and the summary of somebody's orders, in whatever order they come.

    The reference is the last order, so that the shares of goods bought long ago are not lost. `zone` is the shop's: a
    promise is for a day there.
    """
    bought = list(purchases)
    reference = max((fading.milliseconds(each.placed_at) for each in bought), default=0)
    state: State = {}
    for each in bought:
        merge(FIELDS, state, summary_of(each, reference, zone))
    goods = state.get("products", {})
    if len(goods) > MOST_PRODUCTS:
        last = sorted(goods, key=lambda product: (goods[product][2], product), reverse=True)[:MOST_PRODUCTS]
        state["products"] = {product: goods[product] for product in last}
    return reference, state


def summary_of(order: Purchase, reference: int, zone: str) -> State:
    """What one order says. A cancelled one is no sale; a credit note of another system gives money back."""
    when: list[Any] = [fading.milliseconds(order.placed_at), order.code]
    if order.status == "adjusted":
        return {}
    if order.status == "cancelled":
        return {"cancelled": 1, "last_cancelled": when}
    if order.status == "credited":
        return {"returned": 1, "last_returned": when, "money": {order.currency: [0, -order.total_minor, 0, when]}}
    found: State = {
        "orders": 1, "first": when, "last": when, "moments": [when],
        "money": {order.currency: [order.total_minor, order.refunded_minor, 1, when]},
        "products": {
            product: [fading.kept(fading.BOUGHT, when[0], reference), 1, when] for product in order.products
        },
    }  # fmt: skip
    for field, word in (("markets", order.market), ("countries", order.country), ("languages", order.language)):
        if word:
            found[field] = {word: [1, when]}
    if order.refunded_minor or order.returned:
        found |= {"returned": 1, "last_returned": when}
    if order.coupon_codes:
        found |= {"with_coupon": 1, "coupons": {code: [1, when] for code in order.coupon_codes}}
    if order.delivery_code:
        found["deliveries"] = {order.delivery_code: [1, [*when, order.delivery_name]]}
    return found | _promise(order, zone)


def _promise(order: Purchase, zone: str) -> State:
    """Whether the parcel came by the end of the promised day."""
    if order.promised is None:
        return {}
    if order.delivered_at is None:
        end: datetime = clock.at_local(order.promised, time(23, 59, 59), zone)
        return {"waiting": [[fading.milliseconds(end), order.code]]}
    late = (clock.local(order.delivered_at, zone).date() - order.promised).days
    if late <= 0:
        return {"kept": 1}
    return {"broken": 1, "last_broken": [fading.milliseconds(order.delivered_at), order.code, late]}

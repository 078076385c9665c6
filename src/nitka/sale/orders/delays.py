"""What may be chosen when a promised day will not be kept, and which unsent orders will miss theirs."""

from datetime import date, timedelta

from django.utils.dateparse import parse_date

from nitka.ground import clock
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.steps import OPEN, TO_SEND, Status
from nitka.sale.orders.views import DelayChoices
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import Load, OptionView

DAYS_TO_CHOOSE = 5
MAY_WAIT = (*TO_SEND, Status.SHIPPED)


def choices(order: Order) -> DelayChoices | None:
    """See `queries.choices_of_delay`."""
    kept = order.promise
    new_day = parse_date(kept.get("day_to", ""))
    if not kept.get("cause") or new_day is None or order.status not in MAY_WAIT or order.source:
        return None
    may_change = order.status in OPEN
    return DelayChoices(
        kept["cause"], shipping.cause_text(kept["cause"]), parse_date(kept.get("promised", "")), new_day,
        kept.get("choice", ""), options_for_nothing(order) if may_change else (),
        tuple(days_after(new_day, order.country)) if may_change else (), order.status in OPEN,
    )  # fmt: skip


def options_for_nothing(order: Order) -> tuple[OptionView, ...]:
    """Other ways to the door that come no later and cost the shopper no more than what they paid for delivery, or
    anything faster: the shop pays the difference, for it broke its word."""
    lines = OrderLine.objects.filter(order_id=order.id).values_list("weight_g", "quantity")
    load = Load(
        weight_g=sum(weight * pieces for weight, pieces in lines), pieces=sum(n for _weight, n in lines),
        goods_minor=order.goods_minor - order.discount_minor, region=order.shipping_address.get("region", ""),
    )  # fmt: skip
    found = shipping.options(
        country=order.country, postcode=order.shipping_address.get("postcode", ""), market=order.market,
        at=clock.now(), load=load,
    )  # fmt: skip
    last = parse_date(order.promise.get("day_to", "")) or date.max
    return tuple(
        each
        for each in found
        if each.kind == "home" and each.code != order.delivery_code and each.promise.day_to <= last
    )


def days_after(day: date, country: str) -> list[date]:
    """Working days of the destination after that day."""
    found: list[date] = []
    while len(found) < DAYS_TO_CHOOSE:
        day = shipping.working_day_after(day, country)
        found.append(day)
    return found


def unsent_and_late(order: Order) -> tuple[date, date] | None:
    """The promised day of an order that has not left, and the day that can be promised now, where that is later."""
    promised = parse_date(order.promise.get("day_to", ""))
    if promised is None:
        return None
    soonest = shipping.soonest(order.delivery_code, country=order.country, at=clock.now())
    return (promised, soonest) if soonest > promised else None


def may_be_late(limit_days: int = 14) -> str:
    """Orders promised after this day need not be looked at yet; as ISO text, as the promise is kept."""
    return (clock.now() + timedelta(days=limit_days)).date().isoformat()

"""A promised day will not be kept: the shopper is told, and chooses."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.sale.orders import delays, promising, steps
from nitka.sale.orders.actions.cancel_order import cancel_order
from nitka.sale.orders.facts import DelayAnswered, DeliveryDelayed
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import DelayProblem, UnknownOrderProblem
from nitka.sale.shipping import actions as shipping


@transaction.atomic
def note_delay(*, order_id: UUID, new_day: date, cause: str) -> bool:
    """Keep the later day with the order and tell it. Returns whether that was news; the same day twice is not."""
    order = steps.lock(order_id)
    if order is None or order.source or order.status not in delays.MAY_WAIT:
        return False
    if order.promise.get("cause") and order.promise.get("day_to", "") >= new_day.isoformat():
        return False
    kept = promising.delayed(order, new_day, cause)
    steps.write(order, promise=kept)
    tell(
        DeliveryDelayed(
            order_id=order.id, code=order.code, customer_id=order.customer_id, promised_on=kept["promised"],
            new_day=new_day.isoformat(), cause=cause,
        )
    )  # fmt: skip
    return True


@transaction.atomic
def answer_delay(*, order_id: UUID, choice: str, option: str = "", day: date | None = None) -> str:
    """What the shopper chose: `wait`, `change` (another `option` or a later `day`, before it leaves), or `cancel`.

    Returns the status of the order afterwards. Nothing costs the shopper more: the shop broke its word. The same
    answer twice is one. Raises DelayProblem, UnknownOrderProblem, TooLateToCancelProblem.
    """
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    offered = delays.choices(order)
    if choice == "cancel" and (order.status == "cancelled" or offered):
        if order.status != "cancelled":
            cancel_order(order_id=order.id, reason="shopper")
            shipping.choose(reference=order.id, choice="cancel")
        return "cancelled"
    if offered is None:
        raise DelayProblem(_("There is nothing to choose here: the promised day stands."))
    if choice == "wait":
        if offered.choice == "wait":
            return order.status
        shipping.choose(reference=order.id, choice="wait")
        _answered(order, "wait", dict(order.promise))
    elif choice == "change":
        _change(order, option, day, offered)
    else:
        raise DelayProblem(_("Choose one of the ways that are offered."))
    return order.status


def _change(order: Order, option: str, day: date | None, offered: delays.DelayChoices) -> None:
    chosen = next((each for each in offered.options if each.code == option), None)
    if chosen:
        days = {"day_from": chosen.promise.day_from.isoformat(), "day_to": chosen.promise.day_to.isoformat()}
        changes = {"code": chosen.code, "name": chosen.name, **days}
        order.delivery_code = chosen.code
    elif day in offered.days and day is not None:
        changes = {"day_from": day.isoformat(), "day_to": day.isoformat()}
    else:
        raise DelayProblem(_("Choose one of the ways that are offered."))
    kept = {**order.promise, **changes, "source": "shopper"}
    shipping.choose(reference=order.id, choice="change")
    shipping.replace_promise(
        reference=order.id, day_from=date.fromisoformat(kept["day_from"]), day_to=date.fromisoformat(kept["day_to"]),
        source="shopper", reason="shopper", option=order.delivery_code,
    )  # fmt: skip
    _answered(order, "change", kept)


def _answered(order: Order, choice: str, kept: dict[str, str]) -> None:
    steps.write(order, promise={**kept, "choice": choice}, delivery_code=order.delivery_code)
    tell(
        DelayAnswered(
            order_id=order.id, code=order.code, customer_id=order.customer_id, choice=choice, new_day=kept["day_to"]
        )
    )

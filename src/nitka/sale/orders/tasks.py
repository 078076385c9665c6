"""What the clock asks of orders: nothing waits for ever."""

from datetime import timedelta

import structlog
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic
from nitka.ground.problem import Problem
from nitka.sale.orders import actions, checking, delays, promising
from nitka.sale.orders.actions.cancel_order import REMIND_BEFORE
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.models import Order, OrderStep
from nitka.sale.orders.steps import OPEN, TO_SEND, Kind, Status
from nitka.sale.payments import queries as payments
from nitka.sale.shipping import actions as shipping

SWEEP_AFTER = timedelta(seconds=45)
AT_ONCE = 200
WATCHED = 2000
KEEP_BACK = timedelta(hours=2)
log = structlog.get_logger(__name__)


@periodic("* * * * *")
def settle_unsettled() -> None:
    """Ask the gateways about orders that wait for a card: the browser, the process or the webhook may have died."""
    sweep_unsettled()


@periodic("* * * * *")
def expire_unpaid() -> None:
    """Let go of what was not paid in its time, and remind before that."""
    sweep_expired()
    sweep_overdue()


@periodic("50 * * * *")
def compare_with_payments() -> None:
    """Orders that count as paid without money, and money of orders that do not stand."""
    checking.compare(since=clock.now() - timedelta(days=7))


@periodic("*/10 * * * *")
def watch_promises() -> None:
    """Write down what was promised since, and find the orders that will miss their day because they have not left."""
    keep_new_promises()
    watch_unsent()


def keep_new_promises() -> int:
    """Promises of the last two hours, of placing and of payment, go to shipping's list. Returns how many."""
    since = clock.now() - KEEP_BACK
    paid = OrderStep.objects.filter(kind=Kind.PAID, at__gte=since).values("order_id")
    fresh = Order.objects.filter(Q(placed_at__gte=since) | Q(id__in=paid), source="", status__in=TO_SEND)
    return shipping.keep_promises(given=[each for order in fresh for each in promising.given(order)])


def watch_unsent() -> int:
    """Tell of every order that waits in the warehouse and can no longer come in time. Returns how many were told."""
    told = 0
    waiting = Order.objects.filter(
        Q(paid=True) | Q(payment_method__in=payments.PAID_LATER), status__in=OPEN, source="",
        promise__day_to__lte=delays.may_be_late(),
    ).order_by("placed_at")  # fmt: skip
    for order in waiting[:WATCHED]:
        late = delays.unsent_and_late(order)
        if late is None:
            continue
        shipping.keep_promises(given=list(promising.given(order)))
        made = shipping.risk_promise(
            reference=order.id, promised_on=late[0], new_day=late[1], cause="not_handed_over"
        )  # fmt: skip
        told += made is not None
    return told


def sweep_unsettled() -> int:
    """Settle what is decided at the gateway. Returns how many orders were looked at."""
    before = clock.now() - SWEEP_AFTER
    waiting = Order.objects.filter(status=Status.AWAITING, created_at__lt=before).order_by("created_at")
    return _each(waiting.values_list("id", flat=True), lambda order_id: actions.settle(order_id=order_id))


def sweep_expired() -> int:
    """Cancel or fail what is past its time. Returns how many orders were looked at."""
    overdue = Order.objects.filter(
        status__in=[Status.AWAITING, Status.PLACED], paid=False, hold_until__lte=clock.now()
    ).order_by("hold_until")
    return _each(overdue.values_list("id", flat=True), lambda order_id: actions.expire(order_id=order_id))


@periodic("*/5 * * * *")
def settle_changes() -> None:
    """Changes that wait for their money: finish those whose gateway has answered, let go of what nobody pays."""
    open_ones = OrderChange.objects.filter(state=OrderChange.State.OPEN, at__lt=clock.now() - SWEEP_AFTER)
    _each(open_ones.order_by("at").values_list("id", flat=True), lambda id_: actions.give_up_change(change_id=id_))


def sweep_overdue() -> int:
    """Remind of bank transfers that are missing."""
    reminded = OrderStep.objects.filter(kind=Kind.OVERDUE).values("order_id")
    late = Order.objects.filter(
        status=Status.PLACED, paid=False, hold_until__lte=clock.now() + REMIND_BEFORE, hold_until__gt=clock.now()
    ).exclude(id__in=reminded)
    return _each(late.values_list("id", flat=True), lambda order_id: actions.remind_of_payment(order_id=order_id))


def _each(ids, act) -> int:  # type: ignore[no-untyped-def]
    """One order's trouble is not another's."""
    todo = list(ids[:AT_ONCE])
    for order_id in todo:
        try:
            act(order_id)
        except Problem:
            pass  # declined: that is an answer
        except Exception:
            log.exception("order_not_swept", order_id=str(order_id))
    return len(todo)

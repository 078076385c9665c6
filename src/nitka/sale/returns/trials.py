"""Home trials: the way back was agreed with the order, so its case is open, approved and labelled from the delivery on.

Whoever keeps the piece does nothing: the case lapses some days after its date, and the sale stands.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import LineView, OrderView
from nitka.sale.returns import mails, steps
from nitka.sale.returns.models import Case, Kind
from nitka.sale.returns.opening import Ask, open_case
from nitka.sale.returns.parties import HOUSE
from nitka.sale.returns.policies import delivered_at
from nitka.sale.returns.views import Wanted
from nitka.shelf.content import queries as content

REMIND_BEFORE = timedelta(days=2)


def arrange(order_id: UUID) -> UUID | None:
    """Open the return of what an order has on trial, once. None where nothing is, or the policy keeps it out."""
    order = orders.order(order_id)
    lines = [line for line in order.lines if line.trial_until] if order else []
    if order is None or not lines:
        return None
    wanted = [Wanted(line.id, line.quantity - line.cancelled) for line in lines if line.quantity > line.cancelled]
    ask = Ask(kind=Kind.RETURN, order_id=order.id, lines=wanted, by=HOUSE, confirmed=True, key=f"trial:{order.id}")
    try:
        case_id = open_case(ask)
    except Problem:
        return None
    until = _end(order, lines)
    case = Case.objects.get(id=case_id)
    steps.write(case, trial=True, send_before=until)
    return case_id


def _end(order: OrderView, lines: Sequence[LineView]) -> datetime:
    """The end of the agreed day; a parcel that came late moves it by as many days."""
    zone = content.shop().zone
    came = delivered_at(order)
    late = clock.local(came, zone).date() - order.promise.day_to if came else timedelta()
    last = min(line.trial_until for line in lines if line.trial_until) + max(late, timedelta())
    return clock.at_local(_after(last), time(0), zone)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def remind_of_trials() -> int:
    """Write to whoever has two days left. Returns how many were written to."""
    soon = clock.now() + REMIND_BEFORE
    rows = Case.objects.filter(trial=True, reminded_at=None, state=Case.State.APPROVED, send_before__lte=soon)
    todo = list(rows.filter(send_before__gt=clock.now()).order_by("send_before")[:200])
    for case in todo:
        if Case.objects.filter(id=case.id, reminded_at=None).update(reminded_at=clock.now()):
            mails.trial_ends(case.id)
    return len(todo)

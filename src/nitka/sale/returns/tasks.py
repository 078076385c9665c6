"""What the clock asks of returns: nothing is kept for ever, and no payment is forgotten."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import structlog

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.ground.problem import Problem
from nitka.sale.returns import actions, pledging, trials
from nitka.sale.returns.actions.pay_difference import ask_gateway
from nitka.sale.returns.models import Case
from nitka.sale.returns.parties import HOUSE
from nitka.sale.shipping import actions as shipping

AT_ONCE = 200
# Whoever sends on the last day is not told the day after that it is over.
GRACE = timedelta(days=7)
log = structlog.get_logger(__name__)


@task()
def make_label(case_id: str) -> None:
    """Have the carrier make the label. One that is not reached is asked again; one that refuses is not, for it would
    say the same: the slip does, and the case tells the merchant why."""
    found = Case.objects.filter(id=case_id).values_list("label_shipment_id", flat=True).first()
    if not found:
        return
    try:
        shipping.make_label(shipment_id=found)
    except shipping.CarrierRefusedProblem:
        log.warning("return_label_refused", case=case_id)  # its words, which may name people, are on the case


@periodic("*/5 * * * *")
def look_after_cases() -> None:
    """Ask about payments that are open, and let go of what nobody went on with."""
    sweep_payments()
    sweep_pledges()
    trials.remind_of_trials()
    sweep_unpaid()
    sweep_unsent()


def sweep_payments() -> int:
    """The browser, the process or the webhook may have died after the difference was paid."""
    rows = Case.objects.filter(state="requested", difference_paid=False).exclude(payment_id=None)
    return _each(rows.values_list("payment_id", flat=True)[:AT_ONCE], lambda key: ask_gateway(payment_id=key))


def sweep_pledges() -> int:
    """Charge what was pledged with an exchange; a means that is declined meanwhile leaves the shopper two days."""
    means = dict(pledging.waiting())
    return _each(means, lambda case_id: actions.pay_difference(case_id=case_id, by=HOUSE, mean=means[case_id]))


def sweep_unpaid() -> int:
    """Exchanges whose difference was not paid in time: the new pieces are for others again."""
    rows = Case.objects.filter(state="requested", difference_paid=False, hold_until__lte=clock.now())
    return _each(rows.values_list("id", flat=True)[:AT_ONCE], _lapse("unpaid"))


def sweep_unsent() -> int:
    """Approved, and nothing came: the case lapses. A withdrawal by law never does."""
    late = clock.now() - GRACE
    rows = Case.objects.filter(state="approved", send_before__lte=late, withdrawal_id=None, new_shipment_id=None)
    return _each(rows.values_list("id", flat=True)[:AT_ONCE], _lapse("unsent"))


def _lapse(why: str) -> Callable[[UUID], object]:
    return lambda case_id: actions.cancel_case(case_id=case_id, by=HOUSE, why=why)


def _each(ids: Iterable[UUID | None], act: Callable[[UUID], object]) -> int:
    """One case's trouble is not another's."""
    todo = [each for each in ids if each]
    for each in todo:
        try:
            act(each)
        except Problem:
            pass  # somebody was quicker: that is an answer
        except Exception:
            log.exception("case_not_swept", id=str(each))
    return len(todo)

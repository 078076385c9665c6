"""Paying for what an exchange costs more. Rows and network are apart, as with every payment."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Next, Outcome
from nitka.sale.returns import steps
from nitka.sale.returns.models import Case
from nitka.sale.returns.opening import approval
from nitka.sale.returns.parties import Party, refuse_strangers
from nitka.sale.returns.problems import MeansProblem, UnknownCaseProblem, WrongStateProblem
from nitka.sale.returns.steps import State

OPEN = ("started", "action")


def pay_difference(
    *, case_id: UUID, by: Party, method: str = "", choice: str = "", saved: str = "", return_url: str = ""
) -> Next:
    """Charge what the new pieces cost more: by a means that answers at once, or by a saved one (`saved`: its id).

    Call it outside of a transaction. The same case is never charged twice. Raises MeansProblem, GatewayUnreachedProblem.
    """
    payment_id = _opened(case_id, by, method, choice, saved)
    if payment_id is None:
        return Next(kind="done")
    begun = payments.start(payment_id=payment_id, return_url=return_url)
    outcome = begun.outcome
    if begun.kind == "done" and outcome is None:
        outcome = payments.ask(payment_id=payment_id)
    if outcome is not None:
        settle_difference(payment_id=payment_id, outcome=outcome)
    return begun


@transaction.atomic
def settle_difference(*, payment_id: UUID, outcome: Outcome | None = None) -> bool:
    """Apply news of the payment; whoever hears of it calls this, in any order. Returns whether it is paid.

    A payment that failed lets go of the case, so that another means may be tried. Money that comes for a case that
    came to nothing meanwhile goes back.
    """
    case_id = Case.objects.filter(payment_id=payment_id).values_list("id", flat=True).first()
    if case_id is None:
        return False
    case = steps.locked(case_id)
    paid = payments.settle(payment_id=payment_id, outcome=outcome)
    if paid.state == "captured" and not case.difference_paid:
        if case.state != State.REQUESTED:
            payments.refund(payment_id=payment_id, minor=paid.refundable_minor, key=f"return:{case.id}:late")
            return False
        steps.move(case, "paid", difference_paid=True, hold_until=None)
        if case.terms.get("auto"):
            steps.move(case, "approved", **approval(case))
    elif paid.state in ("failed", "cancelled") and not case.difference_paid:
        steps.write(case, payment_id=None)
    return case.difference_paid


def ask_gateway(*, payment_id: UUID) -> None:
    """The shopper is back from the gateway, or the clock asks: settle by what the gateway says now."""
    settle_difference(payment_id=payment_id, outcome=payments.ask(payment_id=payment_id))


@transaction.atomic
def _opened(case_id: UUID, by: Party, method: str, choice: str, saved: str) -> UUID | None:
    case = steps.locked(case_id)
    order = orders.order(case.order_id)
    if order is None:
        raise UnknownCaseProblem(_("There is no such return."))
    refuse_strangers(by, order)
    if case.difference_paid:
        return None
    steps.expect(case, State.REQUESTED)
    if case.difference_minor <= 0:
        raise WrongStateProblem(_("There is nothing to pay."))
    before = payment_queries.payment(case.payment_id) if case.payment_id else None
    if before and before.state in OPEN:
        return before.id
    return _open(case, order, method, choice)


def _open(case: Case, order: OrderView, method: str, choice: str) -> UUID:
    offered = {each.code for each in methods_for(order, case.difference_minor)}
    if method not in offered:
        raise MeansProblem(_("Choose how you want to pay."))
    key = f"exchange:{case.id}:{clock.now().timestamp()}"
    payment_id = payments.open_payment(
        reference=order.id, label=case.code, provider=method, minor=case.difference_minor, currency=case.currency,
        key=key, choice=choice,
    )  # fmt: skip
    steps.write(case, payment_id=payment_id, mean=method)
    return payment_id


def methods_for(order: OrderView, minor: int) -> tuple[payment_queries.MethodView, ...]:
    """The means that can pay a difference now: those that answer at once."""
    found = payment_queries.methods(market=order.market, country=order.country, total_minor=minor)
    return tuple(each for each in found if not payment_queries.placed_at_once(each.code))

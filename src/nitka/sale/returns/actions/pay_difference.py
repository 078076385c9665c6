"""Paying for what an exchange costs more. Rows and network are apart, as with every payment."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.ids import new_id
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Next, Outcome
from nitka.sale.returns import opening, refunding, steps
from nitka.sale.returns.models import Case
from nitka.sale.returns.parties import Party, refuse_means_of, refuse_strangers
from nitka.sale.returns.paying import methods_for
from nitka.sale.returns.problems import MeansProblem, UnknownCaseProblem, WrongStateProblem
from nitka.sale.returns.steps import State


def pay_difference(*, case_id: UUID, by: Party, mean: str, choice: str = "", return_url: str = "") -> Next:
    """Charge what the new pieces cost more.

    `mean`: the code of a means of payment that answers at once (with `choice`), `saved:<id>` for one that a gateway
    keeps for the customer, or `credit:<id>` for a gift card or store credit of theirs. Call it outside of a
    transaction. A case is charged once, however often this is called. Raises MeansProblem, GatewayUnreachedProblem.
    """
    refuse_means_of(by, mean)
    if mean.startswith("credit:"):
        _theirs(case_id, by)
        pay_by_credit(case_id=case_id, account=mean.removeprefix("credit:"))
        return Next(kind="done")
    if mean.startswith("saved:"):
        return _by_saved(case_id, by, mean.removeprefix("saved:"))
    payment_id = _opened(case_id, by, mean, choice)
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
        _paid(case)
    elif paid.state in ("failed", "cancelled") and not case.difference_paid:
        steps.write(case, payment_id=None)
    return case.difference_paid


def ask_gateway(*, payment_id: UUID) -> None:
    """The shopper is back from the gateway, or the clock asks: settle by what the gateway says now."""
    settle_difference(payment_id=payment_id, outcome=payments.ask(payment_id=payment_id))


@transaction.atomic
def pay_by_credit(*, case_id: UUID, account: str) -> None:
    """Rows alone: the card pays in the same transaction, or CreditProblem says that it holds too little."""
    case, order = _unpaid(case_id)
    if case is None:
        return
    if case.payment_id:
        raise MeansProblem(_("A payment for this is being confirmed. Look again in a minute."))
    if not refunding.is_theirs(order, account):
        raise MeansProblem(_("This gift card cannot be used here. Choose how you want to pay."))
    payment_id = payments.pay_with_credit(
        reference=order.id, label=case.code, account_id=UUID(account), minor=case.difference_minor,
        key=f"exchange:{case.id}", payment_id=new_id(),
    )  # fmt: skip
    steps.write(case, payment_id=payment_id, mean=f"credit:{account}")
    _paid(case)


def _paid(case: Case) -> None:
    steps.move(case, "paid", difference_paid=True, hold_until=None)
    if case.terms.get("auto"):
        opening.approve(case)


def _by_saved(case_id: UUID, by: Party, mean: str) -> Next:
    """The key is the case, the means and how often it failed: a time-out and a retry are one charge."""
    _theirs(case_id, by)
    case, order = _unpaid(case_id)
    if case is None:
        return Next(kind="done")
    if case.payment_id:
        ask_gateway(payment_id=case.payment_id)
        return Next(kind="wait")
    mine = payment_queries.saved_means(order.customer_id) if order.customer_id else ()
    known = next((each for each in mine if str(each.id) == mean), None)
    if known is None:
        raise MeansProblem(_("This means of payment is not yours. Choose another one."))
    failed = len(_tries(case, order))
    begun = payments.charge_saved(
        reference=order.id, mean_id=known.id, minor=case.difference_minor, key=f"exchange:{case.id}:{mean}:{failed}",
        currency=case.currency, label=case.code,
    )  # fmt: skip
    # Whoever dies here is found by the next press: a standing payment of this case is taken up, not made again.
    if _unpaid(case_id)[0] is not None and (made := _standing(case, order)):
        settle_difference(payment_id=made, outcome=begun.outcome)
    return begun


@transaction.atomic
def _opened(case_id: UUID, by: Party, method: str, choice: str) -> UUID | None:
    _theirs(case_id, by)
    case, order = _unpaid(case_id)
    if case is None:
        return None
    if case.payment_id:
        return case.payment_id
    if method not in {each.code for each in methods_for(order, case.difference_minor)}:
        raise MeansProblem(_("Choose how you want to pay."))
    payment_id = payments.open_payment(
        reference=order.id, label=case.code, provider=method, minor=case.difference_minor, currency=case.currency,
        key=f"exchange:{case.id}:{new_id()}", choice=choice, payment_id=new_id(), customer_id=order.customer_id,
    )  # fmt: skip
    steps.write(case, payment_id=payment_id, mean=method)
    return payment_id


def _theirs(case_id: UUID, by: Party) -> Case:
    case = Case.objects.filter(id=case_id).first()
    order = orders.order(case.order_id) if case else None
    if case is None or order is None:
        raise UnknownCaseProblem(_("There is no such return."))
    refuse_strangers(by, order)
    return case


@transaction.atomic
def _unpaid(case_id: UUID) -> tuple[Case | None, OrderView]:
    """The case, locked, or None where it is paid; and its order."""
    case = steps.locked(case_id)
    order = orders.order(case.order_id)
    assert order is not None  # a case keeps its order
    if case.difference_paid or case.difference_minor <= 0:
        return None, order
    if case.state != State.REQUESTED:
        raise WrongStateProblem(_("There is nothing to pay any more."))
    if case.payment_id is None and (made := _standing(case, order)):
        steps.write(case, payment_id=made)
    if case.payment_id and settle_difference(payment_id=case.payment_id):
        return None, order
    return Case.objects.get(id=case_id), order


def _tries(case: Case, order: OrderView) -> list[payment_queries.PaymentView]:
    return [each for each in payment_queries.payments_of(order.id) if each.label == case.code]


def _standing(case: Case, order: OrderView) -> UUID | None:
    """A payment of this case that did not fail."""
    standing = [each.id for each in _tries(case, order) if each.state not in ("failed", "cancelled")]
    return standing[-1] if standing else None

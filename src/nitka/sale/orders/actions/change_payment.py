"""Another means of payment for an order that stands."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import changing, means, parties, placing, policies, steps
from nitka.sale.orders.actions.settle_change import settle_change
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.change_problems import MeansProblem, PaidInPartsProblem, SameMeansProblem
from nitka.sale.orders.changing import Changed
from nitka.sale.orders.means import Means
from nitka.sale.orders.models import Order
from nitka.sale.orders.parties import Party
from nitka.sale.orders.problems import UnknownOrderProblem
from nitka.sale.orders.steps import Kind
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Outcome, PaymentView


def change_payment(*, order_id: UUID, means_word: str, by: Party, confirmed: bool = False) -> Changed:
    """Pay the whole order by another means, a gift card with enough on it or a saved means; what was paid goes back.

    Until packed, unless the policy says otherwise. Raises an OrderProblem: not_yours, too_late_to_change,
    changed_already, unknown_means, same_means, paid_in_parts (more than one payment stands), balance_too_low,
    not_confirmed; PaymentDeclinedProblem, and then all is as it was.
    """
    change = _begin(order_id, means_word, by, confirmed)
    if change.state != changing.State.OPEN:
        return Changed(change.id, change.state, 0)
    return settle_change(change_id=change.id)


@transaction.atomic
def _begin(order_id: UUID, means_word: str, by: Party, confirmed: bool) -> OrderChange:
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    rule = policies.permit(order, "payment", by=by, confirmed=confirmed)
    chosen = means.read(means_word)
    parties.refuse_means_of(by, chosen.kind)
    if chosen.kind == means.ORIGINAL:
        raise MeansProblem(_("Choose another means of payment."))
    _refuse_by_payments(order, chosen)
    pay = order.total_minor
    means.refuse_unfit(order, chosen, pay, anywhere=True)
    waits = chosen.kind == "saved"
    change = changing.record(order, rule, by=by, means=chosen, detail={"pay_minor": pay}, waits=waits)
    if not waits:
        payment_id = means.pay_from_credit(order, chosen, pay, changing.key_of(change))
        made = payment_queries.payment(payment_id)
        assert made
        apply_payment(order, change, made)
    return change


def _refuse_by_payments(order: Order, chosen: Means) -> None:
    one = _the_one_payment(order)
    if one is None or one.refunded_minor:
        raise PaidInPartsProblem(_("This order was paid in parts already. Write to us to change how it is paid."))
    if means.of_payment(one) == str(chosen):
        raise SameMeansProblem(_("The order is paid by this already. Choose another means of payment."))


def _the_one_payment(order: Order) -> PaymentView | None:
    standing = [each for each in payment_queries.payments_of(order.id) if each.state not in ("failed", "cancelled")]
    return standing[0] if len(standing) == 1 else None


def apply_payment(order: Order, change: OrderChange, payment: PaymentView) -> None:
    """The new payment is here: it becomes the order's, and the old one goes back. The order is locked."""
    _let_go(order, change, payment)
    change.payment_id = payment.id
    change.save(update_fields=["payment_id"])
    was_paid = order.paid
    by_credit = means.read(change.means).kind == "credit"
    changing.conclude(
        order, change, payment_id=None if by_credit else payment.id, payment_method=payment.provider, paid=True,
        credit_minor=order.total_minor if by_credit else 0, secured=False, hold_until=None,
    )  # fmt: skip
    if not was_paid:
        steps.add_steps(order, Kind.PAID)
        placing.tell_paid(order, with_placing=False)


def _let_go(order: Order, change: OrderChange, payment: PaymentView) -> None:
    """What paid before goes back, is let go of at the bank, or is not waited for any more."""
    for old in payment_queries.payments_of(order.id):
        if old.id == payment.id or old.state in ("failed", "cancelled"):
            continue
        if old.refundable_minor:
            payments.refund(payment_id=old.id, minor=old.refundable_minor, key=changing.key_of(change))
        elif old.state == "authorised":
            payments.void(payment_id=old.id)
        else:
            payments.settle(payment_id=old.id, outcome=Outcome(state="cancelled"))

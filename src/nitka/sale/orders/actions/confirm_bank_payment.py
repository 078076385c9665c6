"""Money on the shop's account."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import steps
from nitka.sale.orders.actions.settle import money_is_here, send_back, was_called_off
from nitka.sale.orders.problems import OrderProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Status
from nitka.sale.payments import actions as payments

BY_TRANSFER = ("bank_transfer", "on_account")


@transaction.atomic
def confirm_bank_payment(*, order_id: UUID, minor: int | None = None, actor: str = "") -> str:
    """Somebody saw the transfer on the account: all that is due, or a part of it in minor units. The status afterwards.

    The order is paid once all of it is here. Money for an order that was cancelled because it was late holds the goods
    again, or goes back if they are sold; whatever comes for one that somebody cancelled goes back.
    Raises OrderProblem for an order that is not paid by bank transfer or is paid already.
    """
    order = steps.lock(order_id)
    if order is None or order.payment_id is None:
        raise UnknownOrderProblem(_("There is no such order."))
    if order.payment_method not in BY_TRANSFER or order.paid:
        raise OrderProblem(_("No bank transfer is due for this order."), code=order.code)
    payment = payments.confirm_received(payment_id=order.payment_id, minor=order.due_minor if minor is None else minor)
    # Where a part went back with the cancellation, the payment is closed: the rest cannot revive the order.
    if was_called_off(order) or (order.status == Status.CANCELLED and payment.state == "refunded"):
        send_back(order, payment, reason="late")
    elif payment.state == "captured":
        money_is_here(order, payment)
    return order.status

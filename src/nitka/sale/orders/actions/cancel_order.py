"""Cancelling, and what is never paid."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.orders import parties, placing, policies, steps
from nitka.sale.orders.actions.settle import abandon, settle_rows
from nitka.sale.orders.facts import PaymentOverdue
from nitka.sale.orders.models import MoneyBack, Order
from nitka.sale.orders.parties import Party
from nitka.sale.orders.problems import TooLateToCancelProblem, UnknownOrderProblem
from nitka.sale.orders.refunding import refund_all
from nitka.sale.orders.steps import OPEN, Kind, Status
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Outcome
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing

REMIND_BEFORE = timedelta(days=3)
GIVE_UP_ASKING = timedelta(hours=12)


@transaction.atomic
def cancel_order(
    *, order_id: UUID, actor: str = "", reason: str = "shop", note: str = "", by: Party | None = None, why: str = "",
    confirmed: bool = False,
) -> int | None:  # fmt: skip
    """Call an order off before it leaves: goods and coupon are free again, what was paid goes back. Returns the minor
    units that go back; None the second time, when it does nothing.

    `reason`: shopper, shop or overdue; `note` is for the shopper to read. `by`: who asks, held to the policy of the
    market (until when, which reasons in `why`, consent in `confirmed`); without it the shop itself acts. Raises
    TooLateToCancelProblem once shipped, and what the policy says: TooLateToChangeProblem, ReasonProblem,
    NotYoursProblem, NotConfirmedProblem, ChangedAlreadyProblem.
    """
    order = steps.lock(order_id)
    if order is None or order.status in (Status.AWAITING, Status.FAILED):
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    if by:
        parties.refuse_strangers(order, by)
    if order.status == Status.CANCELLED:
        return None
    if by and not (by.staff and by.customer_id is None):
        policies.permit(order, "cancel", by=by, confirmed=confirmed, why=why)
    if order.status not in OPEN:
        raise TooLateToCancelProblem(
            _("The parcel has left. You can send it back within 14 days of delivery."), code=order.code
        )
    inventory.release(reference=order.id)
    pricing.give_back_promotions(reference=order.id)
    refund = _give_money_back(order)
    placing.cancel(
        order, reason=reason, refund_minor=refund, actor=actor or (by.actor if by else ""), note=note, why=why
    )  # fmt: skip
    return refund


def _give_money_back(order: Order) -> int:
    """All that was paid, by every means; what was not paid yet is not asked for any more."""
    # Nobody else is paid or settled for this order meanwhile: its row is locked. What gift cards paid alone has no
    # main payment, and goes back all the same.
    payment = payment_queries.payment(order.payment_id) if order.payment_id else None
    if payment and payment.state == "authorised":
        payments.void(payment_id=payment.id)
    if payment and payment.state in ("started", "action") and not payment.captured_minor:
        payments.settle(payment_id=payment.id, outcome=Outcome(state="cancelled"))
    # An order that came back to life and is called off again has another refund to make.
    back = MoneyBack.objects.filter(order_id=order.id).count()
    return refund_all(order, key=f"cancel:{order.id}:{back}", reason="cancelled")


def expire(*, order_id: UUID) -> str:
    """Let go of an order whose time to be paid is over; the status afterwards. Asks the gateway first where one knows
    of it, so that an order whose money is there is settled, not dropped. Outside of a transaction."""
    row = Order.objects.filter(id=order_id).first()
    if row is None or row.paid or row.hold_until is None or row.hold_until > clock.now():
        return row.status if row else Status.FAILED
    if row.status == Status.AWAITING:
        status = abandon(order_id=order_id)
        if status == Status.AWAITING and row.hold_until + GIVE_UP_ASKING < clock.now():
            # The gateway is silent for good. Should it have charged after all, `settle` sees to that when it tells.
            return settle_rows(order_id=order_id, outcome=Outcome(state="cancelled")).status
        return status
    return _expire_placed(order_id)


@transaction.atomic
def _expire_placed(order_id: UUID) -> str:
    order = steps.lock(order_id)
    if (
        order
        and order.status == Status.PLACED
        and not order.paid
        and order.hold_until
        and order.hold_until <= clock.now()
    ):
        cancel_order(order_id=order_id, reason="overdue")
        return Status.CANCELLED
    return order.status if order else Status.FAILED


@transaction.atomic
def remind_of_payment(*, order_id: UUID) -> bool:
    """Tell the shopper, once, that a bank transfer is missing, some days before the order is cancelled."""
    order = steps.lock(order_id)
    if order is None or order.paid or order.status != Status.PLACED or order.hold_until is None:
        return False
    if order.hold_until - REMIND_BEFORE > clock.now() or steps.has(order, Kind.OVERDUE):
        return False
    steps.add_steps(order, Kind.OVERDUE)
    tell(PaymentOverdue(order_id=order.id, code=order.code, customer_id=order.customer_id))
    return True

"""A change whose money comes from a gateway: asked without any lock, then written under the order's."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.orders import changing, means, steps
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.changing import Changed, State
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import PaymentDeclinedProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Status
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.queries import Next, PaymentView
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.actions import OutOfStock

GIVE_UP_AFTER = timedelta(minutes=30)


def settle_change(*, change_id: UUID) -> Changed:
    """Charge the saved means of an open change and do what follows; repeatable, one charge. Outside of a transaction.

    Raises PaymentDeclinedProblem (the order stays as it was), GatewayUnreachedProblem (ask again).
    """
    change = OrderChange.objects.select_related("order").filter(id=change_id).first()
    if change is None:
        raise UnknownOrderProblem(_("There is no such change of an order."))
    if change.state != State.OPEN:
        return Changed(change.id, change.state, change.difference_minor)
    begun = payments.charge_saved(
        reference=change.order_id, mean_id=means.read(change.means).id or change.id, minor=_to_pay(change),
        key=changing.key_of(change), currency=change.order.currency, label=change.order.code,
    )  # fmt: skip
    return _answer(finish_change(change_id=change_id), begun)


def _to_pay(change: OrderChange) -> int:
    return change.difference_minor if change.kind == "items" else int(change.detail.get("pay_minor", 0))


def _answer(change: OrderChange, begun: Next) -> Changed:
    if change.state == State.FAILED:
        raise PaymentDeclinedProblem(_("The payment was declined. Your order stays as it was; nothing was charged."))
    return Changed(change.id, change.state, change.difference_minor, begun if change.state == State.OPEN else None)


@transaction.atomic
def finish_change(*, change_id: UUID) -> OrderChange:
    """Bring an open change to its end by what is known of its payment; without network, repeatable.

    Money that came for an order that cannot be changed any more goes back at once.
    """
    order_id = OrderChange.objects.values_list("order_id", flat=True).get(id=change_id)
    order = steps.lock(order_id)
    change = OrderChange.objects.select_for_update().get(id=change_id)
    known = payment_queries.payment_by_key(changing.key_of(change))
    if order is None or change.state != State.OPEN or known is None:
        return change
    payment = payments.settle(payment_id=known.id)
    if payment.state == "captured":
        _apply_or_send_back(order, change, payment)
    elif payment.state in ("failed", "cancelled"):
        _give_up(change)
    return change


def _apply_or_send_back(order: Order, change: OrderChange, payment: PaymentView) -> None:
    change.payment_id = payment.id
    change.save(update_fields=["payment_id"])
    try:
        if order.status not in (Status.PLACED, Status.PAID):
            raise OutOfStock(variant_id=change.id, available=0)
        with transaction.atomic():
            _apply(order, change, payment)
    except OutOfStock:
        payments.refund(
            payment_id=payment.id, minor=payment.refundable_minor, key=f"late-change:{change.id}"
        )  # fmt: skip
        _give_up(change)


def _apply(order: Order, change: OrderChange, payment: PaymentView) -> None:
    from nitka.sale.orders.actions.change_items import apply_items
    from nitka.sale.orders.actions.change_payment import apply_payment

    if change.kind == "items":
        apply_items(order, change)
    else:
        apply_payment(order, change, payment)


def _give_up(change: OrderChange) -> None:
    inventory.release(reference=change.id)
    change.state = State.FAILED
    change.save(update_fields=["state"])


def give_up_change(*, change_id: UUID) -> str:
    """Let go of a change that nobody paid for in half an hour; the gateway is asked first. Returns its state."""
    change = OrderChange.objects.get(id=change_id)
    known = payment_queries.payment_by_key(changing.key_of(change))
    if change.state == State.OPEN and known is None and change.at < clock.now() - GIVE_UP_AFTER:
        with transaction.atomic():
            steps.lock(change.order_id)
            change = OrderChange.objects.select_for_update().get(id=change_id)
            if change.state == State.OPEN:
                _give_up(change)
        return change.state
    if known and change.state == State.OPEN:
        payments.cancel(payment_id=known.id) if change.at < clock.now() - GIVE_UP_AFTER else None
        change = finish_change(change_id=change_id)
    return change.state

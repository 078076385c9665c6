"""A person looks at an order that the rules of risk set aside."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import placing, steps
from nitka.sale.orders.actions.cancel_order import cancel_order
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import AlreadyDoneProblem, UnknownOrderProblem


@transaction.atomic
def clear_review(*, order_id: UUID, actor: str = "") -> None:
    """The order is fine and may be packed. Raises AlreadyDoneProblem where no review is pending."""
    steps.write(_pending(order_id), review="cleared")


@transaction.atomic
def refuse_review(*, order_id: UUID, actor: str = "", note: str = "") -> int:
    """The order is not sent: it is cancelled and all that was paid goes back. `note` is for the shopper to read.

    Returns the minor units that go back. Raises AlreadyDoneProblem where no review is pending.
    """
    order = _pending(order_id)
    steps.write(order, review="refused")
    return cancel_order(order_id=order.id, actor=actor, reason="shop", note=note) or 0


def _pending(order_id: UUID) -> Order:
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    if order.review != "pending":
        raise AlreadyDoneProblem(_("Somebody has looked at this order already."), review=order.review)
    return order

"""The mail that was lost."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import mails, placing
from nitka.sale.orders.models import Order, OrderStep
from nitka.sale.orders.problems import UnknownOrderProblem
from nitka.sale.orders.steps import SHOWN, Kind, Status


@transaction.atomic
def resend_mail(*, order_id: UUID) -> None:
    """Send the shopper the mail of the order's present state once more."""
    order = Order.objects.filter(id=order_id, status__in=SHOWN).first()
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    if order.status == Status.CANCELLED:
        step = OrderStep.objects.get(order_id=order.id, kind=Kind.CANCELLED)
        reason, refund = step.detail.get("reason", "shop"), step.detail.get("refund_minor", 0)
        mails.order_cancelled(order.id, reason=reason, refund_minor=refund)
        return
    {
        Status.PACKED: mails.order_packed,
        Status.SHIPPED: mails.order_shipped,
        Status.DELIVERED: mails.order_delivered,
    }.get(Status(order.status), mails.order_placed)(order.id)

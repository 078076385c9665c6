"""Sending money back for a case. What goes where is decided by orders, which know what was paid how."""

from uuid import UUID

from django.utils.translation import gettext as _

from nitka.sale.orders import actions as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.returns.models import Case
from nitka.sale.returns.problems import MeansProblem


def send_back(case: Case, *, minor: int, key: str, actor: str, reason: str) -> None:
    """Set money off to where the case says. The same key sends it once."""
    refund_order = getattr(orders, "refund_order", None)
    if refund_order is not None:
        refund_order(order_id=case.order_id, minor=minor, key=key, to=case.refund_to, reason=reason, actor=actor)
        return
    if case.refund_to != "original":
        raise MeansProblem(_("The money cannot go there. Choose another way."))
    _by_capacity(case.order_id, minor, key)


def give_back_difference(case: Case, *, key: str) -> None:
    """What was paid for an exchange that came to nothing goes back by itself, the way it came."""
    if case.difference_paid and case.payment_id:
        paid = payment_queries.payment(case.payment_id)
        if paid and paid.refundable_minor > 0:
            payments.refund(payment_id=paid.id, minor=min(case.difference_minor, paid.refundable_minor), key=key)


def _by_capacity(order_id: UUID, minor: int, key: str) -> None:
    for place, paid in enumerate(payment_queries.payments_of(order_id)):
        part = min(minor, paid.refundable_minor)
        if part > 0:
            payments.refund(payment_id=paid.id, minor=part, key=f"{key}:{place}")
            minor -= part
    if minor:
        raise MeansProblem(_("No more than what was paid can go back."))

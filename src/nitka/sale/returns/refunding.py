"""Sending money back for a case. What goes where is decided by orders, which know what was paid how."""

from uuid import UUID

from django.utils.translation import gettext as _

from nitka.people.customers import queries as people
from nitka.sale.orders import actions as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.returns.models import Case, CaseLine, Kind
from nitka.sale.returns.problems import MeansProblem


def send_back(case: Case, *, minor: int, actor: str) -> None:
    """Set money off to where the case says, once."""
    way, _colon, account = case.refund_to.partition(":")
    rows = CaseLine.objects.filter(case=case, counts=True) if case.kind == Kind.RETURN else CaseLine.objects.none()
    orders.refund_order(
        order_id=case.order_id, minor=minor, key=f"return:{case.id}", to=account or way, reason=case.kind, actor=actor,
        lines=dict(rows.values_list("line_id", "pieces")),
    )  # fmt: skip


def give_back_difference(case: Case) -> None:
    """What was paid for an exchange that came to nothing goes back by itself, the way it came."""
    if case.difference_paid and case.payment_id:
        paid = payment_queries.payment(case.payment_id)
        if paid and paid.refundable_minor > 0:
            minor = min(case.difference_minor, paid.refundable_minor)
            payments.refund(payment_id=paid.id, minor=minor, key=f"return:{case.id}:difference")


def refuse_ways(order: OrderView, refund_to: str) -> None:
    """Raises MeansProblem for credit of nobody, and for somebody else's gift card."""
    way, _colon, account = refund_to.partition(":")
    if way == "credit" and order.customer_id is None:
        raise MeansProblem(_("Nobody is known for this order. Choose another way for the money."))
    if account and not is_theirs(order, account):
        raise MeansProblem(_("The money cannot go there. Choose another way."))


def is_theirs(order: OrderView, account: str) -> bool:
    """Whether that gift card or store credit is the customer's, or paid the order."""
    try:
        found = payment_queries.credit_account(UUID(account))
    except ValueError:
        return False
    if found is None or found.currency != order.currency:
        return False
    used = {each.choice for each in payment_queries.payments_of(order.id)}
    return str(found.id) in used or bool(found.customer_id and found.customer_id in ids_of(order))


def ids_of(order: OrderView) -> set[UUID]:
    """All ids that the order's customer is proved to be."""
    return {order.customer_id, *people.proved_ids_of(order.customer_id)} if order.customer_id else set()

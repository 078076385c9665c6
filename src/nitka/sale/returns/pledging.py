"""A means that was named with an exchange: looked at when it is named, charged by the worker, outside of any lock."""

from uuid import UUID

from django.utils.translation import gettext as _

from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import queries as payments
from nitka.sale.returns import refunding
from nitka.sale.returns.models import Case
from nitka.sale.returns.problems import MeansProblem, TooLittleProblem


def refuse_unfit(case_id: UUID) -> None:
    """Raises MeansProblem where the means is not the customer's, TooLittleProblem where it holds too little."""
    case = Case.objects.get(id=case_id)
    order = orders.order(case.order_id)
    kind, _colon, id_ = case.mean.partition(":")
    if order is None or kind not in ("credit", "saved") or not _is_theirs(order, kind, id_):
        raise MeansProblem(_("Choose one of your means of payment."))
    if kind == "credit":
        account = payments.credit_account(UUID(id_))
        if account is None or account.balance_minor < case.difference_minor:
            raise TooLittleProblem(_("There is not enough left on it. Choose another means of payment."))


def _is_theirs(order: OrderView, kind: str, id_: str) -> bool:
    if kind == "credit":
        return refunding.is_theirs(order, id_)
    return any(str(each.id) == id_ for one in refunding.ids_of(order) for each in payments.saved_means(one))


def waiting() -> list[tuple[UUID, str]]:
    """Cases whose difference can be charged now, with their means."""
    rows = Case.objects.filter(pledged=True, state=Case.State.REQUESTED, difference_minor__gt=0, difference_paid=False)
    return list(rows.order_by("requested_at").values_list("id", "mean")[:200])

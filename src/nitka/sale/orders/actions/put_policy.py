"""The merchant decides what shoppers may do to their orders themselves."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import policies
from nitka.sale.orders.change_models import OrderPolicy
from nitka.sale.orders.problems import OrderProblem


@transaction.atomic
def put_policy(
    *, kind: str, market: str = "", allowed: bool = True, until: str = "packed", times: int | None = None,
    reasons: Sequence[str] = (), reason_needed: bool = False, not_after: Sequence[str] = (),
    refund_anywhere: bool = False,
) -> UUID:  # fmt: skip
    """Set a rule for a kind of change (cancel, address, items, payment), for one market or (empty) for all.

    `until`: packed or shipped. `times`: how often an order may be changed so. Raises OrderProblem for what is no rule.
    """
    kinds = OrderPolicy.Kind.values
    if kind not in kinds or set(not_after) - set(kinds) or until not in OrderPolicy.Until.values:
        raise OrderProblem(_("Choose what the rule is about, and until when it holds."))
    if (times is not None and times < 1) or (reason_needed and not reasons):
        raise OrderProblem(_("Name at least one reason, and allow it at least once."))
    values = {
        "allowed": allowed, "until": until, "times": times,
        "reasons": [each.strip() for each in reasons if each.strip()],
        "reason_needed": reason_needed, "not_after": list(not_after), "refund_anywhere": refund_anywhere,
    }  # fmt: skip
    row, _made = OrderPolicy.objects.update_or_create(kind=kind, market=market, defaults=values)
    policies.forget()
    transaction.on_commit(policies.forget)
    return row.id

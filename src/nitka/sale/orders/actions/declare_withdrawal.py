"""The withdrawal button: a shopper withdraws from the contract, and gets it in writing at once."""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.orders import placing, steps
from nitka.sale.orders.facts import WithdrawalDeclared
from nitka.sale.orders.models import Order, Withdrawal
from nitka.sale.orders.problems import UnknownOrderProblem, WithdrawalProblem
from nitka.sale.orders.steps import Kind
from nitka.sale.orders.viewing import may_withdraw, steps_of, withdraw_until


@transaction.atomic
def declare_withdrawal(*, order_id: UUID, name: str, lines: Mapping[UUID, int] | None = None) -> UUID:
    """Keep a shopper's withdrawal from the whole order, or from pieces of some lines (line id → pieces), with its
    moment; it is confirmed by mail. The same declaration twice is one.

    Allowed until 14 days after delivery (directive 2011/83/EU, article 11a). Raises WithdrawalProblem.
    """
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    plain = _checked(order, lines or {})
    print_of = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
    known = Withdrawal.objects.filter(order_id=order.id, fingerprint=print_of).first()
    if known:
        return known.id
    if not may_withdraw(order, withdraw_until(steps_of(order.id))):
        raise WithdrawalProblem(_("The time to withdraw from this order is over. Write to us if something is wrong."))
    if not name.strip():
        raise WithdrawalProblem(_("Give your name, so that the declaration is yours."))
    row = Withdrawal.objects.create(
        order=order, name=name.strip()[:200], lines=plain, fingerprint=print_of, declared_at=clock.now()
    )
    steps.add_steps(order, Kind.WITHDRAWN, detail={"withdrawal_id": str(row.id), "lines": plain})
    tell(
        WithdrawalDeclared(
            order_id=order.id, code=order.code, customer_id=order.customer_id, withdrawal_id=row.id, whole=not plain
        )
    )
    return row.id


def _checked(order: Order, lines: Mapping[UUID, int]) -> dict[str, int]:
    """The pieces by line; empty for all of them."""
    bought = {row.id: row.quantity for row in placing.line_rows(order.id)}
    for line_id, pieces in lines.items():
        if not 0 < pieces <= bought.get(line_id, 0):
            raise WithdrawalProblem(_("Choose from what you bought."))
    return {} if dict(lines) == bought else {str(line_id): pieces for line_id, pieces in lines.items()}

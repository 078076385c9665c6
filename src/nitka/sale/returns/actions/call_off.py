"""Calling a case off: by who opened it, by the shop, or by the clock."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import queries as orders
from nitka.sale.returns import goods, refunding, steps
from nitka.sale.returns.parties import Party, refuse_strangers
from nitka.sale.returns.problems import UnknownCaseProblem, WrongStateProblem
from nitka.sale.returns.steps import State


@transaction.atomic
def cancel_case(*, case_id: UUID, by: Party, why: str = "") -> bool:
    """Call it off: kept goods are free, a paid difference goes back, the pieces count as the shopper's. False where
    that was done already. Refuses once the goods are back or new ones have left (WrongStateProblem)."""
    case = steps.locked(case_id)
    order = orders.order(case.order_id)
    if order is None:
        raise UnknownCaseProblem(_("There is no such return."))
    refuse_strangers(by, order)
    if case.state == State.CANCELLED:
        return False
    steps.expect(case, State.REQUESTED, State.APPROVED, State.SENT)
    if case.new_shipment_id:
        raise WrongStateProblem(_("The new pieces have left already. Send them back when they are there."))
    if case.withdrawal_id and by.who in ("customer", "holder"):
        raise WrongStateProblem(_("You withdrew from the contract. Write to us if you want to keep the goods."))
    goods.free_new(case)
    refunding.give_back_difference(case)
    steps.let_go(case)
    steps.move(case, "cancelled", actor=by.actor, words=why, state=State.CANCELLED, send_before=None, hold_until=None)
    return True

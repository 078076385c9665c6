"""What goes out at the end: money, and new pieces."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.returns import closing, steps
from nitka.sale.returns.models import Case, Kind
from nitka.sale.returns.parties import Party, refuse_all_but_staff
from nitka.sale.returns.problems import MeansProblem, ReasonProblem, WrongStateProblem
from nitka.sale.returns.steps import State
from nitka.sale.shipping import actions as shipping
from nitka.shelf.inventory import actions as inventory


@transaction.atomic
def settle(*, case_id: UUID, by: Party, minor: int | None = None, why: str = "") -> int:
    """Refund a return that was looked at, and close it. Returns what goes back, in minor units.

    `minor`: less than was agreed, for pieces that lost value in the shopper's hands; then `why` is what they read.
    Never more than was agreed. The money leaves once, however often this is called.
    """
    refuse_all_but_staff(by, "orders.cancel")
    case = steps.locked(case_id)
    if case.state == State.CLOSED:
        return case.refunded_minor
    steps.expect(case, State.GRADED)
    if case.kind != Kind.RETURN:
        raise WrongStateProblem(_("Send the new pieces; that settles it."))
    agreed = closing.sum_up(case)
    amount = agreed if minor is None else minor
    _refuse_amount(agreed, amount, why)
    if amount != agreed:
        steps.write(case, refund_minor=amount, answer=why.strip()[:500])
    if amount:
        closing.send_money(case, amount, actor=by.actor)
    closing.close(case, actor=by.actor)
    return amount


def _refuse_amount(agreed: int, amount: int, why: str) -> None:
    if not 0 <= amount <= agreed:
        raise MeansProblem(_("No more goes back than was agreed, and nothing below zero."), agreed_minor=agreed)
    if amount < agreed and not why.strip():
        raise ReasonProblem(_("Write why less goes back, for the shopper."))


@transaction.atomic
def send_new_goods(*, case_id: UUID, by: Party, carrier: str, tracking_number: str = "") -> UUID:
    """The new pieces of an exchange or a replacement left. Returns the shipment.

    Usually when the old ones were looked at; the shop may be kinder and send them before. Closes what is done.
    """
    refuse_all_but_staff(by, "orders.ship")
    case = steps.locked(case_id)
    if case.kind not in (Kind.EXCHANGE, Kind.REPLACEMENT):
        raise WrongStateProblem(_("Nothing new is sent for this."))
    steps.expect(case, State.APPROVED, State.SENT, State.RECEIVED, State.GRADED)
    if case.new_shipment_id:
        raise WrongStateProblem(_("The new pieces have left already."))
    parcel = _ship(case, carrier, tracking_number)
    steps.move(case, "new_goods", actor=by.actor, new_shipment_id=parcel)
    closing.close_if_done(case, actor=by.actor)
    return parcel


def _ship(case: Case, carrier: str, tracking_number: str) -> UUID:
    inventory.take(reference=case.id)
    return shipping.ship(reference=case.id, carrier=carrier, tracking_number=tracking_number).id

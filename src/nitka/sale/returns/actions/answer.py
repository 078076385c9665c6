"""What the shop says to a case."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.returns import closing, goods, opening, refunding, steps
from nitka.sale.returns.models import Kind
from nitka.sale.returns.parties import Party, refuse_all_but_staff
from nitka.sale.returns.problems import MeansProblem, ReasonProblem, WrongStateProblem
from nitka.sale.returns.steps import State


@transaction.atomic
def approve(*, case_id: UUID, by: Party) -> None:
    """Say yes: the shopper gets the label, or (a replacement) the warehouse its order.

    Refuses an exchange whose difference is not paid, and a complaint, which is answered. Raises WrongStateProblem.
    """
    refuse_all_but_staff(by, "orders.cancel")
    case = steps.locked(case_id)
    steps.expect(case, State.REQUESTED)
    if case.kind == Kind.COMPLAINT:
        raise WrongStateProblem(_("A complaint is answered in words."))
    if case.difference_minor > 0 and not case.difference_paid:
        raise WrongStateProblem(_("The difference of the exchange is not paid yet."))
    opening.approve(case, actor=by.actor)


@transaction.atomic
def refuse(*, case_id: UUID, by: Party, why: str) -> None:
    """Say no, with the reason that the shopper reads. What was kept is free again, and a difference that was paid goes
    back. Possible until the case is settled; not once new pieces have left."""
    refuse_all_but_staff(by, "orders.cancel")
    if not why.strip():
        raise ReasonProblem(_("Write why, for the shopper."))
    case = steps.locked(case_id)
    steps.expect(case, State.REQUESTED, State.APPROVED, State.SENT, State.RECEIVED, State.GRADED)
    if case.new_shipment_id or case.refunded_minor:
        raise WrongStateProblem(_("Money or new pieces are on their way already."))
    goods.free_new(case)
    refunding.give_back_difference(case)
    steps.let_go(case)
    steps.move(case, "refused", actor=by.actor, words=why.strip(), state=State.REFUSED, answer=why.strip()[:500])


@transaction.atomic
def answer_complaint(*, case_id: UUID, by: Party, answer: str, minor: int = 0, to: str = "original") -> None:
    """Settle a complaint in words and, where `minor` is above zero, with money; `to` as in `request_return`."""
    refuse_all_but_staff(by, "orders.cancel")
    if not answer.strip():
        raise ReasonProblem(_("Write the answer, for the shopper."))
    case = steps.locked(case_id)
    steps.expect(case, State.REQUESTED)
    if case.kind != Kind.COMPLAINT:
        raise WrongStateProblem(_("Only a complaint is answered in words."))
    if minor < 0:
        raise MeansProblem(_("An amount is not below zero."))
    steps.note(case, "answered", actor=by.actor, note=answer.strip())
    steps.write(case, answer=answer.strip()[:500], refund_minor=minor, refund_to=to)
    if minor:
        closing.send_money(case, minor, actor=by.actor)
    closing.close(case, actor=by.actor)

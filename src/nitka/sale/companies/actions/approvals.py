"""Asking somebody of the same company before spending more than one may."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.companies import members
from nitka.sale.companies.facts import ApprovalAsked, ApprovalDecided
from nitka.sale.companies.members import Member
from nitka.sale.companies.models import Approval
from nitka.sale.companies.problems import ApprovalNeededProblem, ApprovalProblem, NotYoursProblem
from nitka.sale.orders import queries as orders

State = Approval.State
OPEN = (State.ASKED, State.APPROVED)


def needs_approval(member: Member, total_minor: int, currency: str) -> bool:
    """Whether this is more than they may spend. A limit says nothing of another currency, so there they ask."""
    if member.limit_minor is None:
        return False
    return total_minor > member.limit_minor or currency != member.currency


def refuse_overspending(
    *, member: Member, cart_id: UUID, goods_print: str, total_minor: int, currency: str
) -> UUID | None:
    """See that somebody may spend this. Returns the approval that lets them, None where they need none.

    The caller holds the lock of the cart. Raises ApprovalNeededProblem.
    """
    if not needs_approval(member, total_minor, currency):
        return None
    rows = Approval.objects.filter(
        company_id=member.company_id, cart_id=cart_id, state__in=[State.APPROVED, State.USED], print=goods_print,
        currency=currency, total_minor__gte=total_minor,
    ).order_by("-asked_at")  # fmt: skip
    # What was declined by a card may be tried again with the same approval.
    row = next((each for each in rows if each.order_id is None or orders.was_given_up(each.order_id)), None)
    if row is None:
        raise ApprovalNeededProblem(_("This is more than you may spend for the company. Ask for approval first."))
    return row.id


@transaction.atomic
def ask_for_approval(
    *, member: Member, cart_id: UUID, goods_print: str, lines: Sequence[dict[str, Any]], total_minor: int,
    currency: str, words: str = "",
) -> UUID:  # fmt: skip
    """Ask those of the company who may approve this sum, for a cart as it stands. The same cart again is the same
    question; with other goods or a higher sum it is a new one. Raises ApprovalProblem where nobody may approve it.
    """
    if not approvers_of(member, total_minor):
        raise ApprovalProblem(_("Nobody in your company may approve this sum. Speak with its administrator."))
    open_one = Approval.objects.select_for_update().filter(cart_id=cart_id, state__in=OPEN).first()
    if open_one:
        same = (open_one.print, open_one.company_id, open_one.currency) == (goods_print, member.company_id, currency)
        if same and open_one.total_minor >= total_minor:
            return open_one.id
        Approval.objects.filter(id=open_one.id).update(state=State.LAPSED)
    row = Approval.objects.create(
        company_id=member.company_id, cart_id=cart_id, customer_id=member.customer_id, print=goods_print,
        lines=list(lines), total_minor=total_minor, currency=currency, words=words.strip()[:500],
    )  # fmt: skip
    tell(
        ApprovalAsked(
            approval_id=row.id, company_id=row.company_id, customer_id=row.customer_id, total_minor=total_minor,
            currency=currency,
        )
    )  # fmt: skip
    return row.id


@transaction.atomic
def decide_approval(*, approval_id: UUID, by: UUID, approve: bool, answer: str = "") -> None:
    """Let somebody spend it, or not. Nobody approves what they asked for themselves, or more than they may spend.

    The same decision again changes nothing. Raises NotYoursProblem, ApprovalProblem where it was decided otherwise.
    """
    row = Approval.objects.select_for_update().filter(id=approval_id).first()
    if row is None:
        raise ApprovalProblem(_("There is nothing to approve here."))
    decider = members.member_of(row.company_id, by)
    if decider is None or not may_decide(decider, row.customer_id, row.total_minor, row.currency):
        raise NotYoursProblem(_("You cannot decide about this order."))
    wanted = State.APPROVED if approve else State.REFUSED
    if row.state != State.ASKED:
        if row.state == wanted:
            return
        raise ApprovalProblem(_("This was decided already, or the cart was changed since."))
    row.state, row.decided_by, row.decided_at = wanted, decider.customer_id, clock.now()
    row.answer = answer.strip()[:500]
    row.save()
    tell(
        ApprovalDecided(
            approval_id=row.id, company_id=row.company_id, customer_id=row.customer_id, approved=approve,
            total_minor=row.total_minor, currency=row.currency,
        )
    )  # fmt: skip


def use_approval(*, approval_id: UUID, order_id: UUID) -> None:
    """The cart was ordered. In the caller's transaction, under the lock of the cart."""
    Approval.objects.filter(id=approval_id).update(state=State.USED, order_id=order_id)


def may_decide(decider: Member, asked_by: UUID, total_minor: int, currency: str) -> bool:
    """Whether a member may say yes to what another one asked."""
    if not decider.may_approve or decider.customer_id == asked_by:
        return False
    return not needs_approval(decider, total_minor, currency)


def approvers_of(member: Member, total_minor: int) -> list[Member]:
    """Who of the same company may say yes to that sum."""
    everybody = members.people(member.company_id)
    currency = member.currency
    return [each for each in everybody if may_decide(each, member.customer_id, total_minor, currency)]

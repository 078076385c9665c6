"""What staff say of a conversation: why, whose order, and that it is done."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.care.desk import writing
from nitka.care.desk.facts import ConversationCaused, ConversationClosed
from nitka.care.desk.models import Cause, Conversation
from nitka.care.desk.problems import AskProblem
from nitka.ground.facts.actions import tell
from nitka.ground.ids import read_code
from nitka.sale.orders import queries as orders


@transaction.atomic
def set_cause(*, conversation_id: UUID, cause: str, by: UUID) -> bool:
    """Say why they wrote; False where that was said already. Raises AskProblem for a word that is no cause."""
    row = writing.locked(conversation_id)
    if cause not in Cause.values:
        raise AskProblem(_("Please choose what it is about."))
    said_before = row.cause == cause and row.cause_by == str(by)
    if said_before:
        return False
    changed = row.cause != cause
    writing.change(row, cause=cause, cause_by=str(by))
    if changed:
        tell(ConversationCaused(customer_id=row.customer_id, conversation_id=row.id, cause=cause))
    return changed


@transaction.atomic
def close_conversation(*, conversation_id: UUID) -> bool:
    """The matter is settled; False where it was closed already. Nobody is written to."""
    row = writing.locked(conversation_id)
    if row.state == Conversation.State.CLOSED:
        return False
    writing.change(row, **writing.closed_now())
    tell(ConversationClosed(customer_id=row.customer_id, conversation_id=row.id))
    return True


@transaction.atomic
def reopen_conversation(*, conversation_id: UUID) -> bool:
    """It waits for us again; False where it was not closed."""
    row = writing.locked(conversation_id)
    if row.state != Conversation.State.CLOSED:
        return False
    writing.change(row, state=Conversation.State.OPEN, closed_at=None)
    return True


@transaction.atomic
def link_order(*, conversation_id: UUID, code: str) -> bool:
    """Say which order it is about, or none with an empty code. Raises AskProblem for a code that no order has."""
    row = writing.locked(conversation_id)
    found = orders.order_by_code(code) if code.strip() else None
    if code.strip() and found is None:
        raise AskProblem(_("There is no order %(code)s.") % {"code": read_code(code)})
    wanted = found.code if found else ""
    if row.order_code == wanted:
        return False
    writing.change(row, order_code=wanted)
    return True

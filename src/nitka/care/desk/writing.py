"""Rows that all ways in and out share: a conversation begins, a message joins it."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from nitka.care.desk import files
from nitka.care.desk.facts import ConversationCaused, MessageReceived
from nitka.care.desk.models import Conversation, Message
from nitka.care.desk.problems import NoSuchConversation
from nitka.ground import clock
from nitka.ground.changes import CurrentTransaction
from nitka.ground.facts.actions import tell

MOST_LETTERS = 100_000


def one_at_a_time(email: str) -> None:
    """Let nobody else take in words of this address until the transaction ends.

    Two mails that arrive within a moment would else begin two conversations.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"desk:{email}"])


def locked(conversation_id: UUID) -> Conversation:
    """The conversation, held until the transaction ends. Raises NoSuchConversation."""
    row = Conversation.objects.select_for_update().filter(id=conversation_id).first()
    if row is None:
        raise NoSuchConversation
    return row


def begin(**values: Any) -> Conversation:
    """A new conversation; why they write is told at once."""
    row = Conversation.objects.create(**values)
    tell(ConversationCaused(customer_id=row.customer_id, conversation_id=row.id, cause=row.cause))
    return row


def receive(
    conversation: Conversation, *, text: str, channel: str, kept: list[tuple[str, str, bytes]], **values: Any
) -> Message:
    """A message of theirs: it opens the conversation again, unless a machine wrote it."""
    row = Message.objects.create(
        conversation_id=conversation.id, direction=Message.Direction.IN, channel=channel,
        text=plain(text), **values | {"whole": plain(values.get("whole", ""))},
    )  # fmt: skip
    files.keep(row.id, kept)
    by_person = row.kind == Message.Kind.WORDS
    join(conversation, row, state=Conversation.State.OPEN if by_person else conversation.state)
    if by_person:
        customer_id = conversation.customer_id
        tell(
            MessageReceived(
                customer_id=customer_id, conversation_id=conversation.id, message_id=row.id, channel=channel
            )
        )
    return row


def join(conversation: Conversation, message: Message, *, state: str) -> None:
    """Keep in the conversation what lists show of its newest message."""
    change(
        conversation, state=state, messages=F("messages") + 1, last_at=message.at,
        last_words=" ".join(message.text.split())[:200],
        **({"closed_at": None} if state != Conversation.State.CLOSED else {}),
    )  # fmt: skip


def change(conversation: Conversation, **values: Any) -> None:
    """Write to the conversation so that open pages hear of it."""
    Conversation.objects.filter(id=conversation.id).update(**values, changed_in=CurrentTransaction())
    for name, value in values.items():
        if not hasattr(value, "resolve_expression"):
            setattr(conversation, name, value)


def plain(text: str) -> str:
    """Text that PostgreSQL can keep, without what no person types, and of bounded length."""
    cleaned = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return cleaned[:MOST_LETTERS].strip()


def closed_now() -> dict[str, Any]:
    """What closing writes."""
    return {"state": Conversation.State.CLOSED, "closed_at": clock.now()}

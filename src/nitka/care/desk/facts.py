"""What desk tells. The words stay in its tables, where an erasure reaches them."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Fact, kind="desk.message_received", subject="conversation_id", whose="customer_id"):
    """Somebody wrote to us. What machines write is kept and not told."""

    customer_id: UUID | None
    conversation_id: UUID
    message_id: UUID
    channel: str


@dataclass(frozen=True, kw_only=True)
class MessageAnswered(Fact, kind="desk.message_answered", subject="conversation_id", whose="customer_id"):
    """One of us answered."""

    customer_id: UUID | None
    conversation_id: UUID
    message_id: UUID
    channel: str


@dataclass(frozen=True, kw_only=True)
class ConversationCaused(Fact, kind="desk.conversation_caused", subject="conversation_id", whose="customer_id"):
    """Why they write: delivery, product, payment, return or other. Told anew where one of us knows better."""

    customer_id: UUID | None
    conversation_id: UUID
    cause: str


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(Fact, kind="desk.conversation_closed", subject="conversation_id", whose="customer_id"):
    """The matter is settled; one more message of theirs opens it again."""

    customer_id: UUID | None
    conversation_id: UUID

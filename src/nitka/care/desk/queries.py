"""Questions about conversations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from nitka.care.desk import files, knowing
from nitka.care.desk.causes import cause_names, cause_of_place, cause_words, suggest_cause
from nitka.care.desk.incoming.reading import MOST_BYTES
from nitka.care.desk.models import Channel, Conversation, Message, MessageAttachment
from nitka.ground.changes import oldest_of, start_cursor
from nitka.ground.ids import read_code
from nitka.sale.orders import queries as orders

MOST_MAIL_BYTES = MOST_BYTES

__all__ = [
    "MOST_MAIL_BYTES", "CauseNumber", "ConversationView", "FileView", "MessageView", "cause_names", "cause_of_place",
    "cause_words", "channel_names", "contacts_per_hundred", "conversation", "conversation_by_code",
    "conversation_rows", "conversations_of_customer", "conversations_of_order", "conversations_since", "file_of",
    "start_cursor", "suggest_cause", "waiting",
]  # fmt: skip


@dataclass(frozen=True)
class FileView:
    id: UUID
    name: str
    content_type: str
    size: int
    is_picture: bool


@dataclass(frozen=True)
class MessageView:
    """One message. `proof`: 0 claimed, 1 the writer holds a mail of ours to this address, 2 signed in."""

    id: UUID
    direction: str
    kind: str
    channel: str
    author: UUID | None
    sender: str
    proof: int
    text: str
    whole: str
    mail_id: UUID | None
    context: dict[str, Any]
    at: datetime
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True)
class ConversationView:
    """A conversation with its messages, the oldest first."""

    id: UUID
    code: str
    customer_id: UUID | None
    email: str
    name: str
    language: str
    market: str
    subject: str
    channel: str
    cause: str
    cause_by: str
    order_code: str
    context: dict[str, Any]
    state: str
    began_at: datetime
    last_at: datetime
    messages: tuple[MessageView, ...]

    @property
    def newest_words(self) -> UUID | None:
        """The newest message of a person, as `answer` wants it named."""
        return next((each.id for each in reversed(self.messages) if each.kind == "words"), None)


@dataclass(frozen=True)
class CauseNumber:
    """How often people wrote for this cause, and how often for each hundred orders (None without orders)."""

    cause: str
    contacts: int
    orders: int
    per_hundred: float | None


def conversation(conversation_id: UUID) -> ConversationView | None:
    """One conversation with all its messages; three queries."""
    return next(iter(_views(Conversation.objects.filter(id=conversation_id))), None)


def conversation_by_code(code: str) -> ConversationView | None:
    """The conversation of that code, however it was typed."""
    return next(iter(_views(Conversation.objects.filter(code=read_code(code)))), None)


def conversations_of_customer(customer_id: UUID, limit: int = 50) -> list[ConversationView]:
    """What this customer and we wrote to each other, the newest conversation first."""
    rows = Conversation.objects.filter(customer_id__in=knowing.all_ids_of(customer_id))
    return _views(rows.order_by("-last_at", "-id")[:limit])


def conversations_of_order(code: str, limit: int = 50) -> list[ConversationView]:
    """What was written about that order by who may see it, the newest first."""
    return _views(Conversation.objects.filter(order_code=code).order_by("-last_at", "-id")[:limit])


def conversation_rows(
    *, search: str = "", state: str = "", cause: str = "", channel: str = ""
) -> QuerySet[Conversation]:
    """Conversations for tables of the back office, the one with the newest message first.

    `search` looks at code, order, e-mail, name, subject and the words of all messages.
    """
    rows = Conversation.objects.order_by("-last_at", "-id")
    exact = {"state": state, "cause": cause, "channel": channel}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return rows.filter(_matches(search.strip())) if search.strip() else rows


def _matches(text: str) -> Q:
    by_words = Message.objects.filter(text__icontains=text).values("conversation_id")
    code = read_code(text)
    return (
        Q(code__startswith=code) | Q(order_code__startswith=code) | Q(email__icontains=text) | Q(name__icontains=text)
        | Q(subject__icontains=text) | Q(id__in=by_words)
    )  # fmt: skip


def conversations_since(cursor: str) -> tuple[tuple[Conversation, ...], str]:
    """Conversations that began or changed since that cursor (`start_cursor`), and the next one. Loses none.

    Works as `orders_since` does. Raises ValueError for no cursor of ours.
    """
    sql = (
        "SELECT s.snap AS snap, c.* FROM (SELECT pg_current_snapshot()::text AS snap) s LEFT JOIN desk_conversations c"
        " ON c.changed_in >= %s::xid8 AND NOT pg_visible_in_snapshot(c.changed_in, %s::pg_snapshot)"
        " ORDER BY c.last_at, c.id"
    )
    found = list(Conversation.objects.raw(sql, [str(oldest_of(cursor)), cursor]))
    return tuple(row for row in found if row.code), str(found[0].snap)  # type: ignore[attr-defined]


def waiting() -> int:
    """How many conversations wait for us."""
    return Conversation.objects.filter(state=Conversation.State.OPEN).count()


def file_of(file_id: UUID) -> tuple[UUID, str, str, bytes] | None:
    """The conversation, name, type and content of a file that came with a message."""
    row = MessageAttachment.objects.select_related("message").filter(id=file_id).first()
    return (row.message.conversation_id, row.name, row.content_type, bytes(row.content)) if row else None


def channel_names() -> dict[str, str]:
    """The ways in and out, in a word each."""
    return {Channel.FORM.value: _("Form"), Channel.MAIL.value: _("E-mail")}


def contacts_per_hundred(since: datetime, until: datetime) -> list[CauseNumber]:
    """Contacts per 100 orders by cause, and in sum (cause "").

    A contact is a conversation that a person began within the time; what they write in it later is the same contact.
    Orders are all that were placed within the time, cancelled ones included; credit notes and entries of the books that
    an import brought are none.
    """
    placed = orders.order_rows(since=since, until=until).exclude(status__in=orders.NO_ORDER).count()
    rows = Conversation.objects.filter(began_at__gte=since, began_at__lt=until).order_by()
    counted = dict(rows.values_list("cause").annotate(n=Count("pk")))
    return [
        CauseNumber(cause, number, placed, round(100 * number / placed, 1) if placed else None)
        for cause, number in [*((each, counted.get(each, 0)) for each in cause_names()), ("", sum(counted.values()))]
    ]


def _views(rows: Iterable[Conversation]) -> list[ConversationView]:
    found = list(rows)
    messages: dict[UUID, list[MessageView]] = {row.id: [] for row in found}
    spoken = list(Message.objects.filter(conversation_id__in=list(messages)).order_by("at", "id"))
    attached = _files([each.id for each in spoken])
    for each in spoken:
        messages[each.conversation_id].append(_message(each, tuple(attached.get(each.id, ()))))
    return [_view(row, tuple(messages[row.id])) for row in found]


def _view(row: Conversation, messages: tuple[MessageView, ...]) -> ConversationView:
    return ConversationView(
        row.id, row.code, row.customer_id, row.email, row.name, row.language, row.market, row.subject, row.channel,
        row.cause, row.cause_by, row.order_code, row.context, row.state, row.began_at, row.last_at, messages,
    )  # fmt: skip


def _message(row: Message, attached: tuple[FileView, ...]) -> MessageView:
    return MessageView(
        row.id, row.direction, row.kind, row.channel, row.author, row.sender, row.proof, row.text, row.whole,
        row.mail_id, row.context, row.at, attached,
    )  # fmt: skip


def _files(message_ids: list[UUID]) -> dict[UUID, list[FileView]]:
    rows = (
        MessageAttachment.objects.filter(message_id__in=message_ids)
        .annotate(size=Length("content"))
        .order_by("id")
        .values_list("message_id", "id", "name", "content_type", "size")
    )
    found: dict[UUID, list[FileView]] = {}
    for message_id, file_id, name, kind, size in rows:
        found.setdefault(message_id, []).append(FileView(file_id, name, kind, size, kind in files.SHOWN))
    return found

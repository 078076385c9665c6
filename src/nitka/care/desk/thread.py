"""What the thread of a customer shows of conversations: the beginning of the words, which facts do not hold."""

from typing import Any
from uuid import UUID

from nitka.care.desk.causes import cause_names
from nitka.care.desk.models import Conversation, Message
from nitka.people.thread.actions import file_under, tells_more

file_under("messages", "desk")
BEGINNING = 160


@tells_more("desk.message_received", "desk.message_answered")
def load_words(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was said, and about what; empty for what was erased."""
    ids = [UUID(payload["message_id"]) for payload in payloads]
    rows = Message.objects.filter(id__in=ids).values_list("id", "text", "conversation__subject", "conversation__code")
    found = {row[0]: {"words": _beginning(row[1]), "subject": row[2], "code": row[3]} for row in rows}
    return [found.get(each, {}) for each in ids]


@tells_more("desk.conversation_caused", "desk.conversation_closed")
def load_subjects(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Which conversation it is, and its cause in a word."""
    ids = [UUID(payload["conversation_id"]) for payload in payloads]
    rows = Conversation.objects.filter(id__in=ids).values_list("id", "subject", "code")
    found = {row[0]: {"subject": row[1], "code": row[2]} for row in rows}
    names = cause_names()
    return [
        {**found.get(each, {}), "cause": names.get(payload.get("cause", ""), "")}
        for each, payload in zip(ids, payloads, strict=True)
    ]


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING else line[:BEGINNING].rsplit(" ", 1)[0] + " …"

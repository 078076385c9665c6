"""Questions and raw mails for tests."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

from nitka.care.desk import actions as desk
from nitka.care.desk import queries
from nitka.care.desk.queries import ConversationView
from nitka.people.contact.models import OutgoingMail

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def asked(text: str = "Is the lamp warm enough to read by?", email: str = "anna@example.com", **more: Any) -> UUID:
    """A question through the form."""
    values: dict[str, Any] = {"language": "en", "about": "product:lamp"}
    return desk.ask(question=desk.Question(text=text, email=email, **(values | more))).conversation_id


def raw(
    text: str = "Thank you!", *, sender: str = "Anna <anna@example.com>", to: str = "reply@shop.example",
    subject: str = "Re: hello", **headers: str,
) -> bytes:  # fmt: skip
    """A mail as a decent program writes it. `in_reply_to="<…>"` becomes the header In-Reply-To."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = headers.pop("message_id", f"<{abs(hash((text, sender, subject)))}@mail.example.com>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def seen(conversation_id: UUID | None) -> ConversationView:
    """The conversation as pages show it."""
    assert conversation_id is not None
    found = queries.conversation(conversation_id)
    assert found is not None
    return found


def last_mail(to: str = "anna@example.com") -> OutgoingMail:
    """The newest mail to that address."""
    found = OutgoingMail.objects.filter(to=to).order_by("-created_at", "-id").first()
    assert found is not None
    return found

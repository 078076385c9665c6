"""Which conversation a mail belongs to: by the signed address it was sent to, by what it answers, by who sends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from nitka.care.desk.incoming.reading import Mail
from nitka.care.desk.models import Conversation, Message
from nitka.ground import clock
from nitka.people.contact import queries as contact
from nitka.people.contact.queries import SentMail

# A mail without any mark joins the sender's own conversation for so long after its last message.
STILL_WARM = timedelta(days=7)


@dataclass(frozen=True)
class Match:
    """`conversation_id` where there is one; `mail` is ours that is answered; `proved` if the writer held it."""

    conversation_id: UUID | None = None
    mail: SentMail | None = None
    proved: bool = False
    by: str = ""


def match(mail: Mail, envelope: Iterable[str] = ()) -> Match:
    """Tokens first, since nobody can guess them; then Message-IDs; then the sender alone, which proves nothing."""
    found = _by_token((*envelope, *mail.recipients)) or _by_references(mail.references)
    if found:
        return found
    if mail.machine:
        return Match()
    row = (
        Conversation.objects.filter(email=mail.sender, last_at__gte=clock.now() - STILL_WARM)
        .exclude(state=Conversation.State.CLOSED)
        .order_by("-last_at", "-id")
        .values_list("id", flat=True)
        .first()
    )
    return Match(row, by="sender") if row else Match()


def _by_token(addresses: Iterable[str]) -> Match | None:
    for address in addresses:
        token = contact.read_reply_address(address)
        if token is None:
            continue
        kind, subject = token
        if kind == "conversation" and (living := _living([subject])):
            return Match(living, proved=True, by="token")
        sent = contact.sent_mail(subject) if kind == "mail" else None
        if sent:
            return Match(_conversation_of_mail(sent.id), sent, True, "token")
    return None


def _by_references(ids: tuple[str, ...]) -> Match | None:
    if not ids:
        return None
    sent = contact.sent_mail_by_message_id(ids)
    if sent:
        return Match(_conversation_of_mail(sent.id), sent, by="references")
    # What they wrote before and refer to themselves, such as a second mail to their own first one.
    rows = Message.objects.filter(mail_message_id__in=ids).order_by("-at").values_list("conversation_id", flat=True)
    living = _living(list(rows[:20]))
    return Match(living, by="references") if living else None


def _conversation_of_mail(mail_id: UUID) -> UUID | None:
    by_message = Message.objects.filter(mail_id=mail_id).values_list("conversation_id", flat=True)
    about = Conversation.objects.filter(about_mail=mail_id).order_by("-last_at").values_list("id", flat=True)
    return _living([*by_message[:5], *about[:5]])


def _living(ids: list[UUID]) -> UUID | None:
    """The first of these conversations that was not emptied by an erasure: into such a one nobody could be answered."""
    found = set(Conversation.objects.filter(id__in=ids).exclude(email="").values_list("id", flat=True))
    return next((each for each in ids if each in found), None)

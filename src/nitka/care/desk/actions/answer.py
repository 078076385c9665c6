"""Answering by mail, in the thread of what was written."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.care.desk import writing
from nitka.care.desk.facts import MessageAnswered
from nitka.care.desk.models import Channel, Conversation, Message
from nitka.care.desk.problems import AnswerProblem, MeanwhileProblem
from nitka.ground.facts.actions import tell
from nitka.people.contact import actions as contact
from nitka.people.contact import queries as mails

MOST_LETTERS = 20_000
# RFC 5322 wants lines of References below 998 letters; the first and the last ones are what programs look at.
MOST_REFERENCES = 10


@transaction.atomic
def answer(*, conversation_id: UUID, text: str, by: UUID, seen: UUID | None = None, close: bool = False) -> UUID:
    """Send an answer to the asker, as a mail in the same thread, and return the id of the message.

    `seen` is the newest message that the writer had before them: where another came since, MeanwhileProblem. It goes
    to the address of the conversation, whoever wrote last. Raises AnswerProblem for an empty one or an asker without
    address, NoSuchConversation.
    """
    row = writing.locked(conversation_id)
    words = writing.plain(text)
    if not words:
        raise AnswerProblem(_("Please write an answer first."))
    if len(words) > MOST_LETTERS:
        raise AnswerProblem(_("This answer is too long for a mail."))
    if not row.email:
        raise AnswerProblem(_("There is no e-mail address to answer to."))
    spoken = Message.objects.filter(conversation_id=row.id, kind=Message.Kind.WORDS).order_by("-at", "-id")
    newest = spoken.first()
    if seen and newest and newest.id != seen:
        raise MeanwhileProblem(
            _("A new message came while you were writing. Your answer is still here; read it first.")
        )
    mail_id = _send(row, words, spoken.filter(direction=Message.Direction.IN).first())
    sent = mails.sent_mail(mail_id)
    assert sent is not None
    message = Message.objects.create(
        conversation_id=row.id, direction=Message.Direction.OUT, channel=Channel.MAIL, author=by, text=words,
        mail_id=mail_id, mail_message_id=sent.message_id,
    )  # fmt: skip
    writing.join(row, message, state=Conversation.State.ANSWERED)
    tell(
        MessageAnswered(
            customer_id=row.customer_id, conversation_id=row.id, message_id=message.id, channel=message.channel
        )
    )
    if close:
        from nitka.care.desk.actions.steer import close_conversation

        close_conversation(conversation_id=row.id)
    return message.id


def _send(row: Conversation, words: str, last: Message | None) -> UUID:
    subject = row.subject if row.subject.lower().startswith("re:") else f"Re: {row.subject}"
    return contact.send_mail(
        to=row.email, language=row.language, template="desk/mail/answer",
        context={"topic": subject, "words": words, "code": row.code, "asked": last.text if last else "",
                 "asked_at": last.at if last else None, "answers": bool(mails.reply_address("conversation", row.id))},
        customer_id=row.customer_id, reply_to=mails.reply_address("conversation", row.id),
        # A person wrote it, so holiday answers may come back: they are known as such and open nothing.
        headers={"Auto-Submitted": "no", **_threading(row.id)},
    )  # fmt: skip


def _threading(conversation_id: UUID) -> dict[str, str]:
    """In-Reply-To and References, so that every mail program shows one thread."""
    rows = Message.objects.filter(conversation_id=conversation_id).exclude(mail_message_id="")
    ids = [each for each in rows.order_by("at", "id").values_list("mail_message_id", flat=True) if len(each) < 250]
    ids = [each for each in ids if not each.endswith("@no-message-id.invalid>")]
    if not ids:
        return {}
    chain = ids if len(ids) <= MOST_REFERENCES else [ids[0], *ids[-MOST_REFERENCES + 1 :]]
    return {"In-Reply-To": ids[-1], "References": " ".join(dict.fromkeys(chain))}

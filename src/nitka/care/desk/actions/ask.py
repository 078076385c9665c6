"""A question through the form: a conversation, and a mail that says we have it."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.care.desk import files, knowing, writing
from nitka.care.desk.causes import suggest_cause
from nitka.care.desk.files import File
from nitka.care.desk.models import Cause, Channel, Conversation, Message
from nitka.care.desk.problems import AskProblem
from nitka.ground.problem import Problem
from nitka.people.contact import actions as contact
from nitka.people.contact import queries as mails
from nitka.people.customers import actions as customers

MOST_LETTERS = 5000
MOST_PICTURES = 5


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody asks. `about` is the place (`product:…`, `order:…`, `page:…`, `cart`), `context` its references.

    `order_code` is only given where the asker may see that order. `once` names the form that was filled, so that a
    second press sends nothing twice.
    """

    text: str
    email: str
    language: str
    name: str = ""
    market: str = ""
    about: str = ""
    subject: str = ""
    cause: str = ""
    order_code: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[File, ...] = ()
    customer_id: UUID | None = None
    signed_in: bool = False
    device: str = ""
    once: str = ""


@dataclass(frozen=True)
class Asked:
    """The conversation that a question began; `code` is for people."""

    conversation_id: UUID
    code: str


@transaction.atomic
def ask(*, question: Question) -> Asked:
    """Begin a conversation with a question from a form, and confirm it by mail.

    The confirmation holds nothing that the asker typed, so nobody can have us send words to strangers. A cause that
    is not given follows the rule of `causes.py`. The same `once` again answers as before. Raises AskProblem with
    `errors` by field.
    """
    email = _checked(question)
    writing.one_at_a_time(email)
    once = f"form:{hashlib.blake2b(question.once.encode(), digest_size=24).hexdigest()}" if question.once else None
    before = Message.objects.filter(external_id=once).select_related("conversation").first() if once else None
    if before:
        return Asked(before.conversation_id, before.conversation.code)
    conversation = _begin(question, email)
    kept, left = files.sort_out(question.pictures)
    proof = Message.Proof.SIGNED_IN if question.signed_in else Message.Proof.CLAIMED
    writing.receive(
        conversation, text=question.text, channel=Channel.FORM, kept=kept, sender=email, proof=proof,
        external_id=once, context={"about": question.about, **({"left_out": left} if left else {})},
    )  # fmt: skip
    _confirm(conversation)
    return Asked(conversation.id, conversation.code)


def _checked(question: Question) -> str:
    """The address in its one form; all that is wrong is said at once."""
    errors: dict[str, str] = {}
    email = ""
    try:
        email = customers.check_email(email=question.email)
    except Problem as problem:
        errors["email"] = problem.message
    if len(question.text.strip()) < 3:
        errors["text"] = _("Please write what you would like to know.")
    elif len(question.text) > MOST_LETTERS:
        errors["text"] = _("Please say it in at most %(number)d letters.") % {"number": MOST_LETTERS}
    if question.cause and question.cause not in Cause.values:
        errors["cause"] = _("Please choose what it is about.")
    if wrong := _wrong_with(question.pictures):
        errors["pictures"] = wrong
    if errors:
        raise AskProblem(_("Please look at the marked fields again."), errors=errors)
    return email


def _wrong_with(pictures: tuple[File, ...]) -> str:
    if len(pictures) > MOST_PICTURES:
        return _("Please send at most %(number)d pictures.") % {"number": MOST_PICTURES}
    for each in pictures:
        if len(each.content) > files.MOST_BYTES:
            return _("“%(name)s” is larger than 5 MB.") % {"name": each.name[:80]}
        if files.kind_of(each.content) not in files.PICTURES:
            return _("“%(name)s” is no picture that we can open. JPEG, PNG, WebP, GIF and HEIC work.") % {
                "name": each.name[:80]
            }
    return ""


def _begin(question: Question, email: str) -> Conversation:
    # Who is signed in is known by that; everybody else by the address that they type.
    customer_id = question.customer_id or knowing.who_typed(
        email=email, language=question.language, market=question.market, name=question.name, device=question.device
    )
    return writing.begin(
        customer_id=customer_id, evidence=knowing.address_evidence(email), email=email,
        name=writing.plain(question.name)[:120],
        language=question.language, market=question.market, channel=Channel.FORM,
        subject=writing.plain(question.subject or " ".join(question.text.split()))[:120],
        cause=question.cause or suggest_cause(question.text, about=question.about),
        cause_by="asker" if question.cause else "rule",
        order_code=question.order_code, context=question.context,
    )  # fmt: skip


def _confirm(conversation: Conversation) -> None:
    mail_id = contact.send_mail(
        to=conversation.email, language=conversation.language, template="desk/mail/received",
        context={"code": conversation.code, "answers": bool(mails.reply_address("conversation", conversation.id))},
        customer_id=conversation.customer_id, reply_to=mails.reply_address("conversation", conversation.id),
    )  # fmt: skip
    # Answers to the confirmation are found by it even where a mail program drops the signed address.
    writing.change(conversation, about_mail=mail_id)

"""Taking a mail in: once, whoever sends it how often, and answering no machine."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.care.desk import files, knowing, writing
from nitka.care.desk.causes import suggest_cause
from nitka.care.desk.incoming.matching import Match, match
from nitka.care.desk.incoming.reading import Mail, read
from nitka.care.desk.models import Channel, Conversation, Message
from nitka.care.desk.problems import MailRefused, TooManyMails
from nitka.ground import clock, locale
from nitka.ground.ids import read_code
from nitka.people.contact import queries as contact
from nitka.people.customers import queries as customers
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content

log = structlog.get_logger(__name__)
# A person does not write more; a machine that we fail to know as one does.
MOST_IN_AN_HOUR = 60
_CODE = re.compile(r"\bNK-[0-9A-Z]{4}-[0-9A-Z]{2,4}\b", re.IGNORECASE)


@dataclass(frozen=True)
class TakenIn:
    """What became of a mail. `verdict`: new, joined, known (it came before), ignored (a machine's, of no matter)."""

    verdict: str
    conversation_id: UUID | None = None
    message_id: UUID | None = None


@transaction.atomic
def take_in_mail(*, raw: bytes, envelope: Iterable[str] = ()) -> TakenIn:
    """Make one raw mail (RFC 5322) a message. `envelope`: whom the mail server says it is for.

    It joins the conversation whose signed address it was sent to, else the one that its In-Reply-To or References
    name, else the sender's own of the last seven days, else it begins one. Nothing is ever answered from here, so no
    loop can begin. The same Message-ID from the same sender is kept once. Mails of machines join and open nothing.
    Raises MailRefused (TooLargeMail, TooManyMails): sending it again would not help.
    """
    mail = read(raw)
    _refuse_our_own(mail)
    writing.one_at_a_time(mail.sender)
    external = external_id(mail)
    before = Message.objects.filter(external_id=external).values_list("conversation_id", "id").first()
    if before:
        return TakenIn("known", *before)
    found = match(mail, envelope)
    if mail.machine and found.conversation_id is None:
        log.info("machine_mail_ignored", kind=mail.machine)
        return TakenIn("ignored")
    _refuse_a_flood(mail)
    conversation = writing.locked(found.conversation_id) if found.conversation_id else _begin(mail, found)
    message = _receive(conversation, mail, found, external)
    return TakenIn("joined" if found.conversation_id else "new", conversation.id, message.id)


def external_id(mail: Mail) -> str:
    """The name under which a mail is kept once. The sender is part of it, so that nobody can use up another's."""
    digest = hashlib.blake2b(f"{mail.message_id}\0{mail.sender}".encode("utf-8", "replace"), digest_size=24)
    return f"mail:{digest.hexdigest()}"


def _receive(conversation: Conversation, mail: Mail, found: Match, external: str) -> Message:
    kept, left = files.sort_out(mail.files)
    proved = _is_proved(mail, found, conversation.email)
    if not mail.machine:
        knowing.who_mailed(email=mail.sender, language=conversation.language, proved=proved)
    kinds = {"": Message.Kind.WORDS, "machine": Message.Kind.MACHINE, "bounce": Message.Kind.BOUNCE}
    return writing.receive(
        conversation, text=mail.text or _nothing_said(kept), whole=mail.whole if mail.whole != mail.text else "",
        channel=Channel.MAIL, kept=kept, kind=kinds[mail.machine], sender=mail.sender,
        proof=Message.Proof.GIVEN if proved else Message.Proof.CLAIMED, mail_message_id=mail.message_id[:510],
        external_id=external,
        context={"matched": found.by or "new", "subject": mail.subject, **({"left_out": left} if left else {}),
                 **({"failed": True} if mail.failed_for_good else {})},
    )  # fmt: skip


def _is_proved(mail: Mail, found: Match, asker: str) -> bool:
    """Whether the writer held a mail that we sent to the address that they write from."""
    return found.proved and not mail.machine and mail.sender == (found.mail.to if found.mail else asker)


def _begin(mail: Mail, found: Match) -> Conversation:
    """A conversation with who wrote; an answer to one of our mails is about what that mail was about."""
    known = customers.customer_by_email(mail.sender)
    language = _language(found.mail.language if found.mail else "", known.language if known else "", mail.language)
    customer_id = knowing.who_mailed(email=mail.sender, language=language, proved=_is_proved(mail, found, ""))
    subject = mail.subject or (found.mail.subject if found.mail else "") or _("(no subject)")
    about = f"mail:{found.mail.template}" if found.mail else ""
    return writing.begin(
        customer_id=customer_id, email=mail.sender, name=mail.sender_name, language=language, subject=subject,
        channel=Channel.MAIL, cause=suggest_cause(f"{subject}\n{mail.text}", about=about),
        order_code=_order_code(mail, found), about_mail=found.mail.id if found.mail else None,
        context={"mail": {"id": str(found.mail.id), "subject": found.mail.subject}} if found.mail else {},
    )  # fmt: skip


def _order_code(mail: Mail, found: Match) -> str:
    """An order that is named, if it belongs to the address that writes: a mail may have been passed on."""
    named = f"{found.mail.subject if found.mail else ''}\n{mail.subject}\n{mail.text[:2000]}"
    for code in dict.fromkeys(_CODE.findall(named)[:5]):
        order = orders.order_by_code(read_code(code))
        if order and order.email.lower() == mail.sender:
            return order.code
    return ""


def _language(*wishes: str) -> str:
    spoken = content.shop().languages
    return next((each for each in wishes if each in spoken), spoken[0] if spoken else locale.FALLBACK)


def _nothing_said(kept: list[tuple[str, str, bytes]]) -> str:
    return ", ".join(name for name, _kind, _content in kept) or _("(an empty message)")


def _refuse_our_own(mail: Mail) -> None:
    """A mail of ours that comes back as if somebody had written it."""
    ours = contact.sent_mail_by_message_id([mail.message_id]) is not None
    if ours or contact.read_reply_address(mail.sender) is not None:
        raise MailRefused("This mail is our own.")


def _refuse_a_flood(mail: Mail) -> None:
    since = clock.now() - timedelta(hours=1)
    if Message.objects.filter(sender=mail.sender, at__gte=since).count() >= MOST_IN_AN_HOUR:
        raise TooManyMails(_("Too many mails from this address. Please wait an hour."))

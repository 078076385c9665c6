"""Delivering a stored mail over SMTP, so that a broken server or a killed worker neither loses nor doubles it."""

import smtplib
from datetime import timedelta
from email.utils import formataddr
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from nitka.ground import clock
from nitka.ground.belongings import is_nobodys
from nitka.ground.facts.actions import tell
from nitka.people.contact.facts import MailFailed
from nitka.people.contact.models import MailAttachment, OutgoingMail
from nitka.people.contact.queries import sender

log = structlog.get_logger(__name__)

# A server that is down is tried for about a day and a half; then a person has to look.
WAIT_SECONDS = (5, 20, 60, 300, 900, 3600, 3600, 7200, 14400, 28800, 57600)
# Longer than any SMTP dialogue may last, so that a mail whose worker died is taken up again, and no other.
LEASE = timedelta(minutes=5)


def deliver(*, mail_id: UUID) -> None:
    """Hand one mail to the SMTP server. Does nothing for a mail that was sent, given up, or is in other hands.
    What is for somebody who was erased meanwhile is dropped.

    A refusal for good (5xx for the reader or the content) ends it; any other trouble enqueues the next try. A mail
    whose worker died in mid-sending is sent again under the same Message-ID, by which servers and readers know it.
    """
    row = _take(mail_id)
    if row is None:
        return
    try:
        _message(row).send(using="default")
    except Exception as trouble:
        # Also what is no trouble of the network, such as an address that no server can write: it is tried and told.
        _put_back(row, trouble)
    else:
        _settle(row, OutgoingMail.State.SENT)


@transaction.atomic
def _take(mail_id: UUID) -> OutgoingMail | None:
    row = OutgoingMail.objects.select_for_update().filter(id=mail_id).first()
    if row is None or row.state not in (OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING):
        return None
    if is_nobodys(row.to):
        row.state = OutgoingMail.State.DROPPED
        row.save(update_fields=["state"])
        return None
    now = clock.now()
    if row.state == OutgoingMail.State.SENDING and row.leased_until and row.leased_until > now:
        _again(row, (row.leased_until - now).total_seconds() + 1)
        return None
    row.state, row.leased_until, row.tries = OutgoingMail.State.SENDING, now + LEASE, row.tries + 1
    row.save(update_fields=["state", "leased_until", "tries"])
    return row


def _message(row: OutgoingMail) -> EmailMultiAlternatives:
    signed = sender()
    message = EmailMultiAlternatives(
        subject=row.subject,
        body=row.text,
        from_email=settings.NITKA_MAIL_FROM or formataddr((signed.shop_name, signed.address)),
        to=[row.to],
        reply_to=[row.reply_to] if row.reply_to else None,
        headers={
            # Keeps holiday answers away from mails that nobody wrote by hand (RFC 3834).
            "Auto-Submitted": "auto-generated",
            **row.headers,
            "Message-ID": row.message_id,
            "Content-Language": row.language,
        },
    )
    message.attach_alternative(row.html, "text/html")
    for file in MailAttachment.objects.filter(mail_id=row.id).order_by("id"):
        message.attach(file.name, bytes(file.content), file.content_type)
    return message


def _put_back(row: OutgoingMail, trouble: Exception) -> None:
    row.last_error = f"{type(trouble).__name__}: {trouble}"[:500]
    if _is_final(trouble) or row.tries > len(WAIT_SECONDS):
        log.warning("mail_failed", mail_id=str(row.id), error=type(trouble).__name__, tries=row.tries)
        _settle(row, OutgoingMail.State.FAILED)
        return
    log.info("mail_delayed", mail_id=str(row.id), error=type(trouble).__name__, tries=row.tries)
    with transaction.atomic():
        row.state, row.leased_until = OutgoingMail.State.QUEUED, None
        row.save(update_fields=["state", "leased_until", "last_error"])
        _again(row, WAIT_SECONDS[row.tries - 1])


@transaction.atomic
def _settle(row: OutgoingMail, state: OutgoingMail.State) -> None:
    row.state, row.leased_until = state, None
    if state == OutgoingMail.State.SENT:
        row.sent_at, row.last_error = clock.now(), ""
    row.save(update_fields=["state", "leased_until", "sent_at", "last_error"])
    if state == OutgoingMail.State.FAILED:
        tell(MailFailed(mail_id=row.id, customer_id=row.customer_id, template=row.template))


def _again(row: OutgoingMail, seconds: float) -> None:
    from nitka.people.contact.tasks import deliver_mail

    deliver_mail.later_in(seconds, mail_id=str(row.id))


def _is_final(trouble: Exception) -> bool:
    """Whether the server said no to this reader or this content, and would say so again."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _answer in trouble.recipients.values())
    return isinstance(trouble, smtplib.SMTPDataError) and 500 <= trouble.smtp_code < 600

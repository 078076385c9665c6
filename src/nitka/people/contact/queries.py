"""Questions about mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from nitka.ground import clock
from nitka.ground.locale import cldr
from nitka.people.contact import clicks
from nitka.people.contact.models import MailAttachment, OutgoingMail, PushSubscription, Sender, Subscription
from nitka.people.contact.pushing import vapid
from nitka.people.contact.replies import read_reply_address, reply_address

__all__ = [
    "AttachmentView", "DeviceView", "MailView", "SenderView", "SentMail", "SubscriptionView", "attachment", "mail",
    "mailbox_rows", "mails_waiting", "push_devices", "push_key", "read_reply_address", "reply_address", "sender",
    "sent_mail", "sent_mail_by_message_id", "subscription_by_leave_token",
]  # fmt: skip

SIGN_IN_CODE = "contact/mail/sign_in_code"


@dataclass(frozen=True)
class AttachmentView:
    id: UUID
    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class MailView:
    """A mail as it was written. `headers` are those of the message, in the order they are sent."""

    id: UUID
    to: str
    language: str
    template: str
    purpose: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    state: str
    tries: int
    last_error: str
    created_at: datetime
    sent_at: datetime | None
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True)
class SentMail:
    """What somebody may answer to: one of our mails, without its words."""

    id: UUID
    to: str
    customer_id: UUID | None
    language: str
    template: str
    subject: str
    message_id: str


@dataclass(frozen=True)
class SenderView:
    """How the shop signs: name, address, and the lines that the law wants below every mail, up to their country."""

    shop_name: str
    address: str
    footer: str
    accent: str
    country: str = ""

    def footer_in(self, language: str) -> str:
        """The lines with the country, as its name is in that language."""
        name = cldr(language).territories.get(self.country, self.country)
        return " · ".join(part for part in (self.footer, name) if part)


@dataclass(frozen=True)
class SubscriptionView:
    id: UUID
    language: str
    confirmed: bool
    left: bool


def sender() -> SenderView:
    """How the shop signs its mail."""
    row = Sender.objects.first() or Sender()
    return SenderView(row.shop_name, row.address, row.footer, row.accent, row.country)


def push_key() -> str:
    """The key that a browser binds its push address to."""
    return vapid.public_key(settings.NITKA_VAPID_KEY)


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A browser that gets news: `id` is a digest of its address, `follows` of how many things it gets them."""

    id: str
    name: str
    since: datetime
    follows: int


def push_devices(customer_ids: Iterable[UUID]) -> tuple[DeviceView, ...]:
    """The devices that get news of these customers' orders, the newest first."""
    found: dict[str, list[PushSubscription]] = {}
    for row in PushSubscription.objects.filter(customer_id__in=list(customer_ids)).order_by("-created_at", "-id"):
        found.setdefault(row.endpoint_hash, []).append(row)
    return tuple(DeviceView(id_, rows[0].name, rows[-1].created_at, len(rows)) for id_, rows in found.items())


def mailbox_rows(to: str = "") -> QuerySet[OutgoingMail]:
    """All mails, newest first, or those whose address contains `to`. Bodies are not loaded."""
    rows = OutgoingMail.objects.order_by("-created_at", "-id").defer("text", "html")
    return rows.filter(to__icontains=to.strip()) if to.strip() else rows


def mail(mail_id: UUID) -> MailView | None:
    """One mail with all that was sent."""
    row = OutgoingMail.objects.filter(id=mail_id).first()
    if row is None:
        return None
    files = MailAttachment.objects.filter(mail_id=mail_id).order_by("id")
    headers = {"To": row.to, "Subject": row.subject, "Reply-To": row.reply_to, "Message-ID": row.message_id}
    return MailView(
        id=row.id, to=row.to, language=row.language, template=row.template, purpose=row.purpose, subject=row.subject,
        text=row.text, html=row.html, state=row.state, tries=row.tries, last_error=row.last_error,
        headers=tuple((name, value) for name, value in {**headers, **row.headers}.items() if value),
        created_at=row.created_at, sent_at=row.sent_at,
        attachments=tuple(AttachmentView(f.id, f.name, f.content_type, len(f.content)) for f in files),
    )  # fmt: skip


def sent_mail(mail_id: UUID) -> SentMail | None:
    """One mail as something that can be answered."""
    return _sent(OutgoingMail.objects.filter(id=mail_id).defer("text", "html").first())


def sent_mail_by_message_id(message_ids: Iterable[str]) -> SentMail | None:
    """The newest of our mails among these Message-IDs, as In-Reply-To and References name them."""
    rows = OutgoingMail.objects.filter(message_id__in=list(message_ids)).defer("text", "html")
    return _sent(rows.order_by("-created_at", "-id").first())


def _sent(row: OutgoingMail | None) -> SentMail | None:
    if row is None:
        return None
    return SentMail(row.id, row.to, row.customer_id, row.language, row.template, row.subject, row.message_id)


def attachment(mail_id: UUID, attachment_id: UUID) -> tuple[str, str, bytes] | None:
    """Name, type and content of a file that went with a mail."""
    row = MailAttachment.objects.filter(id=attachment_id, mail_id=mail_id).first()
    return (row.name, row.content_type, bytes(row.content)) if row else None


def mail_click(token: str) -> str | None:
    """The address that a mail with this token in its links went to; None for a token not of ours, or 90 days old.

    It proves that somebody reads this mailbox, or was forwarded a mail of it: it must open nothing.
    """
    mail_id = clicks.mail_of(token)
    if mail_id is None:
        return None
    rows = OutgoingMail.objects.filter(id=mail_id, created_at__gt=clock.now() - clicks.LIVES)
    return rows.values_list("to", flat=True).first() or None


def mails_waiting() -> int:
    """How many mails are written and neither sent nor given up."""
    return OutgoingMail.objects.filter(state__in=["queued", "sending"]).count()


def subscription_by_leave_token(token: str) -> SubscriptionView | None:
    """The subscription that a link for leaving belongs to."""
    row = Subscription.objects.filter(leave_token=token).first()
    if row is None:
        return None
    return SubscriptionView(row.id, row.language, row.confirmed_at is not None, row.left_at is not None)


def subjects_of(mail_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The subject of each of these mails; missing where it was erased, or is a code that signs its reader in."""
    mails = OutgoingMail.objects.filter(id__in=list(mail_ids)).exclude(subject="").exclude(template=SIGN_IN_CODE)
    return dict(mails.values_list("id", "subject"))

"""Writing a mail: rendered and stored in the caller's transaction, delivered afterwards."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from nitka.ground import pictures
from nitka.ground.belongings import NOWHERE, is_nobodys
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.ground.web.pages import render_text
from nitka.people.contact import clicks
from nitka.people.contact.facts import MailWritten
from nitka.people.contact.models import MailAttachment, OutgoingMail, Sender, Subscription
from nitka.people.contact.queries import SenderView, sender
from nitka.people.contact.replies import reply_address
from nitka.people.customers import queries as customers

# Purposes that need the reader's consent; all others answer something that the reader did.
ASKED_FOR = frozenset(customers.PURPOSES)
PICTURE_SIDE = 480  # shown half as wide
_WIDE = re.compile(r"\n(?:[ \t]*\n){2,}")
# The code of an order and the like, between tags: programs break lines at hyphens.
_CODE = re.compile(r"(?<![\w-])[A-Z]{1,3}(?:-[0-9A-Z]{2,5})+(?![\w-])(?=[^<>]*<)")


class NoConsent(Problem):
    """This person did not allow mail of this purpose."""

    code = "no_consent"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic
def send_mail(
    *, to: str, language: str, template: str, context: dict[str, Any], customer_id: UUID | None = None,
    purpose: str = "service", attachments: tuple[Attachment, ...] = (), reply_to: str = "",
    headers: dict[str, str] | None = None, leave_path: str = "",
) -> UUID:  # fmt: skip
    """Render `template`/{subject.txt,body.txt,body.html} in that language, store it, and enqueue its delivery.

    It stands or falls with the caller's transaction. For a reader who was erased (of an order on its way, say) nothing
    is rendered or sent; only that it would have been is kept. Templates see the context, `language`, `units`, `sender`,
    `subject`, `leave_url` (where it was asked for), `absolute(path)`, which makes a whole address of a path, and
    `shown(file)`, which does so of a kept picture, given by its name or its path.
    Answers go to `reply_to`, else to a signed address of this very mail where the shop takes mail in. `headers` are
    further ones of the message, such as In-Reply-To; `Auto-Submitted: no` says that a person wrote it. `leave_path`,
    for mails that need no consent, is where one click ends those of this kind.
    Raises NoConsent for a purpose of the ledger (newsletter, occasions, advertising …) that the address did not allow,
    or that the same person has refused since.
    """
    address = to.strip().lower()
    if is_nobodys(address):
        return _drop(address, language, template, purpose, customer_id)
    leave_url = _leave_url(address, language, purpose) if purpose in ASKED_FOR else ""
    if customer_id is None and (known := customers.customer_by_email(address)):
        # A code to sign in is asked for by an address; the mail lies on their thread all the same.
        customer_id = known.id
    signed, mail_id = sender(), new_id()
    clicked = mail_id if clicks.may_be_marked(address) else None
    subject, text, html = render_mail(language, template, {**context, "leave_url": leave_url}, signed, clicked)
    row = OutgoingMail.objects.create(
        id=mail_id, to=address, customer_id=customer_id, language=language, template=template, purpose=purpose,
        subject=subject, text=text, html=html, reply_to=reply_to or reply_address("mail", mail_id),
        headers={**(headers or {}), **_leave_headers(leave_url, purpose, leave_path)},
        message_id=f"<{mail_id}@{_domain(signed)}>",
        state=OutgoingMail.State.KEPT if settings.NITKA_MAILBOX else OutgoingMail.State.QUEUED,
    )  # fmt: skip
    MailAttachment.objects.bulk_create(
        [MailAttachment(mail=row, name=f.name, content_type=f.content_type, content=f.content) for f in attachments]
    )
    tell(MailWritten(mail_id=row.id, customer_id=customer_id, template=template, purpose=purpose))
    _send_soon(row)
    return row.id


def _send_soon(row: OutgoingMail) -> None:
    if row.state == OutgoingMail.State.QUEUED:
        from nitka.people.contact.tasks import deliver_mail

        deliver_mail.later(mail_id=str(row.id))


def _drop(address: str, language: str, template: str, purpose: str, customer_id: UUID | None) -> UUID:
    mail_id = new_id()
    OutgoingMail.objects.create(
        id=mail_id, to=address, customer_id=customer_id, language=language, template=template, purpose=purpose,
        message_id=f"<{mail_id}@{NOWHERE}>", state=OutgoingMail.State.DROPPED,
    )  # fmt: skip
    return mail_id


def render_mail(
    language: str, template: str, context: dict[str, Any], signed: SenderView, clicked: UUID | None = None
) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail in that language; links to pages name the mail `clicked`, if one is given."""

    def whole(path: str) -> str:
        return absolute(clicks.marked(path, clicked))

    values = {
        "units": "metric",
        **context,
        "language": language,
        "sender": replace(signed, footer=signed.footer_in(language)),
        "absolute": whole,
        "shown": _shown,
    }
    with translation.override(language):
        subject = " ".join(render_text(f"{template}/subject.txt", values).split())[:300]
        values["subject"] = subject
        text = _WIDE.sub("\n\n", render_text(f"{template}/body.txt", values).strip()) + "\n"
        values["beginning"] = _beginning(text)
        return subject, text, _unbroken(render_text(f"{template}/body.html", values))


def _shown(file: str) -> str:
    """AVIF and WebP are not shown by every mail program."""
    kept = file.removeprefix(settings.MEDIA_URL)
    path = pictures.square_jpeg(kept, folder="mail", side=PICTURE_SIDE) if kept else ""
    return absolute(path) if path else ""


def _beginning(text: str) -> str:
    """What mail programs show beside the subject: the first words below shop and title."""
    parts = text.split("\n\n")
    return " ".join(parts[2].split())[:120] if len(parts) > 2 else ""


def _unbroken(html: str) -> str:
    head, opening, body = html.partition("<body")
    return head + opening + _CODE.sub(r'<span style="white-space:nowrap">\g<0></span>', body)


def absolute(path: str) -> str:
    """The whole address of a path of the shop; an address that is whole already stays as it is."""
    return path if path.startswith(("https://", "http://")) else settings.NITKA_PUBLIC_URL + path


@transaction.atomic
def set_sender(*, shop_name: str, address: str, footer: str = "", country: str = "", accent: str = "#B4472E") -> None:
    """Say how the shop signs its mail; NITKA_MAIL_FROM, where it is set, is the address that counts. `country` is a
    code, and ends the footer in the language of each mail."""
    values = {"shop_name": shop_name, "address": address, "footer": footer, "country": country, "accent": accent}
    Sender.objects.update_or_create(id=1, defaults=values)


def _leave_url(address: str, language: str, purpose: str) -> str:
    if not customers.has_consent(address, purpose):
        raise NoConsent("Nobody with this address allowed mail of this purpose.")
    if purpose != "newsletter":
        return absolute(f"/{language}/account/about")
    found = Subscription.objects.filter(email=address).values_list("leave_token", flat=True).first()
    if found is None:
        raise NoConsent("Nobody with this address asked for the newsletter.")
    return absolute(f"/{language}/newsletter/leave?token={found}")


def _leave_headers(leave_url: str, purpose: str, leave_path: str) -> dict[str, str]:
    """What mail programs make a button of. One click suffices for the newsletter (RFC 8058) and at a `leave_path`; the
    other purposes are taken back where they were told, by whoever is signed in."""
    address = leave_url or (absolute(leave_path) if leave_path else "")
    headers = {"List-Unsubscribe": f"<{address}>"} if address else {}
    once = purpose == "newsletter" or bool(leave_path)
    return headers | ({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if once else {})


def _domain(signed: SenderView) -> str:
    host = (settings.NITKA_MAIL_FROM or signed.address).rpartition("@")[2].strip("<> ")
    return host if "." in host else urlsplit(settings.NITKA_PUBLIC_URL).hostname or "localhost"

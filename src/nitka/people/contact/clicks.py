"""Links in our own mails that tell whose mail was clicked. They open nothing, and say nothing to who reads them."""

import base64
import hmac
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.utils.crypto import salted_hmac

from nitka.ground import locale
from nitka.people.accounts import queries as accounts

PARAMETER = "nk"
LIVES = timedelta(days=90)


def token_of(mail_id: UUID) -> str:
    """The number of the mail, signed. No address: links end up in logs and histories."""
    return _text(mail_id.bytes) + _text(_signature(mail_id))


def mail_of(token: str) -> UUID | None:
    """The mail that a token of ours names; None for any other text."""
    if len(token) != 44 or not token.isascii():
        return None
    try:
        mail_id = UUID(bytes=base64.urlsafe_b64decode(token[:22] + "=="))
        given = base64.urlsafe_b64decode(token[22:] + "==")
    except ValueError:
        return None
    return mail_id if hmac.compare_digest(given, _signature(mail_id)) else None


def marked(path: str, mail_id: UUID | None) -> str:
    """The path with the token, where it leads to a page for shoppers; pictures and the back office stay plain."""
    parts = urlsplit(path)
    if mail_id is None or parts.netloc or parts.path[1:3] not in locale.LANGUAGES or parts.path[3:4] not in ("", "/"):
        return path
    token = urlencode({PARAMETER: token_of(mail_id)})
    return parts._replace(query=f"{parts.query}&{token}" if parts.query else token).geturl()


def may_be_marked(address: str) -> bool:
    """Not in mails to who works here: what staff click is no visit of a customer."""
    known = accounts.user_by_email(address)
    return known is None or not known.role


def _signature(mail_id: UUID) -> bytes:
    return salted_hmac("nitka.contact.click", mail_id.bytes, algorithm="sha256").digest()[:16]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

"""Signed addresses for answers: whoever writes to one has got the mail that it stood in.

The token is small letters and digits alone, since mail servers on the way may change the case, and short enough for
the 64 letters that may stand before the @ (RFC 5321).
"""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

# What an answer belongs to: one mail of ours, or a conversation.
KINDS = {"mail": b"m", "conversation": b"c"}
_SIGNATURE_BYTES = 10


def reply_address(kind: str, subject: UUID) -> str:
    """The address for answers to that mail or conversation; "" where the shop takes no mail in."""
    inbound: str = settings.NITKA_INBOUND_ADDRESS
    local, at, domain = inbound.partition("@")
    if not at:
        return ""
    token = make_token(kind, subject)
    return f"{local}+{token}@{domain}" if local else f"{token}@{domain}"


def make_token(kind: str, subject: UUID) -> str:
    """`m…` or `c…`: the id and its signature, in base32."""
    signed = subject.bytes + _signature(kind, subject)
    return KINDS[kind].decode() + base64.b32encode(signed).decode().rstrip("=").lower()


def read_reply_address(address: str) -> tuple[str, UUID] | None:
    """Kind and id that an address for answers means; None for one that we did not sign."""
    local, _at, _domain = address.strip().strip("<>").rpartition("@")
    return read_token(local.rpartition("+")[2])


def read_token(token: str) -> tuple[str, UUID] | None:
    """Kind and id of a token; None for one that we did not sign."""
    letters = token.strip().lower()
    kind = next((name for name, mark in KINDS.items() if letters[:1] == mark.decode()), "")
    if not kind or not 30 < len(letters) < 60:
        return None
    try:
        plain = base64.b32decode(letters[1:].upper() + "=" * (-len(letters[1:]) % 8))
    except ValueError:
        return None
    if len(plain) != 16 + _SIGNATURE_BYTES:
        return None
    subject = UUID(bytes=plain[:16])
    return (kind, subject) if hmac.compare_digest(plain[16:], _signature(kind, subject)) else None


def _signature(kind: str, subject: UUID) -> bytes:
    key = f"nitka.contact.replies.{settings.SECRET_KEY}".encode()
    return hmac.new(key, KINDS[kind] + subject.bytes, hashlib.sha256).digest()[:_SIGNATURE_BYTES]

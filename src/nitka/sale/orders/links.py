"""Links that open one order without signing in: whoever has the mail, has the order."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.core.signing import BadSignature, Signer


def _signer() -> Signer:
    return Signer(salt="nitka.orders.link", sep=".")


def order_link_token(order_id: UUID) -> str:
    """The same for ever: a mail of last year still opens its order. 256 bits of signature, nothing to guess."""
    return _signer().sign(urlsafe_b64encode(order_id.bytes).rstrip(b"=").decode())


def read_token(token: str) -> UUID | None:
    """The order's id, or None for a token that we did not sign."""
    try:
        plain = _signer().unsign(token)
        return UUID(bytes=urlsafe_b64decode(plain + "=="))
    except (BadSignature, ValueError):
        return None

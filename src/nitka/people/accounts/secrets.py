"""Codes and tokens that follow from an id and the shop's key, so that they need to be stored nowhere."""

import base64
import hashlib
import hmac
from functools import lru_cache
from uuid import UUID

from cryptography.fernet import Fernet
from django.conf import settings

CODE_DIGITS = 6


def code_of(challenge_id: UUID) -> str:
    """Six digits."""
    number = int.from_bytes(_derive("sign-in code", challenge_id.bytes)[:16])
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def link_token(link_id: UUID) -> str:
    """192 bits, safe in a URL."""
    return base64.urlsafe_b64encode(_derive("sign-in link", link_id.bytes)[:24]).decode()


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare without telling by the time it takes how far they agree."""
    return hmac.compare_digest(left.encode(), right.encode())


@lru_cache(maxsize=2)
def sealer() -> Fernet:
    """Seals what has to be read again, such as the secrets of authenticator apps."""
    return Fernet(base64.urlsafe_b64encode(_derive("sealed secrets", b"")))


def _derive(purpose: str, data: bytes) -> bytes:
    key = hmac.new(settings.SECRET_KEY.encode(), f"nitka.accounts {purpose}".encode(), hashlib.sha256).digest()
    return hmac.new(key, data, hashlib.sha256).digest()

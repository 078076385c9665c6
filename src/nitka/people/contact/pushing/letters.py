"""Bytes as these protocols write them: base64 for addresses, without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def written(content: bytes) -> str:
    """The bytes as text."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """The bytes of a text. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

"""Standard Webhooks 1.0.0: secrets, signatures, bodies."""

import base64
import secrets
from datetime import datetime
from typing import Any

import orjson
from standardwebhooks import Webhook

SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as the standard writes it: whsec_ and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def body(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    """What is sent; the same bytes at every try, for they are what is signed."""
    return orjson.dumps({"type": kind, "timestamp": at.isoformat(), "data": data})


def headers(message_id: str, at: datetime, content: bytes, *keys: str) -> dict[str, str]:
    """The headers of an attempt, signed with each of the secrets."""
    signatures = [Webhook(key).sign(message_id, at, content.decode()) for key in keys]
    return {
        "Content-Type": "application/json", "User-Agent": "Nitka-Webhooks/1", "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": " ".join(signatures),
    }  # fmt: skip

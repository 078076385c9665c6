"""Identifiers: UUIDv7 for rows, short codes for people, tokens for links."""

import os
import secrets
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

# Crockford's alphabet: no I, L, O, U, so a code read over the telephone stays itself.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 bits that keep order within one, 62 random bits.

    Ids made by one process always increase, so rows inserted later also sort later.
    """
    global _last
    moment = time.time_ns() * 4096 // 1_000_000  # milliseconds and their 4096ths
    with _lock:
        _last = moment = max(moment, _last + 1)
    milliseconds, fraction = divmod(moment, 4096)
    random = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | random)


def made_at(id_: UUID) -> datetime:
    """When an id was made, to the millisecond."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)


def new_code(prefix: str, *, groups: tuple[int, ...] = (4, 2)) -> str:
    """A short code for people, such as `NK-7F3Q-2M`: random, 5 bits a letter, unique only by the table's constraint."""
    parts = ("".join(secrets.choice(ALPHABET) for _ in range(size)) for size in groups)
    return "-".join((prefix, *parts))


def new_token() -> str:
    """192 random bits, safe in a URL: whoever holds it may enter."""
    return secrets.token_urlsafe(24)


def read_code(text: str) -> str:
    """A code as people type it, put right: spaces, small letters, O for 0, I and L for 1."""
    letters = text.strip().upper().replace(" ", "")
    head, dash, tail = letters.partition("-")
    return head + dash + tail.translate(str.maketrans("OIL", "011"))

"""Reading what was sent: bounded, inflated where it is deflated, never taken for a form whatever its type says."""

import base64
import binascii
import zlib
from typing import Any

REQUEST_BYTES = 500 * 1024
EVENT_BYTES = 32 * 1024


class TooLarge(Exception):
    """More than a request may hold, as it came or inflated."""


class Damaged(Exception):
    """It says that it is compressed, and is not."""


def read(environ: dict[str, Any], limit: int) -> bytes:
    """The body, at most `limit` bytes of it. Raises TooLarge or Damaged."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal() and int(length) > REQUEST_BYTES:
        raise TooLarge
    body: bytes = environ["wsgi.input"].read(REQUEST_BYTES + 1)
    if environ.get("HTTP_CONTENT_ENCODING", "").lower() in {"gzip", "x-gzip", "deflate"} or body[:2] == b"\x1f\x8b":
        body = _inflated(body, limit)
    if len(body) > limit:
        raise TooLarge
    return body


def _inflated(body: bytes, limit: int) -> bytes:
    machine = zlib.decompressobj(47)  # gzip or zlib, as its first bytes say
    try:
        text = machine.decompress(body, limit + 1)
    except zlib.error:
        raise Damaged from None
    if not machine.eof and len(text) <= limit:
        raise Damaged
    return text


def offered_keys(environ: dict[str, Any], body: dict[str, Any]) -> list[str]:
    """Every write key that the request names, the likeliest first: SDKs put it in four places."""
    found = []
    scheme, _space, credentials = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "basic":
        found.append(_user(credentials.strip()))
    for key in (body.get("writeKey"), environ.get("HTTP_X_WRITE_KEY"), _asked(environ)):
        if type(key) is str and key:
            found += [key, key.partition(":")[0]] if ":" in key else [key]
    if scheme.lower() == "bearer":
        found.append(credentials.strip())
    return [key for key in found if key]


def _user(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=False).decode("utf-8", "replace").partition(":")[0]
    except binascii.Error:
        return ""


def _asked(environ: dict[str, Any]) -> str | None:
    query = environ.get("QUERY_STRING") or ""
    for pair in query.split("&"):
        name, _is, value = pair.partition("=")
        if name.lower() == "writekey":
            return str(value)
    return None

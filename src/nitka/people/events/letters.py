"""What PostgreSQL refuses in texts (NUL, halves of a pair) and what COPY reads as its own signs."""

import json
import re
from typing import Any

import orjson

_REFUSED = re.compile("[\0\ud800-\udfff]")
_SIGNS = re.compile(r"[\\\t\n\r]")
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


class NotJson(ValueError):
    """The body is no JSON, however kindly it is read."""


def read(body: bytes) -> Any:
    """JSON, strictly at first; then with what careless programs write: half pairs, broken UTF-8, NaN.

    Raises NotJson for anything else: a sender throws away what it is answered 400 for, so that must be the last word.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return mended(json.loads(body.decode("utf-8", "replace"), parse_constant=lambda _name: None))
    except (ValueError, RecursionError) as trouble:
        raise NotJson(str(trouble)) from None


def mended(value: Any) -> Any:
    """The same without NUL, and with a replacement sign for every half of a pair."""
    if isinstance(value, str):
        if not _REFUSED.search(value):
            return value
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {mended(key): mended(each) for key, each in value.items()}
    if isinstance(value, list):
        return [mended(each) for each in value]
    if isinstance(value, int) and abs(value) >= 1 << 63:
        return float(value) if abs(value) < 1 << 1000 else None
    return value


def json_column(value: dict[str, Any]) -> bytes:
    """JSON as COPY takes it. Raises ValueError for what is nested beyond reason."""
    try:
        text = orjson.dumps(value)
        if b"\\" in text:
            if b"\\u0000" in text:
                text = orjson.dumps(mended(value))
            text = text.replace(b"\\", b"\\\\")
    except (TypeError, RecursionError) as trouble:
        raise ValueError(str(trouble)) from None
    return text


def text_column(value: str) -> str:
    """A text as COPY takes it."""
    if "\0" in value:
        value = value.replace("\0", "")
    return _SIGNS.sub(lambda sign: _ESCAPED[sign.group()], value) if _SIGNS.search(value) else value

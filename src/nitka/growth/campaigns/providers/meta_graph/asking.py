"""One question to the Graph API, and what its answers and refusals mean.

What comes back is not trusted: numbers may be words, words may be long, and an answer may be no answer. The token goes
in a header, so that no log of addresses holds it, and is struck out of whatever they say.
"""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.utils.dateparse import parse_datetime

from nitka.ground import clock
from nitka.ground.web.outbound import Answer, NotSent, get, post
from nitka.growth.campaigns.providers.contract import NotYet, Refused

SECONDS = 20.0
MOST_READ = 512 * 1024
PAGES = 4  # of a list; their addresses of the next page are not followed, they could lead anywhere
# Codes of developers.facebook.com/docs/graph-api/guides/error-handling and …/instagram-api/reference/error-codes.
TOO_MUCH, TOO_MANY_TODAY, THEIRS, SAID_ALREADY = {4, 17, 32, 341, 613}, 9, {-2, -1, 1, 2}, 506
SPAM, RESTRICTED, AGAIN, ANEW = 2207051, 2207050, {2207001, 2207003, 2207008, 2207027, 2207032}, {2207020, 2207053}
HALF_AN_HOUR, SIX_HOURS = 1_800, 21_600


class StartAnew(NotYet):
    """What they gave us half-way is of no use any more."""


def ask(path: str, **fields: str) -> dict[str, Any]:
    """Read something. Raises NotYet, Refused."""
    address = f"{settings.META_GRAPH_URL}/{path}?{urlencode(fields)}"
    return _read(lambda: get(address, _headers(), seconds=SECONDS, most=MOST_READ), unsure=False)


def tell(path: str, *, publishes: bool, **fields: str) -> dict[str, Any]:
    """Make something. Where it `publishes`, a lost answer leaves us unsure. Raises NotYet, Refused."""
    body = urlencode({name: value for name, value in fields.items() if value}).encode()
    headers = {**_headers(), "Content-Type": "application/x-www-form-urlencoded"}
    address = f"{settings.META_GRAPH_URL}/{path}"
    return _read(lambda: post(address, body, headers, seconds=SECONDS, excerpt=MOST_READ), unsure=publishes)


def rows(path: str, **fields: str) -> Iterator[dict[str, Any]]:
    """The rows of a list, a few pages of it. Raises NotYet, Refused."""
    after = ""
    for _page in range(PAGES):
        answer = ask(path, **fields, **({"after": after} if after else {}))
        yield from listed(answer)
        paging = answer.get("paging")
        cursors = paging.get("cursors") if isinstance(paging, dict) else None
        before, after = after, text(cursors, "after", 500) if isinstance(cursors, dict) else ""
        if not after or after == before:
            return


def listed(answer: Any) -> list[dict[str, Any]]:
    """The rows under "data", without what is none."""
    data = answer.get("data") if isinstance(answer, dict) else None
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


def text(row: Any, name: str, most: int) -> str:
    """A field as text, cut; empty where it is none."""
    value = row.get(name) if isinstance(row, dict) else None
    return value.replace("\0", "")[:most] if isinstance(value, str) else ""


def number(row: Any, name: str = "id") -> str:
    """The number of a thing over there: digits, maybe two with a line between; else empty."""
    value = text(row, name, 120)
    return value if value.replace("_", "").isdecimal() and value.isascii() else ""


def web_address(row: Any, name: str) -> str:
    """An https address that a link may have, else empty."""
    value = text(row, name, 501)
    return value if value.startswith("https://") and len(value) <= 500 else ""


def moment(row: Any, name: str) -> datetime:
    """When it was said, at the latest now: "2026-11-20T10:00:00+0000"."""
    try:
        found = parse_datetime(text(row, name, 40))
    except ValueError:
        found = None
    if found is None:
        return clock.now()
    return min(found if found.tzinfo else found.replace(tzinfo=UTC), clock.now())


def _headers() -> Mapping[str, str]:
    return {"Authorization": f"Bearer {settings.META_TOKEN}", "Accept": "application/json"}


def _read(send: Any, *, unsure: bool) -> dict[str, Any]:
    try:
        answer: Answer = send()
    except NotSent as trouble:
        if trouble.refused:
            raise Refused(str(trouble)) from None
        raise NotYet(str(trouble), unsure=unsure) from None
    found: Any = None
    with contextlib.suppress(orjson.JSONDecodeError, RecursionError):
        found = orjson.loads(answer.excerpt)
    if isinstance(found, dict) and isinstance(found.get("error"), dict):
        _raise(found["error"], unsure)
    if answer.status in (408, 429) or answer.status >= 500:
        raise NotYet(f"answered {answer.status}", unsure=unsure)
    if not 200 <= answer.status < 300:
        raise Refused(f"answered {answer.status}")
    if not isinstance(found, dict):
        raise NotYet("answered what is no answer", unsure=unsure)
    return found


def _raise(error: dict[str, Any], unsure: bool) -> None:
    code, sub = _whole(error.get("code")), _whole(error.get("error_subcode"))
    said = text(error, "error_user_msg", 300) or text(error, "message", 300) or "no reason given"
    words = f"{code}{f'/{sub}' if sub else ''}: {said}".replace(settings.META_TOKEN, "…")
    if sub in (SPAM, RESTRICTED):
        raise Refused(words)
    if sub in ANEW:
        raise StartAnew(words, seconds=60)
    if code == TOO_MANY_TODAY:
        raise NotYet(words, seconds=SIX_HOURS)
    if code in TOO_MUCH or 80_000 <= code <= 80_014:
        raise NotYet(words, seconds=HALF_AN_HOUR)
    if code == SAID_ALREADY:
        raise NotYet(words, unsure=True)
    if sub in AGAIN or code in THEIRS or error.get("is_transient") is True:
        raise NotYet(words, seconds=60, unsure=unsure)
    raise Refused(words)


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0

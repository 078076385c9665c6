"""What a log must not say: keys that stand in addresses, and what people typed.

A line names the route of an address, not the address, for that may hold the key of an order, a feed or a wish list. A
database's error is cut to the sentence before the values; other errors keep their words without what looks like a key
or an address of e-mail.
"""

import logging
import re
import traceback
from typing import Any

import psycopg
from django.db import Error as DjangoDatabaseError
from django.urls.resolvers import ResolverMatch

HIDDEN = "…"
_EMAIL = re.compile(r"[^\s@<>()\"'=,;:]+@[^\s@<>()\"'=,;:]+")
# A key mixes small and capital letters and, but for one in two hundred, digits; names in code, constraints and UUIDs
# do not, or are shorter.
_KEY = re.compile(
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?:(?=[\w-]*\d)[\w-]{16,}|[\w-]{28,})"
)  # fmt: skip
_PLAIN = re.compile(r"[a-z][a-z_.-]{0,39}")
MOST_WORDS = 500


def masked(text: str) -> str:
    """The text without what looks like a key or an address of e-mail."""
    return _KEY.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))


def route_of(request: Any) -> str:
    """`feeds/<slug:kind>/<str:key>/<str:name>`; where nothing stands at the address, its plain words alone."""
    match: ResolverMatch | None = getattr(request, "resolver_match", None)
    if match is not None:
        return "/" + match.route.lstrip("/")
    return "/".join(each if _PLAIN.fullmatch(each) or not each else HIDDEN for each in request.path.split("/")[:12])


class RouteFilter(logging.Filter):
    """Lets every line pass; those that Django writes about a request name its route in place of its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            # Django escapes what it hands to the log.
            said = {path, path.encode("unicode_escape").decode("ascii")}
            record.args = tuple(route_of(request) if each in said else each for each in record.args)
        return True


def trouble_text(trouble: BaseException) -> str:
    """A traceback with its places as they are and its words masked; what caused it comes before it."""
    told, seen, chain = "", set(), []
    step: BaseException | None = trouble
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        chain.append(step)
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    for each in reversed(chain):
        told += "" if not told else "\n\nwhich led to\n\n"
        told += "Traceback (most recent call last):\n" + "".join(traceback.format_tb(each.__traceback__))
        told += f"{type(each).__module__}.{type(each).__qualname__}: {_words(each)}".removeprefix("builtins.")
    return told


def _words(trouble: BaseException) -> str:
    text = str(trouble)
    if isinstance(trouble, DjangoDatabaseError | psycopg.Error):
        # `duplicate key value violates unique constraint "…"`, and below it the row; `invalid input syntax for type
        # uuid: "…"`, the value behind the colon.
        text = text.partition("\n")[0].partition(': "')[0]
    return masked(text[:MOST_WORDS])

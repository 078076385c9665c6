"""The WSGI callable before Django: it gives out ready pages, lets one thread make a missing one, and hands on the rest.

A page is made from a request that holds nothing but what was asked (`Asked.environ`): no cookie, no address, no header
of the person who happened to be first. So what is kept cannot hold anything of them.
"""

import re
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection
from prometheus_client import Counter, Gauge

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.ground.web import limits
from nitka.ground.web.health import Application, StartResponse
from nitka.ground.web.page_cache.news import News, names_to_watch
from nitka.ground.web.page_cache.pages import Page, Pages, compressed, encoding_for, worth_compressing
from nitka.ground.web.public import NOTES, Notes
from nitka.ground.web.requests import REQUESTS, SECONDS

ASKED = Counter("nitka_page_cache_total", "Requests for public pages, by what came of them", ["outcome"])
KEPT = Gauge("nitka_page_cache_bytes", "Bytes of ready pages, all processes", multiprocess_mode="livesum")
HIT, MISS, OUTDATED, PASSED = (ASKED.labels(each) for each in ("hit", "miss", "outdated", "passed"))

# However well a page says what it shows: nothing is given out for longer.
LONGEST_SECONDS = 300.0
# So long others wait for who makes the page already, then they make it themselves.
WAIT_SECONDS = 3.0
# Made anew for each reply, or of the connection.
_OWN = {"x-request-id", "content-length", "date", "server", "connection", "vary", "etag"}
_VARY = ("Vary", "Accept-Encoding, Accept-Language, Cookie, Sec-GPC, DNT")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a public page. `shortened`: parameters were left out that the view does not read."""

    key: Hashable
    environ: Callable[[], Environ]
    shortened: bool
    limits: tuple[tuple[str, str], ...]


class Face(Protocol):
    """Who knows what a request asks for."""

    def asked(self, environ: Environ) -> Asked | None:
        """What is asked, None where the answer is not for everybody."""

    def is_public(self, environ: Environ) -> bool:
        """Whether the page, though made for one visitor, is that of everybody beside their cart."""

    def versions(self) -> Mapping[str, Hashable]:
        """What this host alone knows, such as the state of its index, by tag ("@…")."""


@dataclass(slots=True)
class Reply:
    """What the application answered."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class ReadyPages:
    """Wrap a WSGI application: public pages are kept, and given out for as long as nothing they show has changed."""

    def __init__(self, application: Application, face: Face, most_bytes: int) -> None:
        self.application = application
        self.face = face
        self.pages = Pages(most_bytes)
        self.news = News()
        self._making: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        start = time.perf_counter()
        asked, page = self._look(environ)
        if page is not None:
            HIT.inc()
            return _give(page, environ, start_response, start, "hit")
        if asked is None:
            return self._pass(environ, start_response)
        return self._make_or_wait(asked, environ, start_response)

    def _look(self, environ: Environ) -> tuple[Asked | None, Page | None]:
        """What is asked, if it is for everybody, and its page, if it is ready."""
        try:
            asked = self.face.asked(environ) if self.news.caught_up() else None
            if asked is None or not _allowed(asked, environ):
                return None, None
            return asked, self._ready(asked.key)
        except Exception:  # without a database nothing can be promised; the application says what is wrong
            return None, None
        finally:
            if not connection.in_atomic_block:  # as in a test
                connection.close_if_unusable_or_obsolete()  # back to the pool, if anything was asked

    def _ready(self, key: Hashable) -> Page | None:
        page = self.pages.get(key)
        if page is None:
            return None
        if (
            self.news.changed_since(page.generation, page.tags)
            or page.deadline <= clock.now().timestamp()
            or not _same(page.versions, self.face.versions())
        ):
            OUTDATED.inc()
            self.pages.drop(key, page)
            return None
        return page

    def _make_or_wait(self, asked: Asked, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with self._lock:
            made = self._making.get(asked.key)
            if made is None:
                mine = self._making[asked.key] = threading.Event()
        if made is not None:
            made.wait(WAIT_SECONDS)
            _asked, page = self._look(environ)
            if page is None:
                return self._pass(environ, start_response)
            HIT.inc()
            return _give(page, environ, start_response, None, "hit")
        try:
            page, reply = self._make(asked)
        finally:
            with self._lock:
                del self._making[asked.key]
            mine.set()
        if page is not None:
            MISS.inc()
            return _give(page, environ, start_response, None, "miss")
        if asked.shortened:  # a redirect takes along all that was in the address
            return self._pass(environ, start_response)
        PASSED.inc()
        start_response(reply.status, reply.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else reply.body]

    def _pass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer; what is public beside a cart is compressed on its way.

        Pages of one person stay as they are: what somebody else can put into an address must not be compressed together
        with what they must not know (BREACH).
        """
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if not encoding or environ["REQUEST_METHOD"] != "GET" or not self.face.is_public(environ):
            return self.application(environ, start_response)
        PASSED.inc()
        reply = ask(self.application, environ)
        headers = {name.lower(): value for name, value in reply.headers}
        plain = headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
        if not (plain and reply.status.startswith("200 ") and worth_compressing(reply.body)):
            start_response(reply.status, reply.headers)
            return [reply.body]
        body = compressed(reply.body, encoding, quality=2)
        kept = [each for each in reply.headers if each[0].lower() not in ("content-length", "vary")]
        vary = ", ".join(filter(None, ["Accept-Encoding", headers.get("vary", "")]))
        own = [("Vary", vary), ("Content-Encoding", encoding), ("Content-Length", str(len(body)))]
        start_response(reply.status, [*kept, *own])
        return [body]

    def _make(self, asked: Asked) -> tuple[Page | None, Reply]:
        """Make the page, and keep it if it may be kept."""
        versions, generation = self.face.versions(), self.news.generation
        notes, environ = Notes(), asked.environ()
        environ[NOTES] = notes
        reply = ask(self.application, environ)
        if not _may_be_kept(reply, notes):
            return None, reply
        now = clock.now().timestamp()
        deadline = now + LONGEST_SECONDS
        if notes.until is not None:
            deadline = min(deadline, notes.until.timestamp())
        page = Page(
            reply.body, [each for each in reply.headers if each[0].lower() not in _OWN],
            names_to_watch(tag for tag in notes.tags if not tag.startswith("@")),
            tuple((tag, versions.get(tag)) for tag in notes.tags if tag.startswith("@")),
            generation, deadline, notes.view,
        )  # fmt: skip
        if deadline > now:
            self.pages.put(asked.key, page)
            KEPT.set(self.pages.bytes)
        return page, reply


def ask(application: Application, environ: Environ) -> Reply:
    """The whole answer of an application."""
    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _trouble: object = None) -> None:
        told[:] = [status, headers]

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Reply(told[0], told[1], body)


def _may_be_kept(reply: Reply, notes: Notes) -> bool:
    if not (notes.public and reply.status.startswith("200 ")):
        return False
    headers = {name.lower(): value for name, value in reply.headers}
    return "set-cookie" not in headers and "no-store" not in headers.get("cache-control", "")


def _same(versions: tuple[tuple[str, Hashable], ...], now: Mapping[str, Hashable]) -> bool:
    return all(now.get(tag) == version for tag, version in versions)


def _allowed(asked: Asked, environ: Environ) -> bool:
    """Count the request where its view counts them; who asks too often gets the application's answer to that."""
    address = limits.address_in(environ) if asked.limits else ""
    return all(limits.allows(f"{name}:{address}", limit) for name, limit in asked.limits)


def _give(page: Page, environ: Environ, start_response: StartResponse, start: float | None, word: str) -> list[bytes]:
    encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")) if worth_compressing(page.body) else ""
    etag = f'"{page.etag}{encoding and "-" + encoding}"'
    offered = environ.get("HTTP_X_REQUEST_ID", "")
    headers = [
        *page.headers, _VARY, ("ETag", etag), ("X-Page-Cache", word),
        ("X-Request-ID", offered if offered and _REQUEST_ID.fullmatch(offered) else new_id().hex),
    ]  # fmt: skip
    unchanged = etag in environ.get("HTTP_IF_NONE_MATCH", "")
    if start is not None:
        _count(page, environ["REQUEST_METHOD"], 304 if unchanged else 200, time.perf_counter() - start)
    if unchanged:
        start_response("304 Not Modified", headers)
        return [b""]
    body = page.encoded(encoding)
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def _count(page: Page, method: str, status: int, seconds: float) -> None:
    """As Django's requests are counted."""
    counters = page.counters
    if counters is None:
        counters = page.counters = SECONDS.labels(page.view), {}
    histogram, totals = counters
    total = totals.get((method, status))
    if total is None:
        total = totals[method, status] = REQUESTS.labels(method, page.view, status)
    total.inc()
    histogram.observe(seconds)

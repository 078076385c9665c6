"""Where feeds are handed out: written once for a change (ready.py), and not at all to who has what there is.

They stand beside the page cache: a feed is read a few times a day, and kept ready it would drive out a thousand pages.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from nitka.faces.files.feeds import known, ready
from nitka.faces.files.feeds.items import goods
from nitka.faces.files.feeds.kinds import KINDS, lines
from nitka.faces.files.feeds.place import Place, place
from nitka.ground.web.limits import rate_limit
from nitka.ground.web.watching import state_of_all
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

PIECE = 65_536
FORM = "2"  # raised when what is written changes, so that nobody is told that nothing did


@require_safe
@rate_limit("feeds", "60/m", store="memory")  # type: ignore[arg-type]
def show(request: HttpRequest, kind: str, name: str, key: str = "") -> HttpResponseBase:
    """A feed by its address."""
    found = _found(kind, name, key)
    country = request.GET.get("country", "").upper()
    if country and country not in pricing.market(found.market).countries:
        raise Http404
    here = place(found.market, found.language, _origin(request), country)
    etag = _etag(found, here)
    if etag in request.headers.get("If-None-Match", ""):
        return _headers(HttpResponse(status=304), found, etag)
    if request.method == "HEAD":
        # Not an empty answer, whose length would be told: the feed has one that is not known before it is written.
        return _headers(StreamingHttpResponse((), content_type=KINDS[kind].content_type), found, etag)
    packed = "gzip" in request.headers.get("Accept-Encoding", "").lower()
    body = ready.body_of(ready.file_of(etag, lambda: pieces(kind, here, packed=True)), packed)
    made = HttpResponse if isinstance(body, bytes) else StreamingHttpResponse
    response = made(body, content_type=KINDS[kind].content_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    return _headers(response, found, etag)


def _found(kind: str, name: str, key: str) -> content.FeedView:
    market, _hyphen, language = name.rpartition(".")[0].rpartition("-")
    found = known.feed(kind, market, language)
    if found is None or name != known.file_of(found):
        raise Http404
    right = found.access == "secret" and constant_time_compare(key, found.key) if key else found.access == "open"
    if not right:
        raise Http404
    return found


def _origin(request: HttpRequest) -> str:
    return settings.NITKA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def _headers(response: HttpResponseBase, found: content.FeedView, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache" if found.access == "secret" else "public, no-cache"
    response["Vary"] = "Accept-Encoding"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = f'inline; filename="{found.kind}-{known.file_of(found)}"'
    return response


def _etag(found: content.FeedView, here: Place) -> str:
    """Another as soon as anything changed that public pages show, or what is said of the feed."""
    one = (FORM, found.kind, found.market, found.language, here.base, here.country)
    said = (*one, state_of_all(), sorted(here.classes.items()))
    return f'W/"{hashlib.sha256(repr(said).encode()).hexdigest()[:24]}"'


def pieces(kind: str, here: Place, packed: bool) -> Iterator[bytes]:
    """The feed in pieces of some size."""
    text = _joined(lines(KINDS[kind], here, goods(here)))
    if not packed:
        yield from text
        return
    packer = zlib.compressobj(5, zlib.DEFLATED, 31)
    for piece in text:
        if some := packer.compress(piece):
            yield some
    yield packer.flush()


def _joined(parts: Iterable[str]) -> Iterator[bytes]:
    waiting, size = [], 0
    for number, part in enumerate(parts):
        waiting.append(part)
        size += len(part)
        if size >= PIECE or not number:
            if size:
                yield "".join(waiting).encode()
            waiting, size = [], 0
    if size:
        yield "".join(waiting).encode()

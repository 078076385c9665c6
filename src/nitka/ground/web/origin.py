"""Who may post: our own pages. Storefront pages hold no token, so that they can be cached."""

import functools
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from nitka.ground.web.errors import bad_request, too_large

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Signed by their sender instead, and sent by no browser.
SIGNED_PATHS = ("/api/webhooks/",)
TOKEN_PATHS = ("/back/",)
# A form is read, and its files are written to disk, as soon as anybody looks at it; so who sends more is not looked at.
MOST_BYTES, MOST_BYTES_OF_STAFF = 64 << 20, 640 << 20
# Fields of a form, or of an address: more than any page of the shop asks for. The back office has tables as forms, and
# the limit of the settings.
MOST_FIELDS = 500
_SPELLINGS = {"", "utf-8", "utf8"}


class OriginMiddleware(CsrfViewMiddleware):
    """Refuses a post that a browser sent from another site (Sec-Fetch-Site, else Origin).

    A program that is no browser sends neither and holds nobody's cookies by accident, so it passes. The back office
    asks for Django's token on top.
    """

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith(TOKEN_PATHS):
            super().process_request(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        if not request.path.startswith(TOKEN_PATHS) and _has_many_fields(request):
            return bad_request(request)
        if request.method in SAFE:
            return None
        if _length(request) > (MOST_BYTES_OF_STAFF if request.path.startswith(TOKEN_PATHS) else MOST_BYTES):
            return too_large(request)
        if request.path.startswith(SIGNED_PATHS):
            return None
        if not from_our_own_pages(request):
            return self._reject(  # type: ignore[attr-defined]
                request, "cross-site post"
            )
        if _holds_nul(request) or _is_spelt_otherwise(request):
            return bad_request(request)
        if request.path.startswith(TOKEN_PATHS):
            return super().process_view(request, view, args, kwargs)
        return None

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path.startswith(TOKEN_PATHS):
            return super().process_response(request, response)
        return response


def _holds_nul(request: HttpRequest) -> bool:
    """Whether a form holds a NUL, which no person types and PostgreSQL cannot keep."""
    return request.content_type == "application/x-www-form-urlencoded" and b"%00" in request.body


def _has_many_fields(request: HttpRequest) -> bool:
    """Whether address or form hold more fields than a page of the shop asks for, said before any is read.

    Those of a form with files are counted when the view reads it: until then it lies on the line.
    """
    if request.META.get("QUERY_STRING", "").count("&") >= MOST_FIELDS:
        return True
    if request.content_type == "application/x-www-form-urlencoded" and _length(request) <= MOST_BYTES:
        return request.method not in SAFE and request.body.count(b"&") >= MOST_FIELDS
    if request.content_type == "multipart/form-data":
        request.parse_file_upload = functools.partial(_parse_few, request)  # type: ignore[method-assign]
    return False


def _parse_few(request: HttpRequest, META: Mapping[str, Any], post_data: Any) -> Any:
    fields, files = HttpRequest.parse_file_upload(request, META, post_data)  # type: ignore[arg-type]
    if sum(len(values) for _name, values in fields.lists()) > MOST_FIELDS:
        raise TooManyFieldsSent("A form of the shop has fewer fields.")
    return fields, files


def _is_spelt_otherwise(request: HttpRequest) -> bool:
    """Whether the words come in another encoding: no browser sends our forms so, and some make signs of words that
    PostgreSQL cannot keep."""
    return (request.content_params or {}).get("charset", "").strip('"').lower() not in _SPELLINGS


def _length(request: HttpRequest) -> int:
    """Bytes of the body, as its sender says; more than that are not read anyway."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() and len(said) < 16 else MOST_BYTES_OF_STAFF + 1


def from_our_own_pages(request: HttpRequest) -> bool:
    """Whether an unsafe request comes from a page of this shop, or from no browser at all."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin == settings.NITKA_PUBLIC_URL or urlsplit(origin).netloc == request.get_host()

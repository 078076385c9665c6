"""Who may post: our own pages. Storefront pages hold no token, so that they can be cached."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from nitka.ground.web.errors import bad_request, too_large

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Signed by their sender instead, and sent by no browser.
SIGNED_PATHS = ("/api/webhooks/",)
TOKEN_PATHS = ("/back/",)
# A form is read, and its files are written to disk, as soon as anybody looks at it; so who sends more is not looked at.
MOST_BYTES, MOST_BYTES_OF_STAFF = 64 << 20, 640 << 20
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

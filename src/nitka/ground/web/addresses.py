"""Addresses that are nearly right: with a slash too many they lead to the page that was meant."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.encoding import escape_uri_path, iri_to_uri

_SLASHES = re.compile(r"/{2,}")


class SlashMiddleware:
    """Looks only where no view was found. Where a slash is missing, Django's CommonMiddleware adds it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.resolver_match or request.method not in ("GET", "HEAD"):
            return response
        meant = _meant(request.path_info)
        if not meant:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(escape_uri_path(meant) + (f"?{iri_to_uri(query)}" if query else ""))


def _meant(path: str) -> str:
    """The path of a page of ours that this one differs from by slashes alone, or "".

    It begins with one slash and no more, so it never leads to another host; nor is a backslash, which browsers read as
    a slash, ever part of it.
    """
    single = _SLASHES.sub("/", path)
    if "\\" in path or not single.startswith("/"):
        return ""
    others = (single, single.rstrip("/"), single if single.endswith("/") else f"{single}/")
    return next((other for other in others if other not in ("", path) and is_valid_path(other)), "")

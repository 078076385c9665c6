"""Which methods a page answers to. Programs have more of them, below /api/."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from nitka.ground.web.errors import not_allowed
from nitka.ground.web.public import declared_by

_PAGES = ("GET", "HEAD", "POST")
_READ_ONLY = ("GET", "HEAD")
_PROGRAMS = ("/api/", "/feeds/")


class MethodMiddleware:
    """Pages are read or posted to; those that are the same for everybody are only read.

    Who comes with the wrong method by a browser, reloading the answer to a form, is shown a page that says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.path.startswith(_PROGRAMS) or response.streaming or response.content:
            return response
        page = not_allowed(request)
        page["Allow"] = response["Allow"]
        return page

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.path.startswith(_PROGRAMS):
            return None
        known = _READ_ONLY if declared_by(view) else _PAGES
        if request.method == "OPTIONS":
            return HttpResponse(headers={"Allow": ", ".join((*known, "OPTIONS"))})
        return None if request.method in known else HttpResponseNotAllowed([*known, "OPTIONS"])

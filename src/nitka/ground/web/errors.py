"""Errors as people and as programs understand them."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.ground.web.pages import render

log = structlog.get_logger(__name__)


def problem_json(problem: Problem) -> JsonResponse:
    """A Problem as application/problem+json (RFC 9457)."""
    body = {
        "type": f"urn:nitka:problem:{problem.code}",
        "title": problem.message,
        "status": problem.status,
        "code": problem.code,
        **({"context": problem.detail} if problem.detail else {}),
    }
    response = JsonResponse(body, status=problem.status, content_type="application/problem+json")
    if "retry_after" in problem.detail:
        response["Retry-After"] = str(problem.detail["retry_after"])
    return response


class ProblemMiddleware:
    """Innermost: a Problem that no view dealt with becomes an error page, or problem+json below /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        if request.path.startswith("/api/"):
            return problem_json(exception)
        response = render(request, "web/error.html", {"status": exception.status, "message": exception.message},
                          status=exception.status)  # fmt: skip
        if "retry_after" in exception.detail:
            response["Retry-After"] = str(exception.detail["retry_after"])
        return response


def _page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        made = type("Made", (Problem,), {"code": f"http_{status}", "status": status})
        return problem_json(made(message))
    try:
        return render(request, "web/error.html", {"status": status, "message": message}, status=status)
    except Exception:
        log.exception("error_page_failed")
        return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, _("This address or form does not make sense to us. Please go back and try again."))


def not_allowed(request: HttpRequest) -> HttpResponse:
    return _page(request, 405, _("This address or form does not make sense to us. Please go back and try again."))


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, 413, _("This is too much at once. Please send smaller or fewer files."))


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    return _page(request, 403, _("You may not see this page. Sign in with another account, or go back."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request, 403, _("This form was open for too long or came from another site. Go back, reload, send again.")
    )


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    return _page(request, 404, _("There is nothing at this address. It may have moved; the search will find it."))


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    return _page(request, 500, _("Something broke on our side. Your cart is safe. Please try again in a minute."))

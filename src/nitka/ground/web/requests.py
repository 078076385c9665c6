"""Every request gets a number, a line in the log, and a place in the metrics."""

import re
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from nitka.ground.ids import new_id
from nitka.ground.web.tracing import traced

log = structlog.get_logger("nitka.request")
REQUESTS = Counter("nitka_requests_total", "Requests answered", ["method", "view", "status"])
SECONDS = Histogram(
    "nitka_request_seconds", "Time to answer", ["view"], buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
)
# What no page of ours asks a browser for, whoever's script would ask.
_NOT_ASKED = "camera=(), geolocation=(), microphone=()"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestMiddleware:
    """Outermost: takes or makes X-Request-ID, binds it to the log, counts and times the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = traced(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        offered = request.headers.get("X-Request-ID", "")
        request_id = offered if _REQUEST_ID.fullmatch(offered) else new_id().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-ID"] = request_id
        if settings.NITKA_HSTS:
            response["Strict-Transport-Security"] = settings.NITKA_HSTS
        response.headers.setdefault("Permissions-Policy", _NOT_ASKED)
        # Without a word on it, caches guess how long an answer may be kept.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        self._measure(request, response, time.perf_counter() - start, request_id)
        return response

    def _measure(self, request: HttpRequest, response: HttpResponse, seconds: float, request_id: str) -> None:
        match = request.resolver_match
        view = match.view_name if match else "none"
        REQUESTS.labels(request.method, view, response.status_code).inc()
        SECONDS.labels(view).observe(seconds)
        if response.status_code >= 500 or seconds > 1:
            # The path only: a query may hold what a person searched for or typed.
            log.warning(
                "slow_or_failed", request_id=request_id, method=request.method, view=view,
                status=response.status_code, ms=round(seconds * 1000),
            )  # fmt: skip

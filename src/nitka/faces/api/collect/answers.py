"""What is answered, ready made."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

StartResponse = Callable[..., Any]
Environ = dict[str, Any]

STATUS = {
    200: "200 OK", 204: "204 No Content", 400: "400 Bad Request", 401: "401 Unauthorized", 404: "404 Not Found",
    405: "405 Method Not Allowed", 503: "503 Service Unavailable",
}  # fmt: skip
SUCCESS = b'{"success":true}'


def answer(
    environ: Environ, start_response: StartResponse, status: int, body: bytes, *more: tuple[str, str]
) -> Iterable[bytes]:
    """JSON that the pages of any site may read: no cookie is asked or given, the write key is all there is."""
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *more]
    origin = environ.get("HTTP_ORIGIN")
    if origin:
        headers += [
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Credentials", "true"),
            ("Vary", "Origin"),
        ]
    start_response(STATUS[status], headers)
    return [body]


def problem(
    environ: Environ, start_response: StartResponse, status: int, message: str, *more: tuple[str, str]
) -> Iterable[bytes]:
    """A refusal with its reason."""
    return answer(environ, start_response, status, orjson.dumps({"success": False, "message": message}), *more)


def later(environ: Environ, start_response: StartResponse, message: str, seconds: int) -> Iterable[bytes]:
    """Nothing was stored, come back: SDKs keep the data and try again after this answer, and after few others."""
    pause = str(seconds)
    return problem(
        environ, start_response, 503, message, ("Retry-After", pause), ("X-RateLimit-Reset", pause)
    )  # fmt: skip


def preflight(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """What a browser asks before it posts across sites."""
    asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS") or "Authorization, Content-Type"
    return answer(
        environ, start_response, 204, b"",
        ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"), ("Access-Control-Allow-Headers", asked),
        ("Access-Control-Max-Age", "86400"),
    )  # fmt: skip

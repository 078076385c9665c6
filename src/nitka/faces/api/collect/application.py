"""The WSGI callable before Django: it answers the addresses of collection and hands everything else on."""

from collections.abc import Iterable
from typing import Any

import orjson
import structlog

from nitka.faces.api.collect import addresses, answers, bodies, settings
from nitka.faces.api.collect.answers import Environ, StartResponse
from nitka.ground import clock
from nitka.ground.troubles import where
from nitka.ground.web.health import Application
from nitka.people.events import actions as events
from nitka.people.events import queries

log = structlog.get_logger(__name__)


def with_collection(application: Application) -> Application:
    """Wrap a WSGI application: what SDKs post is stored without Django's request path."""

    def wrapped(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO") or ""
        kind = addresses.kind_of(path)
        if kind is not None:
            return _guarded(_take, kind, environ, start_response)
        if path.startswith(("/v1/projects/", "/api/collect/v1/projects/")) or path in addresses.RUDDER_SETTINGS:
            return _guarded(_settings, path, environ, start_response)
        return application(environ, start_response)

    return wrapped


def _guarded(handle: Any, about: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    if environ.get("REQUEST_METHOD") == "OPTIONS":
        return answers.preflight(environ, start_response)
    try:
        result: Iterable[bytes] = handle(about, environ, start_response)
        return result
    except events.NotNow as trouble:
        return answers.later(environ, start_response, trouble.message, trouble.retry_after)
    except Exception as trouble:
        # A mistake of ours must not cost the sender its data: 5xx is tried again, 4xx is thrown away.
        log.error("collection_failed", error=where(trouble))
        return answers.later(environ, start_response, "Something went wrong here.", 5)


def _take(kind: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    received = clock.now()
    if environ.get("REQUEST_METHOD") != "POST":
        return answers.problem(environ, start_response, 405, "POST it.", ("Allow", "POST, OPTIONS"))
    try:
        raw = bodies.read(environ, bodies.REQUEST_BYTES if kind == "batch" else bodies.EVENT_BYTES)
        if kind == "metrics":
            return answers.answer(environ, start_response, 200, answers.SUCCESS)
        body = events.open_body(raw)
    except bodies.TooLarge:
        return answers.problem(environ, start_response, 400, "Too large: 32 KB an event, 500 KB a request.")
    except bodies.Damaged:
        return answers.problem(environ, start_response, 400, "The compressed body is damaged.")
    except events.BadBody as problem:
        return answers.problem(environ, start_response, 400, problem.message)
    source = _source(bodies.offered_keys(environ, body))
    if source is None:
        return answers.problem(environ, start_response, 401, "This write key is not known.")
    events.collect(
        source=source, kind=kind, body=body, received=received, user_agent=environ.get("HTTP_USER_AGENT", ""),
        gpc=environ.get("HTTP_SEC_GPC") == "1", dnt=environ.get("HTTP_DNT") == "1",
    )  # fmt: skip
    return answers.answer(environ, start_response, 200, answers.SUCCESS)


def _source(keys: list[str]) -> queries.SourceView | None:
    for key in keys:
        found = queries.source_of_key(key)
        if found:
            return found
    return None


def _settings(path: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    key = addresses.settings_key(path)
    source = _source([key] if key else bodies.offered_keys(environ, {}))
    if source is None:
        return answers.problem(environ, start_response, 404, "This write key is not known.")
    if path in addresses.RUDDER_SETTINGS:
        told = settings.rudder(source)
    else:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").strip().lower()
        scheme = scheme if scheme in ("http", "https") else environ.get("wsgi.url_scheme") or "http"
        told = settings.segment(source, scheme, environ.get("HTTP_HOST", ""))
    return answers.answer(environ, start_response, 200, orjson.dumps(told), ("Cache-Control", "private, max-age=60"))

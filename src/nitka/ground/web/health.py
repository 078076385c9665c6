"""Probes that tell the truth, answered before Django so that a load balancer needs no Host header."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
_migrated = False


def with_probes(application: Application) -> Application:
    """Wrap a WSGI application: /livez says that the process runs, /readyz that it can serve a shopper now."""

    def wrapped(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path == "/livez":
            return _answer(start_response, True, {"live": True})
        if path == "/readyz":
            checks = ready()
            return _answer(start_response, all(checks.values()), checks)
        return application(environ, start_response)

    return wrapped


def ready() -> dict[str, bool]:
    """What serving needs: the database answers and all migrations are applied."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return {"database": True, "migrations": _all_migrated()}
    except Exception:
        return {"database": False, "migrations": False}
    finally:
        connection.close()


def _all_migrated() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    global _migrated  # asked once: migrations do not go away while we run
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _answer(start_response: StartResponse, good: bool, body: dict[str, bool]) -> Iterable[bytes]:
    text = json.dumps(body).encode()
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), ("Content-Length", str(len(text)))]
    start_response("200 OK" if good else "503 Service Unavailable", headers)
    return [text]

"""The server, and what may go wrong with it."""

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = tuple[int, Any]
Headers = dict[str, str]


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: Headers
    raw: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.raw or b"{}")  # type: ignore[no-any-return]

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw.decode()))


@dataclass
class Fault:
    """`what`: down, slow, before (500, nothing was done), after (500, though it was done), lost (done, then silence),
    garbage. Hits requests whose method and path begin with `on`."""

    what: str
    on: str = ""
    times: int = 1


@dataclass
class Gateway:
    """One side's books: `routes` answers what its documentation says. Faults are planned by the test."""

    routes: Callable[["Gateway", Request], Answer]
    faults: list[Fault] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    remembered: dict[str, Answer] = field(default_factory=dict)  # idempotency key → what was answered
    keeps_failures: bool = False
    key_header: str = "idempotency-key"
    lock: Any = field(default_factory=threading.RLock)
    book: dict[str, dict[str, Any]] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    slow_seconds: float = 2.0
    url: str = ""

    def fail(self, what: str, on: str = "", times: int = 1) -> None:
        self.faults.append(Fault(what, on, times))

    def fault_of(self, request: Request) -> str:
        line = f"{request.method} {request.path}"
        for fault in self.faults:
            if fault.times and line.startswith(fault.on):
                fault.times -= 1
                return fault.what
        return ""

    def answer(self, request: Request) -> Answer | None:
        """What goes back over the wire; None: the connection dies without a word."""
        self.seen.append(f"{request.method} {request.path}")
        what = self.fault_of(request)
        if what == "slow":
            time.sleep(self.slow_seconds)
        if what in ("down", "garbage"):
            return None if what == "down" else (200, b"<html>maintenance")
        with self.lock:
            known = self._key(request)
            if known and known in self.remembered:
                return self.remembered[known]
            told = (500, {"error": {"type": "api_error", "message": "before"}}) if what == "before" else None
            told = told or self.routes(self, request)
            if what == "after":
                told = (500, {"error": {"type": "api_error", "message": "after"}})
            if known and (told[0] < 400 or (self.keeps_failures and told[0] >= 500)):
                self.remembered[known] = told
        return None if what == "lost" else told

    def _key(self, request: Request) -> str:
        key = request.headers.get(self.key_header, "")
        return f"{request.path} {key}" if key and request.method == "POST" else ""


class _Patient(ThreadingHTTPServer):
    request_queue_size = 64


class Server:
    """Serves a gateway on a free port of this machine alone, until it is closed."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.http = _Patient(("127.0.0.1", 0), _handler(gateway))
        gateway.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def _handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            where = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Request(
                self.command, where.path, dict(parse_qsl(where.query)),
                {name.lower(): value for name, value in self.headers.items()}, raw,
            )  # fmt: skip
            with suppress(ConnectionError):
                self._reply(gateway.answer(asked))

        def _reply(self, told: Answer | None) -> None:
            self.close_connection = True
            if told is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            status, body = told
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            kind = "text/javascript" if raw.startswith(b"//js") else "application/json"
            if raw.startswith(b"<!doctype"):
                kind = "text/html; charset=utf-8"
            self.send_response(status)
            for name, value in (
                ("Content-Type", kind), ("Content-Length", str(len(raw))), ("Connection", "close"),
                ("Access-Control-Allow-Origin", "*"), ("Cross-Origin-Resource-Policy", "cross-origin"),
            ):  # fmt: skip
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_DELETE = do_PATCH = do_OPTIONS = handle_any

        def log_message(self, *_said: Any) -> None:
            pass

    return Handler

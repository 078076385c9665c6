"""A stand-in for the Graph API that keeps what it takes and misbehaves as it is told; and posts that are due."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import orjson

from nitka.ground import clock
from nitka.growth.campaigns import actions
from nitka.growth.campaigns.models import SocialPost

TOKEN, PAGE, ACCOUNT = "EAAsecret", "1001", "2002"
SHOP = "https://shop.example"


class Graph(BaseHTTPRequestHandler):
    """Faults are used up one a request: "lost" takes it and hangs up, "broken" takes it and answers 500 with nonsense,
    "down" takes nothing and answers 503, a dict is an error as the API words it, bytes are the answer as they stand."""

    page: list[dict[str, Any]]
    account: list[dict[str, Any]]
    containers: dict[str, dict[str, Any]]
    heard: dict[str, list[dict[str, Any]]]
    faults: list[Any]
    asked: list[tuple[str, dict[str, str], str]]

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._serve({name: values[0] for name, values in parse_qs(body, strict_parsing=True).items()})

    def _serve(self, fields: dict[str, str]) -> None:
        parts = urlsplit(self.path)
        path = parts.path.removeprefix("/v1/")
        type(self).asked.append((f"{self.command} {path}", fields, parts.query))
        fault = type(self).faults.pop(0) if type(self).faults else None
        if self.headers["Authorization"] != f"Bearer {TOKEN}" or TOKEN in self.path:
            fault = {"code": 190, "message": "Invalid OAuth access token."}
        if isinstance(fault, dict):
            return self._answer(400, orjson.dumps({"error": fault}))
        if fault == "down":
            return self._answer(503, b"<html>")
        if isinstance(fault, bytes):
            return self._answer(200, fault)
        made = orjson.dumps(self._do(path, fields))
        if fault == "lost":
            self.close_connection = True
            return None
        return self._answer(500, b'{"id": [') if fault == "broken" else self._answer(200, made)

    def _do(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        own = type(self)
        if self.command == "POST" and path in (f"{PAGE}/feed", f"{PAGE}/photos"):
            made = {"id": f"{PAGE}_{len(own.page) + 1}", "message": fields.get("message") or fields["caption"]}
            own.page.insert(0, {**made, **fields})
            return {"id": "77", "post_id": made["id"]} if path.endswith("photos") else {"id": made["id"]}
        if self.command == "POST" and path == f"{ACCOUNT}/media":
            number = str(5000 + len(own.containers))
            own.containers[number] = {**fields, "status_code": "FINISHED"}
            return {"id": number}
        if self.command == "POST" and path == f"{ACCOUNT}/media_publish":
            return self._publish(fields["creation_id"])
        if path in own.containers:
            return {"id": path, "status_code": own.containers[path]["status_code"]}
        lists = {f"{PAGE}/feed": own.page, f"{ACCOUNT}/media": own.account}
        if path in lists or path in own.heard:
            # The addresses that they give for the next page are not to be followed.
            return {"data": [*lists.get(path, []), *own.heard.get(path, [])], "paging": {"next": "http://169.254.1.1/"}}
        return {"id": path, "permalink": f"https://www.instagram.com/p/{path}/"}

    def _publish(self, container: str) -> dict[str, Any]:
        own = type(self)
        own.containers[container]["status_code"] = "PUBLISHED"
        row = {"id": f"9{container}", "caption": own.containers[container]["caption"]}
        own.account.insert(0, row)
        return row

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        return


def clean() -> type[Graph]:
    """As before anything was posted."""
    Graph.page, Graph.account, Graph.containers, Graph.heard = [], [], {}, {}
    Graph.faults, Graph.asked = [], []
    return Graph


@contextmanager
def running() -> Iterator[str]:
    """The stand-in at work; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Graph)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def due(network: str = "facebook", *, text: str = "Warm wool", path: str = "/en/", picture: str = "") -> UUID:
    """A post whose moment has come."""
    post_id = actions.put_post(network=network, language="en", text=text, path=path)
    SocialPost.objects.filter(id=post_id).update(picture=picture)
    actions.send_now(post_id=post_id)
    return post_id


def try_until_settled(post_id: UUID, most: int = 12) -> SocialPost:
    """Let the clock run until the post waits for nothing any more."""
    row = SocialPost.objects.get(id=post_id)
    now = clock.now()
    for _each in range(most):
        if row.state not in ("scheduled", "sending"):
            break
        now = max(now, row.due_at or now) + timedelta(minutes=20)
        with clock.freeze(now):
            actions.send_post(post_id=post_id)
        row.refresh_from_db()
    return row

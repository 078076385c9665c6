"""A program that sends events, as the bare WSGI callable meets it."""

import base64
import io
import json
from dataclasses import dataclass, field
from typing import Any

from nitka.faces.api.collect import with_collection


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def behind(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("418 Django", [])
    return [b"Django"]


application = with_collection(behind)


def ask(method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
    path, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "HTTP_HOST": "shop.example", **headers,
    }  # fmt: skip
    answer = Answer()

    def start(status: str, found: list[tuple[str, str]]) -> None:
        answer.status, answer.headers = int(status[:3]), dict(found)

    answer.body = b"".join(application(environ, start))
    return answer


def basic(key: str, colon: str = ":") -> str:
    return "Basic " + base64.b64encode((key + colon).encode()).decode()


def post(path: str, key: str, body: Any, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ask("POST", path, raw, HTTP_AUTHORIZATION=basic(key), **headers)

"""Visitors before the WSGI callable with its ready pages, as granian would call it."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from nitka.faces.storefront.anonymous import Anonymous
from nitka.ground.web.page_cache.layer import ReadyPages, Reply, ask

MEGABYTE = 1024**2


@dataclass
class House:
    """A web process: the pages that it keeps, and Django behind them, whose requests are counted."""

    django: Any
    pages: ReadyPages
    made: list[dict[str, Any]]

    def get(self, path: str, *, method: str = "GET", cookie: str = "", **headers: str) -> Reply:
        """Ask for a page as somebody with that cookie and those headers (`Accept_Language`)."""
        return ask(self.pages, request(path, method=method, cookie=cookie, **headers))

    def plain(self, path: str, **headers: str) -> Reply:
        """The same page from Django alone."""
        return ask(self.django, request(path, **headers))


def request(path: str, *, method: str = "GET", cookie: str = "", **headers: str) -> dict[str, Any]:
    """A WSGI environ."""
    where, _mark, query = path.partition("?")
    made: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": where, "SCRIPT_NAME": "", "QUERY_STRING": quote(query, safe="=&+%.~"),
        "HTTP_HOST": "localhost:8000", "SERVER_NAME": "localhost", "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }  # fmt: skip
    return made | ({"HTTP_COOKIE": cookie} if cookie else {})


def house(most_bytes: int = 8 * MEGABYTE) -> House:
    """A web process that has kept nothing yet."""
    django, made = WSGIHandler(), []

    def counted(environ: dict[str, Any], start_response: Any) -> Any:
        made.append(environ)
        return django(environ, start_response)

    assert settings.NITKA_PUBLIC_URL
    return House(django, ReadyPages(counted, Anonymous(), most_bytes), made)


def header(reply: Reply, name: str) -> str:
    """A header of the reply, or ""."""
    return next((value for key, value in reply.headers if key.lower() == name.lower()), "")

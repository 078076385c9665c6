"""What a request without a person asks for: the key of a ready page, and the request that the page is made from.

The path (with its language), the parameters that the view reads, market, units, theme, and whether the question of
consent is still open. Who has a cart or is signed in gets a page of their own.
"""

import io
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from nitka.faces.storefront.consent_bar import COOKIE as CONSENT
from nitka.faces.storefront.page import THEMES
from nitka.faces.storefront.visitors import MARKET, first_guess, language_of
from nitka.ground.web import limits
from nitka.ground.web.health import Application
from nitka.ground.web.page_cache.layer import Asked, Environ, ReadyPages
from nitka.ground.web.public import Public, declared_by
from nitka.people.customers import queries as people
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

THEME = "nitka_theme"
_LONGEST_QUERY = 1500
# A request with one of these wants something else than the page, or is somebody's.
_NOT_PLAIN = ("HTTP_HX_REQUEST", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_X_REQUESTED_WITH")
_OF_THE_SERVER = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "REMOTE_ADDR")


def with_ready_pages(application: Application, most_bytes: int) -> Application:
    """Wrap the application, unless there is no memory for pages or no address of our own to build links from."""
    if most_bytes <= 0 or not settings.NITKA_PUBLIC_URL or settings.DEBUG:
        return application
    return ReadyPages(application, Anonymous(), most_bytes)


def variation(environ: Environ) -> str:
    """Which variations of running experiments this request sees; part of what is asked. None run yet."""
    return ""


class Anonymous:
    """See `layer.Face`."""

    def asked(self, environ: Environ) -> Asked | None:
        """What is asked, None for whoever has something of their own here."""
        path = environ["PATH_INFO"]
        view = _view(path)
        if view is None or not _known_host(environ.get("HTTP_HOST", "")) or any(name in environ for name in _NOT_PLAIN):
            return None
        declared, counted = view
        cookies = parse_cookie(environ["HTTP_COOKIE"]) if environ.get("HTTP_COOKIE") else {}
        if settings.SESSION_COOKIE_NAME in cookies or settings.NITKA_CART_COOKIE in cookies:
            return None
        query = environ.get("QUERY_STRING", "")
        kept = _read_by(declared, query) if query else ""
        if kept is None:
            return None
        market, units = _market(environ, cookies, language_of(path))
        theme = cookies.get(THEME, "")
        theme = theme if theme in THEMES else ""
        bar = _consent(cookies.get(CONSENT, ""), environ.get("HTTP_SEC_GPC") == "1", environ.get("HTTP_DNT") == "1")
        key = (path, kept, market, units, theme, bar, variation(environ))
        return Asked(key, lambda: _request(environ, key), kept != query, counted)

    def is_public(self, environ: Environ) -> bool:
        """Pages of the shop, also those of somebody with a cart; parts of pages for htmx are small."""
        return _view(environ["PATH_INFO"]) is not None and "HTTP_RANGE" not in environ

    def versions(self) -> Mapping[str, Hashable]:
        """The state of this host's index: that of all its products, and that of the categories alone."""
        return search.versions()


@lru_cache(maxsize=8192)
def _view(path: str) -> tuple[Public, tuple[tuple[str, str], ...]] | None:
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    declared, counted = declared_by(view), limits.limits_of(view)
    return (declared, counted) if declared and all(limit for _name, limit in counted) else None


@lru_cache(maxsize=256)
def _known_host(host: str) -> bool:
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _read_by(declared: Public, query: str) -> str | None:
    """The parameters that the view reads, as an address; None where the address does more than show a page."""
    if len(query) > _LONGEST_QUERY:
        return None
    pairs = parse_qsl(query, keep_blank_values=True)
    # A link of a mail tells whose device this is; one of a feed may set a cookie with its market.
    if any(name in ("nk", MARKET) for name, _value in pairs):
        return None
    kept = [pair for pair in pairs if declared.reads(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _market(environ: Environ, cookies: Mapping[str, str], language: str) -> tuple[str, str]:
    market, _dot, units = cookies.get(settings.NITKA_PREFS_COOKIE, "").partition(".")
    if not market or market not in {each.code for each in pricing.markets()}:
        market, units = first_guess(environ.get("HTTP_ACCEPT_LANGUAGE", ""), language)
    return market, "imperial" if units == "imperial" else "metric"


@lru_cache(maxsize=512)
def _consent(cookie: str, gpc: bool, dnt: bool) -> tuple[bool, bool] | None:
    """What the bar that asks depends on; None where it was answered."""
    return None if people.choices_in(cookie).answered else (gpc, dnt)


@lru_cache(maxsize=1)
def _answered() -> str:
    return people.heeding({}, gpc=False).cookie()


def _request(environ: Environ, key: tuple[Any, ...]) -> Environ:
    """A request that holds what was asked and nothing of who asks."""
    path, query, market, units, theme, bar, _variation = key
    cookies = {settings.NITKA_PREFS_COOKIE: f"{market}.{units}"} if market else {}
    cookies |= {THEME: theme} if theme else {}
    cookies |= {CONSENT: _answered()} if bar is None else {}
    public = urlsplit(settings.NITKA_PUBLIC_URL)
    made: Environ = {name: value for name, value in environ.items() if name.startswith("wsgi.")}
    made |= {name: environ[name] for name in _OF_THE_SERVER if name in environ}
    made |= {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": public.netloc,
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "REMOTE_ADDR": "", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": public.scheme, limits.COUNTED: True,
    }  # fmt: skip
    if bar:
        made |= {"HTTP_SEC_GPC": "1"} if bar[0] else {}
        made |= {"HTTP_DNT": "1"} if bar[1] else {}
    return made

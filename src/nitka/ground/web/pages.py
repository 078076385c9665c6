"""Rendering: a template, a context, a response."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from jinja2 import Environment, Template
from markupsafe import Markup, escape


@lru_cache(maxsize=1)
def jinja() -> Environment:
    """The one environment."""
    return engines["jinja2"].env  # type: ignore[attr-defined,no-any-return]


@lru_cache(maxsize=512)
def _template(name: str) -> Template:
    return jinja().get_template(name)


def template(name: str) -> Template:
    """The compiled template; looked up once unless templates are reloaded."""
    return jinja().get_template(name) if jinja().auto_reload else _template(name)


def render_text(name: str, context: dict[str, Any]) -> str:
    """A template as text."""
    return template(name).render(context)


def render(
    request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page. The template sees the request, its language, units and market beside the context."""
    return HttpResponse(template(name).render(_with_request(request, context)), status=status)


def _with_request(request: HttpRequest, context: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "request": request,
        "language": getattr(request, "language", "en"),
        "units": getattr(request, "units", "metric"),
        "market": getattr(request, "market", ""),
        "csrf_field": lambda: _csrf_field(request),
        **(context or {}),
    }


def _csrf_field(request: HttpRequest) -> Markup:
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="%s">') % escape(get_token(request))

"""A page of the back office: the shell with its sections, the notices of the last deed, and who is signed in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.navigation import navigation
from nitka.ground.locale import cldr, pick
from nitka.ground.web import assets
from nitka.ground.web.pages import render
from nitka.people.accounts import queries as accounts
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import queries as inventory

NOTICES = "back_notices"


def page(request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Render a page inside the shell. The template sees `may(permission)`, `here(**changes)`, `notices`, `shop`."""
    user = request.user
    return render(
        request,
        name,
        {
            "me": user,
            "shop": content.shop(),
            "may": lambda permission: accounts.can(user, permission),  # type: ignore[arg-type]
            "here": lambda **changes: here(request, **changes),
            "navigation": navigation(request),
            "notices": request.session.pop(NOTICES, []) if request.session.get(NOTICES) else [],
            "text_fonts": assets.text_fonts,
            "country_name": lambda code: cldr(request.language).territories.get(code, code),  # type: ignore[attr-defined]
            "at": lambda moment: when(moment, request.language),  # type: ignore[attr-defined]
            "place_name": _place_names(),
            "pick": lambda texts: pick(texts or {}, request.language),  # type: ignore[attr-defined]
            **(context or {}),
        },
        status=status,
    )


def _place_names() -> Callable[[str], str]:
    """Says what a location is called; asks for the names when the first is wanted."""
    names: dict[str, str] = {}

    def name(code: str) -> str:
        if not names:
            names.update({place.code: place.name for place in inventory.locations()})
        return names.get(code, code)

    return name


def say(request: HttpRequest, text: str, kind: str = "done") -> None:
    """Keep a sentence for the next page. kind: done, warn or error."""
    request.session[NOTICES] = [*request.session.get(NOTICES, []), {"text": text, "kind": kind}]


def here(request: HttpRequest, **changes: Any) -> str:
    """The address of this list with other filters; None takes one out. Every change starts again at the first page."""
    wanted = {key: value for key, value in request.GET.items() if key not in ("after", "before") and value}
    wanted |= {key: str(value) for key, value in changes.items() if value is not None}
    for key in [key for key, value in changes.items() if value in (None, "")]:
        wanted.pop(key, None)
    return f"{request.path}?{urlencode(wanted)}" if wanted else request.path

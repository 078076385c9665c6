"""A page of the back office: the shell with its sections, the notices of the last deed, and who is signed in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nitka.faces.backoffice.moments import when
from nitka.ground.locale import cldr, pick
from nitka.ground.web import assets
from nitka.ground.web.pages import render
from nitka.people.accounts import queries as accounts
from nitka.shelf.content import queries as content

NOTICES = "back_notices"


@dataclass(frozen=True)
class Section:
    """One entry of the navigation."""

    label: str
    href: str
    current: bool
    key: str


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
            "sections": sections(request),
            "notices": request.session.pop(NOTICES, []) if request.session.get(NOTICES) else [],
            "text_fonts": assets.text_fonts,
            "country_name": lambda code: cldr(request.language).territories.get(code, code),  # type: ignore[attr-defined]
            "at": lambda moment: when(moment, request.language),  # type: ignore[attr-defined]
            "pick": lambda texts: pick(texts or {}, request.language),  # type: ignore[attr-defined]
            **(context or {}),
        },
        status=status,
    )


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


def sections(request: HttpRequest) -> list[Section]:
    """The navigation, without what this person may not open."""
    if not getattr(request.user, "is_staff", False):
        return []

    def can(*permissions: str) -> bool:
        return any(accounts.can(request.user, each) for each in permissions)  # type: ignore[arg-type]

    offered = [
        (_("Today"), "home", "h", True),
        (_("Orders"), "orders", "o", can("orders.view")),
        (_("Returns"), "cases", "r", can("orders.view")),
        (_("Warehouse"), "warehouse", "w", can("orders.ship")),
        (_("Messages"), "messages", "m", can("messages.answer")),
        (_("Products"), "products", "p", True),
        (_("Stock"), "stock", "s", True),
        (_("Carriers"), "carriers", "r", can("orders.view")),
        (_("Customers"), "customers", "c", can("customers.view")),
        (_("Content"), "contents", "t", can("settings.edit")),
        (_("Settings"), "settings", "e", can("settings.edit")),
        (_("Staff"), "staff", "f", can("staff.edit")),
        (_("Audit"), "audit", "a", can("audit.view")),
        (_("Collection"), "collection", "l", can("settings.edit")),
        (_("System"), "system", "y", can("facts.retry")),
    ]
    home = reverse("back:home")
    return [
        Section(label, address, request.path == address or (address != home and request.path.startswith(address)), key)
        for label, name, key, shown in offered
        if shown
        for address in [reverse(f"back:{name}")]
    ]

"""The shop on a home screen: its manifest, its icons, its service worker, and the page for when there is no net.

The worker asks the net for every page. What this device may keep of a person (the cart, their orders) is marked by
`keep_here`; it is kept in that browser alone and goes at sign-out.
"""

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from nitka.faces.storefront import icon_drawing
from nitka.faces.storefront.page import DEFAULT_ACCENT, accent_address, show
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.ground.web import assets
from nitka.ground.web.environment import static_url
from nitka.shelf.content import queries as content

PAPER = "#fbfaf7"
KEEP = "Nitka-Keep"
# Sizes that phones ask for; Apple's is its own.
ICONS = (("192", "any"), ("512", "any"), ("maskable-512", "maskable"))
SHELL = ("vendor/nitka.css", "vendor/nitka.js", "vendor/htmx.js", "nitka/icons/icons.svg", "nitka/icons/knot.svg")


@require_safe
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """What a phone is told when the shop is put on its home screen, in the language of the page it was put from."""
    shop = content.shop()
    home = f"/{language}/"
    said: dict[str, Any] = {
        "id": "/", "name": shop.name, "short_name": shop.name[:12].strip(), "lang": language, "dir": "ltr",
        "start_url": home, "scope": "/", "display": "standalone", "background_color": PAPER, "theme_color": PAPER,
        "icons": [
            {"src": icon_address(name), "sizes": "x".join([name.rpartition("-")[2]] * 2), "type": "image/png",
             "purpose": purpose} for name, purpose in ICONS
        ],
        "shortcuts": [
            {"name": words, "url": home + path, "icons": [{"src": icon_address("192"), "sizes": "192x192"}]}
            for words, path in ((_("Search"), "search"), (_("Cart"), "cart"), (_("Orders"), "account/orders"))
        ],
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False)
    return HttpResponse(text, content_type="application/manifest+json; charset=utf-8")


def icon_address(name: str) -> str:
    """Where an icon is served from; another address after the shop took another logo or colour."""
    shop = content.shop()
    return f"/icon-{name}.png?v={hashlib.sha256(f'{shop.logo}{shop.accent}'.encode()).hexdigest()[:8]}"


@require_safe
@cache_control(max_age=24 * 3600, public=True)
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """The shop's logo, or the thread in its colour, as a square of paper."""
    if name not in icon_drawing.SIZES:
        raise Http404
    shop = content.shop()
    return HttpResponse(icon_drawing.draw(name, shop.accent or DEFAULT_ACCENT, shop.logo), content_type="image/png")


@require_safe
@cache_control(max_age=24 * 3600, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon for those who ask at the address of old, without reading a page."""
    shop = content.shop()
    return HttpResponse(icon_drawing.small(shop.accent or DEFAULT_ACCENT, shop.logo), content_type="image/x-icon")


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It lies at the root, since no worker reaches above the folder that it came from."""
    shop = content.shop()
    shell = [static_url(path) for path in SHELL if assets.is_here(path)]
    shell += [static_url(path) for path in assets.text_fonts("en")]
    shell += [address for address in [accent_address(shop.accent)] if address]
    code = _code()
    known = {
        "name": shop.name, "shell": shell, "languages": list(LANGUAGE_NAMES), "icon": icon_address("192"),
        "badge": icon_address("badge-96"),
    }  # fmt: skip
    version = hashlib.sha256(f"{code}{json.dumps(known)}".encode()).hexdigest()[:12]
    first = f"const SHOP = {json.dumps({'version': version, **known}, ensure_ascii=False)};\n"
    return HttpResponse(first + code, content_type="text/javascript; charset=utf-8")


@lru_cache(maxsize=1)
def _code() -> str:
    return (assets.VENDOR / "service-worker.js").read_text("utf-8")


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """What the worker shows where there is no net: what this device kept, listed by the device itself."""
    return show(request, "storefront/offline.html", {})


def keep_here(response: HttpResponse, what: str) -> HttpResponse:
    """Allow the browser that asked to show this page again when it has no net. Only for whole pages."""
    if response.status_code == 200:
        response[KEEP] = what
    return response

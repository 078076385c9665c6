"""Search results, and suggestions as one types."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nitka.faces.storefront import shelf
from nitka.faces.storefront.page import show
from nitka.ground import locale
from nitka.ground.web.limits import rate_limit
from nitka.ground.web.pages import render
from nitka.shelf.search import queries as search


@rate_limit("search", "240/m", store="memory")
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    """What was found; the nearest where nothing was; what others love where nothing is near."""
    wish = shelf.wish(request.GET)
    market: str = request.market  # type: ignore[attr-defined]
    found = search.find(
        text=wish.text, filters=wish.filters, sort=wish.sort, page=wish.page, page_size=shelf.PAGE_SIZE,
        language=language, market=market,
    )  # fmt: skip
    context = shelf.context(request, wish, found) | {
        "text": wish.text,
        "corrected": found.corrected if found.corrected != wish.text else "",
        "near": found.near,
        "rooms": _rooms(found, language) if wish.text else [],
    }
    if not found.total and not wish.filters:
        context["cards"] = search.find(page_size=8, language=language, market=market).cards
    return show(request, "storefront/search.html", context, text=wish.text)


def _rooms(found: Any, language: str) -> list[tuple[str, str]]:
    return [(each.name, f"/{language}/c/{each.slug}/") for each in found.categories[:4]]


@dataclass(frozen=True)
class SuggestionView:
    key: str
    text: str
    href: str
    picture: str
    price: str


@rate_limit("suggest", "600/m", store="memory")
def suggest(request: HttpRequest, language: str) -> HttpResponse:
    """Options for the search box, as HTML; empty for an empty wish."""
    text = shelf.wish(request.GET).text
    found = search.suggest(text, language, request.market) if text else []  # type: ignore[attr-defined]
    kinds = {"category": _("Categories"), "query": _("Searches"), "brand": _("Brands"), "product": _("Products")}
    groups = []
    for kind, name in kinds.items():
        views = [_suggestion(one, place, kind, language) for place, one in enumerate(found) if one.kind == kind]
        if views:
            groups.append((name, views))
    return render(request, "storefront/parts/suggestions.html", {"groups": groups})


def _suggestion(one: Any, place: int, kind: str, language: str) -> SuggestionView:
    from urllib.parse import quote

    paths = {"category": f"/{language}/c/{one.slug}/", "product": f"/{language}/p/{one.slug}/"}
    priced = getattr(one, "price_minor", None)
    return SuggestionView(
        key=f"{kind}-{place}",
        text=one.text,
        href=paths.get(kind, f"/{language}/search?q={quote(one.text)}"),
        picture=getattr(one, "picture", "") or "",
        price=locale.format_money(priced, one.currency, language) if priced is not None else "",
    )

"""Search results, and suggestions as one types."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nitka.faces.storefront import happenings, pictures, shelf
from nitka.faces.storefront.page import show
from nitka.ground.web.limits import rate_limit
from nitka.ground.web.pages import render
from nitka.ground.web.public import public_page
from nitka.shelf.search import queries as search


@public_page("q", *shelf.PARAMETERS, shows=("product:", "@index"))
@rate_limit("search", "240/m", store="memory")
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    """What was found; the nearest where nothing was; what others love where nothing is near."""
    wish = shelf.wish(request)
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
        "happened": happenings.searched(found, wish, language),
    }
    if not found.total and not wish.filters:
        context["cards"] = search.find(page_size=8, language=language, market=market).cards
    return show(request, "storefront/search.html", context, text=wish.text)


def _rooms(found: search.Found, language: str) -> list[tuple[str, str]]:
    return [(each.name, f"/{language}/c/{each.slug}/") for each in found.categories[:6]]


@dataclass(frozen=True)
class SuggestionView:
    """An option of the search box; `card` is what is known of a product, None for words, categories and brands."""

    key: str
    text: str
    href: str
    card: search.Card | None


@require_safe
@rate_limit("suggest", "600/m", store="memory")
def suggest(request: HttpRequest, language: str) -> HttpResponse:
    """Options for the search box, as HTML; empty for an empty wish."""
    text = shelf.typed(request)
    market: str = request.market  # type: ignore[attr-defined]
    found = search.suggest(text, language, market) if text else []
    goods = search.cards([one.product_id for one in found if one.product_id], language, market)
    cards = {str(card.product_id): card for card in goods}
    kinds = {"word": _("Search for"), "category": _("Categories"), "brand": _("Brands"), "product": _("Products")}
    groups = []
    for kind, name in kinds.items():
        views = [_suggestion(one, place, language, cards) for place, one in enumerate(found) if one.kind == kind]
        if views:
            groups.append((name, views))
    return render(request, "storefront/parts/suggestions.html", {"groups": groups, "draw": pictures})


def _suggestion(one: search.Suggestion, place: int, language: str, cards: Mapping[str, search.Card]) -> SuggestionView:
    if one.kind == "category":
        href = f"/{language}/c/{one.slug}/"
    elif one.kind == "product":
        href = f"/{language}/p/{one.slug}/"
    elif one.kind == "brand":
        href = f"/{language}/search?f.brand={quote(one.slug, safe='')}"
    else:
        href = f"/{language}/search?q={quote(one.text, safe='')}"
    return SuggestionView(f"{one.kind}-{place}", one.text, href, cards.get(one.product_id))

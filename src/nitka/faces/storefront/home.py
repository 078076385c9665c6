"""The front page of a language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nitka.faces.storefront import blocks, happenings, picked, previews, promises, structured
from nitka.faces.storefront.leading import page_path
from nitka.faces.storefront.page import WINDOW, reading, show
from nitka.ground import locale
from nitka.ground.remembered import RememberedBy
from nitka.ground.web.public import public_page, shown
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

# What stands in the window changes with the hour, not with the click.
WINDOW_SECONDS = 20.0
SHOWN = 4
ROOMS = 6


@dataclass(frozen=True)
class Scene:
    """The one large picture and its sentence."""

    title: str
    lead: str
    href: str
    verb: str
    picture: Any
    alt: str


@dataclass(frozen=True)
class Room:
    name: str
    href: str
    picture: Any


@public_page(shows=("product:", "@index"))
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The window of the shop: one scene, the categories, what is new and what others love."""
    market: str = request.market  # type: ignore[attr-defined]
    promise = promises.best(market)
    shown(request, until=promises.until(promise))
    window = _windows((language, market, search.versions().get("@index", 0)))
    context = window | {
        "way": promises.way(promise, language), "structured": structured.shop(language, request),
        "social": previews.tags(request, "home", "home", title=window["scene"].title, description=window["scene"].lead),
    }  # fmt: skip
    paths = {code: f"/{code}/" for code in locale.LANGUAGES}
    return show(request, "storefront/home.html", context, paths=paths)


def forget_windows() -> None:
    """Dress the window anew at the next visit; for tests."""
    _windows.forget()


def _dress(key: tuple[str, str, int]) -> dict[str, Any]:
    language, market, _index = key
    new = _cards(language, market, sort="new", size=SHOWN)
    loved = _cards(language, market, sort="best", size=SHOWN * 2)
    seen = {card.product_id for card in new}
    loved = [card for card in loved if card.product_id not in seen][:SHOWN] or loved[:SHOWN]
    scene = _scene(language, market, loved or new)
    shown = happenings.promotion(scene.title, "home", scene.href)
    return {
        "scene": scene,
        "promotion": shown,
        "happened": happenings.told("Promotion Viewed", shown)
        + happenings.list_viewed("home-new", "", new, language)
        + happenings.list_viewed("home-loved", "", loved, language),
        "rooms": _rooms(language, market),
        "new": new,
        "loved": loved,
        "article": _article(language, market),
        "collections": picked.at_home(language, market),
    }


_windows = RememberedBy(_dress, WINDOW_SECONDS)


def _cards(language: str, market: str, *, sort: str, size: int) -> list[search.Card]:
    found = search.find(sort=sort, page_size=size, language=language, market=market)
    return list(found.cards)


def _scene(language: str, market: str, cards: list[search.Card]) -> Scene:
    """The merchant's own sentence and picture (the page `home` of content), else the shop's name and what is loved."""
    page = content.page(WINDOW, language)
    own = blocks.face(page, language, market) if page else None
    if page and own and own["href"]:
        verb = own.get("label") or (_("See %(product)s") % {"product": own["to_name"]} if own["to_name"] else "")
        return Scene(
            title=page.title, lead=page.description, href=own["href"], verb=verb or _("See more"),
            picture=own["picture"], alt=own["picture"].get("alt") or "",
        )  # fmt: skip
    first = next((card for card in cards if card.picture), None)
    picture = first and (first.picture2 or first.picture)
    return Scene(
        title=page.title if page else content.shop().name,
        lead=page.description if page else "",
        href=f"/{language}/p/{first.slug}/" if first else f"/{language}/search",
        verb=_("See %(product)s") % {"product": first.title} if first else _("See everything"),
        picture=picture,
        alt=(picture or {}).get("alt") or first.title if first else "",
    )


def _rooms(language: str, market: str) -> list[Room]:
    """The top categories, each with the picture of the first product in or below it. Two queries."""
    first = catalog.product_rows(status="published").order_by("category_id", "position", "id").distinct("category_id")
    of_category = {str(category): product for category, product in first.values_list("category_id", "id")}
    tops = search.categories(language)[:ROOMS]
    chosen = {
        top.handle: next((of_category[id_] for id_ in _ids(top, language) if id_ in of_category), None) for top in tops
    }
    cards = search.cards([id_ for id_ in chosen.values() if id_], language, market)
    pictures = {card.product_id: card.picture for card in cards}
    return [
        Room(top.name, f"/{language}/c/{top.slug}/", pictures[id_])
        for top in tops
        if (id_ := chosen[top.handle]) in pictures
    ]


def _ids(node: search.CategoryView, language: str) -> Iterator[str]:
    """The category's id and those of all below it."""
    yield node.id
    for below in search.categories(language, parent=node.handle):
        yield from _ids(below, language)


def _article(language: str, market: str) -> dict[str, Any] | None:
    for link in reading("article"):
        page = content.page(link.slug, language)
        if page:
            return {
                "href": page_path(page, language), "title": page.title, "description": page.description,
                "picture": (blocks.face(page, language, market) or {}).get("picture"),
            }  # fmt: skip
    return None

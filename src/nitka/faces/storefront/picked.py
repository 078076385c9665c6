"""Products that a person put together: collections, and all that one maker made."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.faces.storefront import happenings, previews, shelf, structured
from nitka.faces.storefront.blocks import blocks_part
from nitka.faces.storefront.comments import comments_part
from nitka.faces.storefront.leading import collection_paths, maker_paths, told_in
from nitka.faces.storefront.page import show
from nitka.faces.storefront.visitors import with_query
from nitka.ground import locale
from nitka.ground.web.public import public_page, shown
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

MOST_IN_A_COLLECTION = 480
LONGEST_DESCRIPTION = 160
AT_HOME = 6


@public_page("page", shows=("product:", "@index"))
def collection(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """A collection, its products in the order that somebody gave them. An old address leads to the one of today."""
    found = catalog.collection_by_slug(slug)
    if found is None and catalog.was_a_shelf("collection", slug):
        return HttpResponseRedirect(f"/{language}/")  # it was deleted
    if found is None:
        raise Http404
    paths = collection_paths(found)
    if paths[language] != f"/{language}/collections/{slug}/":
        return HttpResponsePermanentRedirect(with_query(request, paths[language]))
    market: str = request.market  # type: ignore[attr-defined]
    ids = catalog.products_in_collection(found.id)[:MOST_IN_A_COLLECTION]
    cards = [card for card in search.cards(ids, language, market) if card.price_minor is not None]
    number = shelf.wish(request).page
    start = (number - 1) * shelf.PAGE_SIZE
    name, intro = locale.pick(found.name, language), locale.pick(found.intro, language)
    return _show(
        request, name, intro, cards[start : start + shelf.PAGE_SIZE], len(cards), paths, found.name,
        eyebrow=_("Collection"), list_id=f"collection:{found.handle}",
        more=comments_part(request, "collection", found.id),
    )  # fmt: skip


@public_page("page", shows=("product:", "@index", "all"))
def maker(request: HttpRequest, language: str, handle: str) -> HttpResponse:
    """Who makes it: the maker's story and what of theirs is sold here."""
    found = catalog.brand_by_handle(handle)
    if found is None:
        raise Http404
    market: str = request.market  # type: ignore[attr-defined]
    made = search.find(
        filters={"brand": (found.name,)}, page=shelf.wish(request).page, page_size=shelf.PAGE_SIZE,
        language=language, market=market,
    )  # fmt: skip
    intro = locale.pick(found.description, language)
    return _show(
        request, found.name, intro, made.cards, made.total, maker_paths(handle), found.description,
        eyebrow=_("Maker"), list_id=f"maker:{handle}", more=_told_in_blocks(request, language, handle),
    )  # fmt: skip


def _told_in_blocks(request: HttpRequest, language: str, handle: str) -> Mapping[str, Any]:
    """What the merchant laid out of a maker: the page of kind "maker" that has the maker's name as its own."""
    page = content.page(handle, language)
    if page is None or page.kind != "maker":
        return {}
    part = blocks_part(request, page)
    shown(request, until=page.until)
    return part | {"hero": False, "lead": page.description}


def at_home(language: str, market: str) -> list[tuple[str, str, Any]]:
    """Collections for the front page: address, name and a product's picture, in a room where there is one."""
    found = []
    for each in catalog.collections():
        cards = search.cards(catalog.products_in_collection(each.id)[:AT_HOME], language, market)
        sold = [card for card in cards if card.price_minor is not None]
        if sold:
            pictures = [card.picture2 for card in sold if card.picture2] or [
                card.picture for card in sold if card.picture
            ]
            picture = next(iter(pictures), None)
            found.append((collection_paths(each)[language], locale.pick(each.name, language), picture))
    return found[:AT_HOME]


def in_short(html: str, most: int = LONGEST_DESCRIPTION) -> str:
    """The beginning of a text as plain words, cut between two of them."""
    plain = " ".join(str(Markup(strip_tags(html.replace("</p>", " "))).unescape()).split())  # noqa: S704 (unescaped)
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0].rstrip(",.;:–") + "…"


def _paragraphs(text: str) -> Markup:
    """HTML as it is (it was cleaned when it was stored), plain text in paragraphs."""
    if "<" in text:
        return Markup(text)  # noqa: S704 (cleaned by the catalogue)
    return Markup("").join(Markup("<p>%s</p>") % part for part in text.split("\n\n") if part.strip())


def _show(
    request: HttpRequest, name: str, intro: str, cards: Sequence[search.Card], total: int, paths: Mapping[str, str],
    texts: Mapping[str, str], *, eyebrow: str, list_id: str, more: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:  # fmt: skip
    language: str = request.language  # type: ignore[attr-defined]
    wish = shelf.wish(request)
    if wish.page > 1 and not cards:
        raise Http404
    trail = [structured.start(language), (name, paths[language])]
    found = search.Found(cards=list(cards), total=total, page=wish.page, pages=-(-total // shelf.PAGE_SIZE))
    plain = shelf.Wish("", {}, "best", wish.page)
    context: dict[str, Any] = (
        shelf.context(request, plain, found)
        | dict(more)
        | {
            "name": name,
            "eyebrow": eyebrow,
            "intro": _paragraphs(intro),
            "description": in_short(intro),
            "trail": [*trail[:-1], (name, "")],
            "happened": happenings.list_viewed(list_id, name, cards, language),
            "social": previews.tags(
                request,
                list_id.partition(":")[0],
                paths[language].rstrip("/").rpartition("/")[2],
                title=name,
                description=in_short(intro),
            ),
            "structured": structured.breadcrumbs(trail, request) + structured.items(cards, language, request),
        }
    )
    query = f"?page={wish.page}" if wish.page > 1 else ""
    return show(request, "storefront/picked.html", context, paths=told_in(paths, texts) if cards else None, query=query)

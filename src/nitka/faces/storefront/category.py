"""A category and its products."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from nitka.faces.storefront import shelf, structured
from nitka.faces.storefront.page import show
from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.search import queries as search


def category(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Products of a category and of those below it, narrowed by facets."""
    tree = catalog.category_tree()
    node = _find(tree, language, slug)
    here = locale.pick(node.slug, language)
    if here != slug:
        return HttpResponsePermanentRedirect(f"/{language}/c/{here}/")
    wish = shelf.wish(request.GET)
    found = search.find(
        category=node.handle, filters=wish.filters, sort=wish.sort, page=wish.page, page_size=shelf.PAGE_SIZE,
        language=language, market=request.market,  # type: ignore[attr-defined]
    )  # fmt: skip
    if wish.page > 1 and not found.cards:
        raise Http404
    trail = _trail(tree, node, language)
    context = shelf.context(request, wish, found) | {
        "category": {
            "name": locale.pick(node.name, language),
            "intro": locale.pick(getattr(node, "intro", {}), language),
            "seo_title": locale.pick(getattr(node, "seo_title", {}), language),
        },
        "trail": [*trail[:-1], (trail[-1][0], "")],
        "below": [
            (locale.pick(each.name, language), f"/{language}/c/{locale.pick(each.slug, language)}/")
            for each in tree
            if each.parent_id == node.id
        ],
        "structured": structured.breadcrumbs(trail, request),
    }
    return show(
        request, "storefront/category.html", context,
        paths=None if wish.filters or wish.sort != "best" else _paths(node),
        query=f"?page={wish.page}" if wish.page > 1 else "",
        room=trail[1][1],
    )  # fmt: skip


def _find(tree: Any, language: str, slug: str) -> Any:
    """The category by its slug in this language, else by one it has in another, or by its handle."""
    for node in tree:
        if locale.pick(node.slug, language) == slug:
            return node
    for node in tree:
        if slug == node.handle or slug in node.slug.values():
            return node
    raise Http404


def _paths(node: Any) -> dict[str, str]:
    return {code: f"/{code}/c/{locale.pick(node.slug, code)}/" for code in locale.LANGUAGES}


def _trail(tree: Any, node: Any, language: str) -> list[tuple[str, str]]:
    by_id = {each.id: each for each in tree}
    trail: list[tuple[str, str]] = []
    step = node
    while step is not None:
        trail.append((locale.pick(step.name, language), f"/{language}/c/{locale.pick(step.slug, language)}/"))
        step = by_id.get(step.parent_id)
    return [structured.start(language), *reversed(trail)]

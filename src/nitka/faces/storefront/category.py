"""A category and its products."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from nitka.faces.storefront import happenings, picked, previews, shelf, structured
from nitka.faces.storefront.leading import told_in
from nitka.faces.storefront.page import show
from nitka.faces.storefront.visitors import with_query
from nitka.ground import locale
from nitka.ground.web.public import public_page
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.search import queries as search


@public_page(*shelf.PARAMETERS, shows=("product:", "@index"))
def category(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Products of a category and of those below it, narrowed by facets."""
    node = search.category(slug, language) or _moved(slug, language)
    if node is None and catalog.was_a_shelf("category", slug):
        return HttpResponseRedirect(f"/{language}/")  # it was deleted, and nothing stood above it
    if node is None:
        raise Http404
    if node.slug != slug:
        return HttpResponsePermanentRedirect(with_query(request, f"/{language}/c/{node.slug}/"))
    wish = shelf.wish(request)
    found = search.find(
        category=node.handle, filters=wish.filters, sort=wish.sort, page=wish.page, page_size=shelf.PAGE_SIZE,
        language=language, market=request.market,  # type: ignore[attr-defined]
    )  # fmt: skip
    if wish.page > 1 and not found.cards:
        raise Http404
    steps = [(each["name"], f"/{language}/c/{each['slug']}/") for each in node.breadcrumbs]
    short = node.seo_description or picked.in_short(node.intro)
    trail = [structured.start(language), *steps]
    context = shelf.context(request, wish, found) | {
        "category": node,
        "trail": [*trail[:-1], (node.name, "")],
        "below": [(each.name, f"/{language}/c/{each.slug}/") for each in found.categories],
        "happened": happenings.list_filtered(node.handle, node.name, found, wish, language),
        "social": previews.tags(request, "category", node.slug, title=node.name, description=short),
        "description": short,
        "structured": structured.breadcrumbs(trail, request) + structured.items(found.cards, language, request),
    }
    return show(
        request, "storefront/category.html", context,
        paths=None if wish.filters or wish.sort != "best" else paths_of(node),
        query=f"?page={wish.page}" if wish.page > 1 else "",
        room=steps[0][1] if steps else "",
    )  # fmt: skip


def _moved(slug: str, language: str) -> search.CategoryView | None:
    """The category that had this address once."""
    handle = catalog.category_by_old_slug(slug)
    return search.category(handle, language) if handle else None


def paths_of(node: search.CategoryView) -> dict[str, str]:
    """The address of a category in each language that it has a name in."""
    paths = {code: f"/{code}/c/{locale.pick(node.slugs, code) or node.handle}/" for code in locale.LANGUAGES}
    return told_in(paths, node.slugs)

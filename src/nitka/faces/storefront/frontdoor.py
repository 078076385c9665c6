"""What stands outside the languages: the redirect at /, robots.txt, the sitemaps, the shop's accent colour."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from django.views.decorators.cache import cache_control

from nitka.faces.storefront import accents
from nitka.faces.storefront.category import paths_of
from nitka.faces.storefront.leading import page_paths
from nitka.faces.storefront.page import reading
from nitka.faces.storefront.structured import origin
from nitka.ground import locale
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

PRODUCTS_IN_A_MAP = 500
CLOSED = ("cart", "checkout", "order/", "account/", "preferences", "consent", "newsletter", "suggest", "search?")


def enter(request: HttpRequest) -> HttpResponse:
    """The browser's wish decides the language once; from then on it is in the path."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response = HttpResponseRedirect(f"/{request.language}/{query}")  # type: ignore[attr-defined]
    patch_vary_headers(response, ["Accept-Language"])
    return response


@cache_control(max_age=3600, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but what belongs to one person, and filtered shelves."""
    lines = ["User-agent: *", *(f"Disallow: /*/{each}" for each in CLOSED)]
    lines += ["Disallow: /*?*f.", "Disallow: /*sort=", "Disallow: /back/", "Disallow: /api/"]
    lines += ["", f"Sitemap: {origin(request)}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache_control(max_age=3600, public=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The map of maps."""
    parts = search.find(page_size=PRODUCTS_IN_A_MAP, sort="new", language=locale.FALLBACK, market="").pages
    names = ["sitemap-pages.xml", *(f"sitemap-products-{part}.xml" for part in range(1, parts + 1))]
    inner = "".join(f"<sitemap><loc>{escape(origin(request))}/{name}</loc></sitemap>" for name in names)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>')


@cache_control(max_age=3600, public=True)
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Home, categories and the pages of content, each in every language."""
    spoken = content.shop().languages
    groups = [{code: f"/{code}/" for code in spoken}]
    nodes = [node for top in search.categories(locale.FALLBACK) for node in _with_those_below(top)]
    groups += [_spoken(paths_of(node), spoken) for node in nodes]
    kinds = ("help", "legal", "article", "page", "landing")
    groups += [_spoken(page_paths(page), spoken) for kind in kinds for page in reading(kind)]
    return _map(origin(request), groups)


def _spoken(paths: Mapping[str, str], spoken: Iterable[str]) -> dict[str, str]:
    return {code: paths[code] for code in spoken}


def _with_those_below(node: search.CategoryView) -> Iterator[search.CategoryView]:
    yield node
    for below in search.categories(locale.FALLBACK, parent=node.handle):
        yield from _with_those_below(below)


@cache_control(max_age=3600, public=True)
def sitemap_products(request: HttpRequest, part: int) -> HttpResponse:
    """One part of the products: those of all markets, each with its address in every language of the shop."""
    paths: dict[Any, dict[str, str]] = {}
    for code in content.shop().languages:
        found = search.find(page=part, page_size=PRODUCTS_IN_A_MAP, sort="new", language=code, market="")
        if found.page != part or not found.cards:
            raise Http404
        for card in found.cards:
            paths.setdefault(card.product_id, {})[code] = f"/{code}/p/{card.slug}/"
    return _map(origin(request), paths.values())


def _map(base: str, groups: Iterable[Mapping[str, str]]) -> HttpResponse:
    start = escape(base)
    entries = []
    for paths in groups:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{start}{escape(path)}"/>'
            for code, path in paths.items()
        )
        entries += [f"<url><loc>{start}{escape(path)}</loc>{links}</url>" for path in paths.values()]
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        + "".join(entries)
        + "</urlset>"
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>{body}', content_type="application/xml")


@cache_control(max_age=365 * 24 * 3600, public=True, immutable=True)
def accent(request: HttpRequest, version: str) -> HttpResponse:
    """The merchant's accent colour, mended where it could not be read on paper or in the dark."""
    return HttpResponse(accents.style_sheet(content.shop().accent), content_type="text/css; charset=utf-8")

"""The sitemaps: every page that search engines shall know, with its alternates in other languages and its pictures.

A map has at most 50,000 addresses and 50 MB (sitemaps.org). A product has an entry in each language that names all the
others, so 3,000 products in six languages make about 20 MB; they are written while they are read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nitka.faces.storefront.category import paths_of
from nitka.faces.storefront.leading import collection_paths, maker_paths, page_paths, told_in
from nitka.faces.storefront.page import reading
from nitka.faces.storefront.structured import origin
from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

PRODUCTS_IN_A_MAP = 3_000
SHELVES_IN_A_MAP = 8_000
AT_ONCE = 500
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its path in each language, its pictures, and when it was changed."""

    paths: Mapping[str, str]
    pictures: tuple[str, ...] = ()
    changed: datetime | None = None


@require_safe
@gzip_page
@cache_control(max_age=3600, public=True)
def index(request: HttpRequest) -> HttpResponse:
    """The map of maps."""
    inner = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses(origin(request)))
    text = f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>'
    return HttpResponse(text, content_type="application/xml")


def addresses(base: str) -> list[str]:
    """Where the maps are."""
    parts = [("shelves", len(shelves()), SHELVES_IN_A_MAP), ("products", search.on_sale(), PRODUCTS_IN_A_MAP)]
    split = [f"{kind}-{part}" for kind, count, size in parts for part in range(1, -(-count // size) + 1)]
    return [f"{base}/sitemap-{name}.xml" for name in ("pages", *split)]


@require_safe
@gzip_page
@cache_control(max_age=3600, public=True)
def pages(request: HttpRequest) -> HttpResponseBase:
    """The front page and what the merchant wrote."""
    kinds = ("help", "legal", "article", "page", "landing")
    written = [Entry(page_paths(page), changed=page.changed_at) for kind in kinds for page in reading(kind)]
    return _map(request, [Entry({code: f"/{code}/" for code in locale.LANGUAGES}), *written])


@require_safe
@gzip_page
@cache_control(max_age=3600, public=True)
def shelves_part(request: HttpRequest, part: int) -> HttpResponseBase:
    """Categories, collections and makers."""
    found = shelves()[SHELVES_IN_A_MAP * (part - 1) :][:SHELVES_IN_A_MAP] if part else []
    if not found:
        raise Http404
    return _map(request, found)


def shelves() -> list[Entry]:
    """What has a page of products: every category with something in it, collections, makers."""
    nodes = [node for top in search.categories(locale.FALLBACK) for node in _with_those_below(top)]
    sets = [told_in(collection_paths(each), each.name) for each in catalog.collections_with_products()]
    makers = [told_in(maker_paths(each.handle), each.description) for each in catalog.makers_with_products()]
    return [Entry(paths) for paths in (*map(paths_of, nodes), *sets, *makers)]


def _with_those_below(node: search.CategoryView) -> Iterator[search.CategoryView]:
    if not node.count:
        return
    yield node
    for below in search.categories(locale.FALLBACK, parent=node.handle):
        yield from _with_those_below(below)


@require_safe
@gzip_page
@cache_control(max_age=3600, public=True)
def products_part(request: HttpRequest, part: int) -> HttpResponseBase:
    """One part of the products, each in the languages that it has texts in."""
    if not 0 < part <= -(-search.on_sale() // PRODUCTS_IN_A_MAP):
        raise Http404
    return _map(request, _products(part))


def _products(part: int) -> Iterator[Entry]:
    spoken = content.shop().languages
    for group in batched(search.addresses(part, PRODUCTS_IN_A_MAP), AT_ONCE, strict=False):
        changed = catalog.changed_at([each.product_id for each in group])
        yield from (_product(each, spoken, changed) for each in group)


def _product(found: search.AddressView, spoken: tuple[str, ...], changed: Mapping[UUID, datetime]) -> Entry:
    own = [code for code in spoken if code in found.slugs] or list(spoken[:1])
    paths = {code: f"/{code}/p/{locale.pick(found.slugs, code)}/" for code in own}
    return Entry(paths, tuple(found.pictures), changed.get(found.product_id))


def _map(request: HttpRequest, entries: Iterable[Entry]) -> HttpResponseBase:
    base, spoken = origin(request), content.shop().languages
    return StreamingHttpResponse(_lines(base, spoken, entries), content_type="application/xml")


def _lines(base: str, spoken: tuple[str, ...], entries: Iterable[Entry]) -> Iterator[str]:
    yield f"{HEAD}<urlset {NAMES}>"
    for group in batched(entries, 100, strict=False):
        yield "".join(_urls(base, spoken, entry) for entry in group)
    yield "</urlset>"


def _urls(base: str, spoken: tuple[str, ...], entry: Entry) -> str:
    whole = {code: escape(base + path) for code, path in entry.paths.items() if code in spoken}
    if not whole:
        return ""
    default = whole.get(locale.FALLBACK) or next(iter(whole.values()))
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{href}"/>'
        for code, href in (*whole.items(), ("x-default", default))
    )
    tail = f"<lastmod>{entry.changed.isoformat(timespec='seconds')}</lastmod>" if entry.changed else ""
    tail += links + "".join(
        f"<image:image><image:loc>{escape(base + src)}</image:loc></image:image>" for src in entry.pictures
    )
    return "".join(f"<url><loc>{href}</loc>{tail}</url>" for href in whole.values())

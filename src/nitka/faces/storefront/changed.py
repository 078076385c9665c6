"""Which pages changed since search engines were last told, from the facts of the shelf."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nitka.faces.storefront.category import paths_of
from nitka.faces.storefront.engines import ENGINES
from nitka.faces.storefront.leading import collection_paths, maker_paths, page_paths, told_in
from nitka.ground import clock
from nitka.ground.facts import followers
from nitka.ground.facts import queries as facts
from nitka.ground.web.outbound import NotSent
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

PRODUCT, CATEGORIES, PAGE, PRICE = (
    "catalog.product_changed", "catalog.categories_changed", "content.page_changed", "pricing.price_changed",
)  # fmt: skip
COLLECTIONS, MAKERS = "catalog.collections_changed", "catalog.makers_changed"
KINDS = (PRODUCT, CATEGORIES, PAGE, PRICE, COLLECTIONS, MAKERS)
# A fact is told at its transaction's beginning and seen at its end; none takes this long.
SETTLED = timedelta(minutes=2)
LONGEST_BACK = timedelta(days=1)
log = structlog.get_logger(__name__)


def tell_engines() -> int:
    """Tell each engine that is on what changed since it was told last; how many addresses. Repeats after a failure."""
    told = 0
    for engine in ENGINES:
        if engine.is_on():
            told += _tell(engine)
    return told


def _tell(engine: object) -> int:
    name = f"engines.{engine.NAME}"  # type: ignore[attr-defined]
    until = clock.now() - SETTLED
    since = datetime.fromtimestamp(followers.cursor_of(name) / 1000, UTC)
    if since < until - LONGEST_BACK:
        since = until if since.year < 2000 else until - LONGEST_BACK  # the first time there is nothing to be told
    addresses = list(addresses_changed(since, until))
    if addresses:
        try:
            engine.tell(addresses)  # type: ignore[attr-defined]
        except NotSent as trouble:
            log.warning("engine_not_told", engine=name, addresses=len(addresses), error=str(trouble))
            return 0
    followers.move_cursor(name, int(until.timestamp() * 1000))
    return len(addresses)


def addresses_changed(since: datetime, until: datetime) -> Iterator[str]:
    """The addresses of all pages about which something was told in that time, each once."""
    rows = facts.told_between(KINDS, since, until)
    products = {UUID(each.payload["product_id"]) for each in rows if each.kind in (PRODUCT, PRICE)}
    pages = {each.payload["slug"] for each in rows if each.kind == PAGE}
    kinds = {each.kind for each in rows}
    spoken = content.shop().languages
    found = [*_of_products(products), *_of_pages(pages)]
    for kind, all_of_them in ((CATEGORIES, _of_categories), (COLLECTIONS, _of_collections), (MAKERS, _of_makers)):
        found += all_of_them() if kind in kinds else ()
    for path in dict.fromkeys(path for paths in found for code, path in paths.items() if code in spoken):
        yield settings.NITKA_PUBLIC_URL + path


def _of_products(ids: Iterable[UUID]) -> Iterator[dict[str, str]]:
    """Also of those that are no longer sold: an engine wants to know what is gone."""
    for source in catalog.product_source(list(ids)):
        yield {code: f"/{code}/p/{slug}/" for code, slug in source.slug.items() if code in source.title}


def _of_pages(slugs: Iterable[str]) -> Iterator[dict[str, str]]:
    links = (content.page_link(slug) for slug in slugs)
    return (page_paths(link) for link in links if link and link.kind != "maker")


def _of_categories() -> Iterator[dict[str, str]]:
    handles = (search.category(node.handle, "en") for node in catalog.category_tree())
    return (paths_of(node) for node in handles if node)


def _of_collections() -> Iterator[dict[str, str]]:
    return (told_in(collection_paths(each), each.name) for each in catalog.collections_with_products())


def _of_makers() -> Iterator[dict[str, str]]:
    return (told_in(maker_paths(each.handle), each.description) for each in catalog.makers_with_products())


@require_safe
def key_file(request: HttpRequest, key: str) -> HttpResponse:
    """The proof that whoever posts our addresses to IndexNow is us."""
    if not settings.INDEXNOW_KEY or key != settings.INDEXNOW_KEY:
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")

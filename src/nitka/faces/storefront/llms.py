"""llms.txt (llmstxt.org): what a language model should know of this shop, as plain markdown and as few words as do."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nitka.faces.storefront.leading import collection_paths, maker_paths, page_path
from nitka.faces.storefront.page import reading
from nitka.faces.storefront.picked import in_short
from nitka.faces.storefront.structured import origin
from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

Line = tuple[str, str, str]


@require_safe
@gzip_page
@cache_control(max_age=3600, public=True)
def llms(request: HttpRequest) -> HttpResponse:
    """The shop in its first language: what it sells, where, how it delivers and takes back, and where machines ask."""
    language = _language()
    with translation.override(language):
        text = "\n".join(_written(origin(request), language))
    return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8")


def _language() -> str:
    spoken = content.shop().languages
    return locale.FALLBACK if locale.FALLBACK in spoken else spoken[0]


def _written(base: str, language: str) -> Iterator[str]:
    shop, home = content.shop(), content.page("home", language)
    yield f"# {_plain(shop.name)}"
    yield ""
    if home:
        yield f"> {_plain(home.title)}. {_plain(home.description)}"
        yield ""
    yield f"Languages: {', '.join(shop.languages)} (the first part of every address). Sold in: " + "; ".join(
        f"{market.name} ({market.currency})" for market in pricing.markets()
    )
    for title, lines in _sections(base, language):
        if lines:
            yield from ("", f"## {title}", "")
            yield from (
                f"- [{_plain(name)}]({base}{path}){': ' + _plain(said) if said else ''}" for name, path, said in lines
            )


def _sections(base: str, language: str) -> Iterator[tuple[str, list[Line]]]:
    home = f"/{language}/"
    tops = search.categories(language)
    yield "Goods", [(each.name, f"{home}c/{each.slug}/", in_short(each.intro)) for each in tops if each.count]
    yield (
        "Collections",
        [
            (
                locale.pick(each.name, language),
                collection_paths(each)[language],
                in_short(locale.pick(each.intro, language)),
            )
            for each in catalog.collections_with_products()
        ],
    )
    yield (
        "Makers",
        [
            (each.name, maker_paths(each.handle)[language], in_short(locale.pick(each.description, language)))
            for each in catalog.makers_with_products()[:40]
        ],
    )
    yield "Help", _pages("help", language)
    yield "Legal", _pages("legal", language)
    yield (
        "For programs",
        [
            ("API", "/api/v1/openapi.json", "products, search, cart, checkout and orders, without a key"),
            ("Search", f"{home}search?q=", "the words follow"),
            ("Sitemap", "/sitemap.xml", "every page with its alternates"),
        ],
    )
    yield "Optional", _pages("article", language)


def _pages(kind: str, language: str) -> list[Line]:
    found = [content.page(link.slug, language) for link in reading(kind)]
    return [(each.title, page_path(each, language), each.description) for each in found if each]


def _plain(text: str) -> str:
    """On one line and without what markdown would take for its own."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())

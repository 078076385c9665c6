"""Where the links of the shop's own words lead: "category:chairs" → its address of today and its name."""

from collections.abc import Callable, Mapping

from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

Lead = tuple[str, str]
NOWHERE: Lead = ("", "")
# The first part of a page's address, by its kind.
FOLDERS = {
    "help": "help", "legal": "legal", "article": "article", "page": "pages", "landing": "pages", "maker": "makers",
}  # fmt: skip


def lead(to: str, language: str) -> Lead:
    """Address and name of what is linked; the name is empty for addresses, both are where the thing is gone."""
    if to.startswith("/"):
        return f"/{language}{to}", ""
    kind, _colon, rest = to.partition(":")
    find = _THINGS.get(kind)
    if find is None:
        return to, ""
    handle, hash_, part = rest.partition("#")
    href, name = find(handle, language)
    return (href + hash_ + part, name) if href else NOWHERE


def page_path(link: content.PageLink | content.PageView, language: str) -> str:
    """The address of a page in that language."""
    return f"/{language}/{FOLDERS[link.kind]}/{link.slugs[language]}/"


def page_paths(link: content.PageLink | content.PageView) -> dict[str, str]:
    """The address of a page in each language that it has a text in."""
    return {code: page_path(link, code) for code in link.languages}


def collection_paths(found: catalog.CollectionView) -> dict[str, str]:
    """The address of a collection in each language."""
    return {code: f"/{code}/collections/{locale.pick(found.slug, code) or found.handle}/" for code in locale.LANGUAGES}


def maker_paths(handle: str) -> dict[str, str]:
    """The address of a maker in each language."""
    return {code: f"/{code}/makers/{handle}/" for code in locale.LANGUAGES}


def told_in(paths: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """Of these addresses those in a language that something is said in: search engines are told of no others, for
    there stands the text of another language. All of them where nothing is said in any."""
    return {code: path for code, path in paths.items() if texts.get(code)} or dict(paths)


def _page(handle: str, language: str) -> Lead:
    found = content.page_link(handle)
    return (page_path(found, language), found.title_in(language)) if found else NOWHERE


def _category(handle: str, language: str) -> Lead:
    found = search.category(handle, language)
    return (f"/{language}/c/{found.slug}/", found.name) if found else NOWHERE


def _collection(handle: str, language: str) -> Lead:
    found = catalog.collection_by_slug(handle)
    return (collection_paths(found)[language], locale.pick(found.name, language)) if found else NOWHERE


def _maker(handle: str, language: str) -> Lead:
    found = catalog.brand_by_handle(handle)
    return (maker_paths(handle)[language], found.name) if found else NOWHERE


def _product(handle: str, language: str) -> Lead:
    product_id = catalog.product_by_handle(handle)
    cards = search.cards([product_id], language, "") if product_id else []
    return (f"/{language}/p/{cards[0].slug}/", cards[0].title) if cards else NOWHERE


_THINGS: dict[str, Callable[[str, str], Lead]] = {
    "page": _page, "category": _category, "collection": _collection, "maker": _maker, "product": _product,
}  # fmt: skip

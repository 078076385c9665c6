"""What pages point at – categories, collections, goods, makers, pages, forms – and which of it is gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nitka.ground.locale import FALLBACK
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content

_GOODS = ("category", "collection")


def pointers(blocks: Iterable[content.BlockView]) -> set[str]:
    """Everything that the blocks name, as links do: "category:chairs", "form:samples"."""
    return {found for block in blocks for found in _of(content.KINDS[block.kind].fields, block.values)}


def _of(fields: Sequence[content.Field], values: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = values.get(field.name)
        if not value:
            continue
        if field.kind == "items":
            for each in value:
                yield from _of(field.fields, each)
        elif field.kind == "goods":
            yield from (f"{kind}:{value[kind]}" for kind in _GOODS if value.get(kind))
            yield from (f"product:{handle}" for handle in value.get("products", ()))
        elif field.kind == "handles":
            yield from (f"product:{handle}" for handle in value)
        elif field.kind == "code":
            yield f"form:{value}"
        elif field.kind in ("address", "picture") and isinstance(value, str):
            kind, _colon, rest = value.partition(":")
            if kind in _KNOWN:
                yield f"{kind}:{rest.partition('#')[0].partition(':')[0]}"


def menu_pointers() -> set[str]:
    """Everything that the menus lead to."""
    return {found for entries in content.menu_rows().values() for found in _entries(entries)}


def _entries(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for each in entries:
        kind, _colon, rest = str(each.get("to") or "").partition(":")
        if kind in _KNOWN:
            yield f"{kind}:{rest.partition('#')[0]}"
        yield from _entries(each.get("entries") or ())


def gone(named: Iterable[str]) -> list[str]:
    """Of these what shoppers do not find: deleted, or taken off sale."""
    by_kind: dict[str, set[str]] = {}
    for each in named:
        kind, _colon, handle = each.partition(":")
        by_kind.setdefault(kind, set()).add(handle)
    return sorted(
        f"{kind}:{handle}" for kind, handles in by_kind.items() for handle in handles - _KNOWN[kind](handles)
    )  # fmt: skip


def pages_that_name(link: str) -> list[str]:
    """The titles of published pages of which a block points there."""
    found = []
    for each in content.pages():
        page = content.page(each.slug, FALLBACK)
        if page and link in pointers(page.blocks):
            found.append(each.title_in(FALLBACK))
    return found


def _products(handles: set[str]) -> set[str]:
    return set(catalog.product_rows(status="published").filter(handle__in=handles).values_list("handle", flat=True))


_KNOWN = {
    "category": lambda handles: handles & {each.handle for each in catalog.category_tree()},
    "collection": lambda handles: {each for each in handles if catalog.collection_by_slug(each)},
    "product": _products,
    "maker": lambda handles: {each for each in handles if catalog.brand_by_handle(each)},
    "page": lambda handles: {each for each in handles if content.page_link(each)},
    "form": lambda handles: {each for each in handles if content.form(each, FALLBACK)},
}

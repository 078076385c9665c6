"""A shelf of products: what a category page and a search page have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import locale

PAGE_SIZE = 24
MOST_PAGES = 400
OPEN_FACETS = 4
SORTINGS = ("best", "new", "price_up", "price_down")


@dataclass(frozen=True)
class Wish:
    """What the address asks for."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    sort: str
    page: int


@dataclass(frozen=True)
class FacetView:
    label: str
    code: str
    open: bool
    values: Sequence[tuple[str, int, str, bool]]


def wish(query: QueryDict) -> Wish:
    """Read an address as a person may have typed it: what makes no sense is left out, never an error."""
    filters = {
        name[2:]: tuple(value[:200] for value in query.getlist(name)[:20])
        for name in list(query)[:30]
        if name.startswith("f.") and len(name) < 80
    }
    page = query.get("page", "1")
    sort = query.get("sort", "best")
    return Wish(
        text=" ".join(query.get("q", "").replace("\0", " ").split())[:200],
        filters=filters,
        sort=sort if sort in SORTINGS else "best",
        page=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def context(request: HttpRequest, wish: Wish, found: Any) -> dict[str, Any]:
    """What the template `storefront/shelf.html` shows."""
    language: str = request.language  # type: ignore[attr-defined]
    address = _Address(request.path, wish)
    return {
        "total": found.total,
        "cards": found.cards,
        "counted": _counted(found.total, language),
        "facets": [_facet(facet, place, address) for place, facet in enumerate(found.facets)],
        "chips": _chips(found.facets, address),
        "clear": address.clear(),
        "sorting": _sorting(wish, address),
        "pages": _pages(wish.page, found.pages, address),
        "previous": address.page(wish.page - 1) if wish.page > 1 else "",
        "following": address.page(wish.page + 1) if wish.page < found.pages else "",
        "page": wish.page,
        "intro_has_h2": False,
    }


def _counted(total: int, language: str) -> str:
    return ngettext("%(n)s product", "%(n)s products", total) % {"n": locale.format_number(total, language)}


def _sorting(wish: Wish, address: "_Address") -> list[tuple[str, str, bool]]:
    first = _("what fits best") if wish.text else _("what others love")
    words = {"best": first, "new": _("the newest"), "price_up": _("the cheapest"), "price_down": _("the dearest")}
    return [(words[sort], address.sort(sort), sort == wish.sort) for sort in SORTINGS]


def _facet(facet: Any, place: int, address: "_Address") -> FacetView:
    values = [
        (each.label, each.count, address.toggle(facet.code, each.value, each.chosen), each.chosen)
        for each in facet.values
    ]
    return FacetView(facet.label, facet.code, place < OPEN_FACETS or any(v[3] for v in values), values)


def _chips(facets: Sequence[Any], address: "_Address") -> list[tuple[str, str]]:
    return [
        (f"{facet.label}: {each.label}", address.toggle(facet.code, each.value, True))
        for facet in facets
        for each in facet.values
        if each.chosen
    ]


def _pages(page: int, pages: int, address: "_Address") -> list[tuple[str, str, bool]]:
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    links: list[tuple[str, str, bool]] = []
    for place, number in enumerate(near):
        if place and number - near[place - 1] > 1:
            links.append(("…", "", False))
        links.append((str(number), address.page(number), number == page))
    return links


class _Address:
    """Builds the links of a shelf. Facet links are many, so what they share is put together once."""

    def __init__(self, path: str, wish: Wish) -> None:
        self.path = path
        self.text = f"q={quote(wish.text)}" if wish.text else ""
        self.order = f"sort={wish.sort}" if wish.sort != "best" else ""
        self.chosen = [(code, value, self._part(code, value)) for code, vs in wish.filters.items() for value in vs]
        self.parts = [part for _code, _value, part in self.chosen]
        self.base = self._join(self.text, *self.parts, self.order)
        self.start = self.base + ("&" if "?" in self.base else "?")

    def toggle(self, code: str, value: str, chosen: bool) -> str:
        """The address with a facet value chosen, or no longer."""
        if not chosen:
            return self.start + self._part(code, value)
        rest = [part for name, other, part in self.chosen if (name, other) != (code, value)]
        return self._join(self.text, *rest, self.order)

    def sort(self, sort: str) -> str:
        return self._join(self.text, *self.parts, f"sort={sort}" if sort != "best" else "")

    def page(self, number: int) -> str:
        return f"{self.start}page={number}" if number > 1 else self.base

    def clear(self) -> str:
        return self._join(self.text)

    @staticmethod
    def _part(code: str, value: str) -> str:
        return f"f.{quote(code)}={quote(value, safe='')}"

    def _join(self, *parts: str) -> str:
        query = "&".join(part for part in parts if part)
        return f"{self.path}?{query}" if query else self.path

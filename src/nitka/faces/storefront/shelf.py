"""A shelf of products: what a category page and a search page have in common."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import locale, money
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

PAGE_SIZE = 24
# What of an address a shelf reads (`wish`).
PARAMETERS = ("f.*", "price_from", "price_to", "sort", "page")
MOST_PAGES = 400
OPEN_FACETS = 4
# Bounds in minor units; no goods cost more than twelve digits of them.
_PRICE = re.compile(r"[0-9]{0,12}-[0-9]{0,12}")
SORTINGS = ("best", "rated", "new", "price_up", "price_down")


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


def typed(request: HttpRequest) -> str:
    """What was typed into the search box, without what no keyboard makes."""
    return " ".join(request.GET.get("q", "")[:400].replace("\0", " ").split())[:200]


def wish(request: HttpRequest) -> Wish:
    """Read an address as a person may have typed it: what makes no sense is left out, never an error."""
    query = request.GET
    filters = {
        name[2:]: tuple(value[:200].replace("\0", "") for value in query.getlist(name)[:20])
        for name in list(query)[:30]
        if name.startswith("f.") and 2 < len(name) < 80
    }
    filters["price"] = tuple(each for each in filters.get("price", ()) if _PRICE.fullmatch(each))
    if bounds := _bounds(query, _currency(request)):
        filters["price"] = (bounds,)
    if not filters["price"]:
        del filters["price"]
    page = query.get("page", "1")
    sort = query.get("sort", "best")
    return Wish(
        text=typed(request),
        filters=filters,
        sort=sort if sort in SORTINGS else "best",
        page=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )


def _bounds(query: QueryDict, currency: str) -> str:
    """The price form in whole units, as the filter has it: `12`, `` → `1200-`."""
    low, high = (_minor(query.get(name, ""), currency) for name in ("price_from", "price_to"))
    return f"{low}-{high}" if low or high else ""


def _minor(text: str, currency: str) -> str:
    number = text.strip()
    if not (number.isascii() and number.isdecimal() and len(number) < 10 and currency):
        return ""
    return str(int(number) * 10 ** money.exponent(currency))


def _currency(request: HttpRequest) -> str:
    market: str = request.market  # type: ignore[attr-defined]
    return next((each.currency for each in pricing.markets() if each.code == market), "")


def context(request: HttpRequest, wish: Wish, found: search.Found) -> dict[str, Any]:
    """What the template `storefront/shelf.html` shows."""
    language: str = request.language  # type: ignore[attr-defined]
    address = _Address(request.path, wish)
    currency = _currency(request)
    facets = [facet for facet in found.facets if facet.kind != "price"]
    return {
        "total": found.total,
        "cards": found.cards,
        "counted": _counted(found.total, language),
        "price": _price(found.facets, address, currency, language),
        "facets": [_facet(facet, place, address) for place, facet in enumerate(facets)],
        "chips": _chips(found.facets, address, currency, language),
        "clear": address.clear(),
        "sorting": _sorting(wish, address),
        "pages": _pages(wish.page, found.pages, address),
        "previous": address.page(wish.page - 1) if wish.page > 1 else "",
        "following": address.page(wish.page + 1) if wish.page < found.pages else "",
        "page": wish.page,
    }


@dataclass(frozen=True)
class PriceView:
    """The form that narrows by price: bounds in whole units, what is chosen, what else the address holds."""

    label: str
    lowest: int
    highest: int
    low: str
    high: str
    currency: str
    hidden: Sequence[tuple[str, str]]


def _price(facets: Sequence[search.Facet], address: "_Address", currency: str, language: str) -> PriceView | None:
    facet = next((each for each in facets if each.kind == "price"), None)
    if facet is None or not currency:
        return None
    unit = 10 ** money.exponent(currency)
    low, high = (int(each.value) for each in facet.values[:2])
    chosen = facet.values[2].value.partition("-") if len(facet.values) > 2 else ("", "", "")
    first, last = (str(int(bound) // unit) if bound.isdecimal() else "" for bound in (chosen[0], chosen[2]))
    return PriceView(facet.label, low // unit, -(-high // unit), first, last, currency, address.hidden("price"))


def _counted(total: int, language: str) -> str:
    return ngettext("%(n)s product", "%(n)s products", total) % {"n": locale.format_number(total, language)}


def _sorting(wish: Wish, address: "_Address") -> list[tuple[str, str, bool]]:
    first = _("what fits best") if wish.text else _("what others love")
    words = {
        "best": first, "rated": _("the best rated"), "new": _("the newest"), "price_up": _("the cheapest"),
        "price_down": _("the dearest"),
    }  # fmt: skip
    return [(words[sort], address.sort(sort), sort == wish.sort) for sort in SORTINGS]


def _facet(facet: search.Facet, place: int, address: "_Address") -> FacetView:
    values = [
        (each.label, each.count, address.toggle(facet.code, each.value, each.chosen), each.chosen)
        for each in facet.values
    ]
    return FacetView(facet.label, facet.code, place < OPEN_FACETS or any(v[3] for v in values), values)


def _chips(facets: Sequence[search.Facet], address: "_Address", currency: str, language: str) -> list[tuple[str, str]]:
    return [
        (
            _range(each.value, currency, language) if facet.kind == "price" else f"{facet.label}: {each.label}",
            address.toggle(facet.code, each.value, True),
        )
        for facet in facets
        for each in facet.values
        if each.chosen
    ]


def _range(value: str, currency: str, language: str) -> str:
    low, _dash, high = value.partition("-")
    first, last = (locale.format_money(int(b), currency, language) if b.isdecimal() else "" for b in (low, high))
    if first and last:
        return _("%(low)s to %(high)s") % {"low": first, "high": last}
    return _("from %(low)s") % {"low": first} if first else _("to %(high)s") % {"high": last}


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
        self.wish = wish
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

    def hidden(self, without: str) -> list[tuple[str, str]]:
        """What a form must carry on: words, order and all filters but one."""
        fields = [(f"f.{code}", value) for code, value, _part in self.chosen if code != without]
        fields += [("q", self.wish.text)] if self.wish.text else []
        return fields + ([("sort", self.wish.sort)] if self.order else [])

    def clear(self) -> str:
        return self._join(self.text)

    @staticmethod
    @lru_cache(maxsize=8192)
    def _part(code: str, value: str) -> str:
        return f"f.{quote(code)}={quote(value, safe='')}"

    def _join(self, *parts: str) -> str:
        query = "&".join(part for part in parts if part)
        return f"{self.path}?{query}" if query else self.path

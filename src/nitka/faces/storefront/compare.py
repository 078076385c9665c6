"""Up to four products side by side. The address holds which, so it can be sent to somebody and printed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from nitka.faces.storefront import product as product_page
from nitka.faces.storefront import promises
from nitka.faces.storefront.page import show, tax_note
from nitka.ground import locale
from nitka.ground.web.public import public_page, shown
from nitka.shelf.search import queries as search

MOST = 4
SUGGESTED = 6


@dataclass(frozen=True)
class Cell:
    """A value as it is read; `best` where the row has a better and a worse."""

    text: str | Markup
    best: bool = False


@dataclass(frozen=True)
class Row:
    """One thing said of all of them. `same`: all say the same, so it decides nothing."""

    label: str
    cells: Sequence[Cell]
    same: bool


@dataclass(frozen=True)
class Column:
    """A product at the top of its column."""

    slug: str
    title: str
    brand: str
    href: str
    picture: Mapping[str, Any] | None
    without: str


@require_safe
@public_page("p", "only", "q")
def compare(request: HttpRequest, language: str) -> HttpResponse:
    """The products that `?p=` names, as a table; fewer than two ask for another."""
    market: str = request.market  # type: ignore[attr-defined]
    found = _found(request.GET.getlist("p"), language, market)
    only = request.GET.get("only") == "differences"
    slugs = [each.slug for each in found]
    rows = list(_rows(found, request)) if found else []
    # With room for another, what is sold tomorrow may stand here too, and what is searched for is of the index.
    others = () if len(found) == MOST else ("product:", "@index")
    shown(request, *(f"product:{each.product_id}" for each in found), *others,
          until=promises.until(promises.best(market)))  # fmt: skip
    context = {
        "columns": [_column(each, slugs, language) for each in found],
        "rows": [row for row in rows if not (only and row.same and len(found) > 1)],
        "hidden": sum(row.same for row in rows) if len(found) > 1 else 0,
        "only": only,
        "all_href": address(language, slugs),
        "only_href": address(language, slugs, only="differences"),
        "more": _more(request, slugs, language, market) if len(found) < MOST else None,
        "slugs": slugs,
        "tax_note": tax_note(market),
    }
    return show(request, "storefront/compare.html", context)


def address(language: str, slugs: Sequence[str], **more: str) -> str:
    """The page that compares these."""
    query = urlencode([("p", slug) for slug in slugs] + list(more.items()))
    return f"/{language}/compare?{query}" if query else f"/{language}/compare"


def _found(slugs: Sequence[str], language: str, market: str) -> list[search.ProductPage]:
    """The products that are there, each once, however its address was written."""
    found: dict[str, search.ProductPage] = {}
    for slug in list(dict.fromkeys(slugs))[: 2 * MOST]:
        page = search.product_page(slug=slug[:200].replace("\0", ""), language=language, market=market)
        if page is not None and len(found) < MOST:
            found.setdefault(str(page.product_id), page)
    return list(found.values())


def _column(found: search.ProductPage, slugs: Sequence[str], language: str) -> Column:
    picture = next((each for each in found.media if each["kind"] == "picture"), None)
    rest = [slug for slug in slugs if slug != found.slug]
    return Column(
        found.slug, found.title, found.brand, f"/{language}/p/{found.slug}/", picture, address(language, rest)
    )


@dataclass(frozen=True)
class More:
    """What could stand beside them: (title, address that has it too)."""

    typed: str
    links: Sequence[tuple[str, str]]


def _more(request: HttpRequest, slugs: Sequence[str], language: str, market: str) -> More:
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    if not typed:
        return More("", ())
    cards = search.find(text=typed, page_size=SUGGESTED + MOST, language=language, market=market).cards
    fresh = [card for card in cards if card.slug not in slugs][:SUGGESTED]
    return More(typed, [(card.title, address(language, [*slugs, card.slug])) for card in fresh])


def _rows(found: Sequence[search.ProductPage], request: HttpRequest) -> Iterator[Row]:
    """Price and delivery first, then what all have, then attributes in their order."""
    language: str = request.language  # type: ignore[attr-defined]
    units: locale.Units = request.units  # type: ignore[attr-defined]
    market: str = request.market  # type: ignore[attr-defined]
    yield _row(
        _("Price"), [_price(each, language) for each in found], [_own(each.price_minor) for each in found], "lower"
    )
    if any(each.opinions and each.opinions.get("count") for each in found):
        yield _row(_("Rating"), [_rating(each, language) for each in found], [_mean(each) for each in found], "higher")
    yield _row(_("Availability"), [_stock(each) for each in found])
    promise = promises.for_product(promises.best(market), language)
    if promise:
        words = Markup("%s<br><small>%s</small>") % (promise.words, promise.price_words)
        yield _row(_("Delivery"), [words if each.in_stock else "" for each in found])
    for code, label in _options(found):
        yield _row(label, [_choices(each, code) for each in found])
    for place, label in enumerate((_("Width"), _("Depth"), _("Height"))):
        yield from _measured(label, found, partial(_side, place), locale.length, units, language)
    yield from _measured(_("Weight"), found, lambda one: [one.weight_g], locale.weight, units, language)
    yield from _attributes(found, units, language)


def _row(label: str, texts: Sequence[str | Markup], values: Sequence[float | None] = (), better: str = "") -> Row:
    """A row of texts; where `better` is "higher" or "lower" and the values differ, the best of them is marked."""
    known = [value for value in values if value is not None]
    best = None
    if better and len(set(known)) > 1:
        best = max(known) if better == "higher" else min(known)
    marked = [best is not None and value == best for value in values] or [False] * len(texts)
    cells = [Cell(text, mark) for text, mark in zip(texts, marked, strict=True)]
    return Row(label, cells, len({str(text) for text in texts}) == 1)


def _own(minor: int | None) -> float | None:
    return float(minor) if minor is not None else None


def _price(found: search.ProductPage, language: str) -> str:
    if found.price_minor is None:
        return _("Not sold in your country")
    price = locale.format_money(found.price_minor, found.currency, language)
    return _("from %(price)s") % {"price": price} if found.from_price else price


def _mean(found: search.ProductPage) -> float | None:
    said = found.opinions or {}
    return float(said["mean"]) if said.get("count") else None


def _rating(found: search.ProductPage, language: str) -> str:
    mean = _mean(found)
    if mean is None or found.opinions is None:
        return ""
    stars = locale.format_number(round(mean / 100, 1), language)
    return _("%(stars)s of 5 (%(n)s)") % {"stars": stars, "n": found.opinions["count"]}


def _stock(found: search.ProductPage) -> str:
    bands = {each.available for each in found.variants if each.price_minor is not None}
    if bands <= {"none"}:
        return _("Sold out for now")
    return _("In stock") if "many" in bands else _("Only a few left")


def _options(found: Sequence[search.ProductPage]) -> list[tuple[str, str]]:
    """The options of all of them, each once, by the first name that it has."""
    names: dict[str, str] = {}
    for each in found:
        for option in each.options:
            names.setdefault(option["code"], option["name"])
    return list(names.items())


def _choices(found: search.ProductPage, code: str) -> str:
    option = next((each for each in found.options if each["code"] == code), None)
    return ", ".join(value["name"] for value in option["values"]) if option else ""


def _side(place: int, variant: search.VariantOnPage) -> Sequence[int | None]:
    return variant.dimensions_mm[place : place + 1]


def _measured(
    label: str, found: Sequence[search.ProductPage], of: Callable[[Any], Sequence[int | None]],
    say: Callable[..., str], units: locale.Units, language: str,
) -> Iterator[Row]:  # fmt: skip
    """A measure of each product, from its smallest to its largest variant; no row where none has it."""
    texts = []
    for each in found:
        sizes = sorted({size for one in each.variants for size in of(one) if size})
        ends = [say(size, units, language) for size in dict.fromkeys((sizes[0], sizes[-1]))] if sizes else []
        texts.append(" – ".join(ends))
    if any(texts):
        yield _row(label, texts)


def _attributes(found: Sequence[search.ProductPage], units: locale.Units, language: str) -> Iterator[Row]:
    """What is said of them, aligned by code: one code has one kind and one unit in the whole shop."""
    by_code = [{one["code"]: one for one in each.attributes} for each in found]
    known = {code: one for said in reversed(by_code) for code, one in said.items()}
    for code, view in sorted(known.items(), key=lambda pair: (pair[1]["position"], pair[0])):
        said = [one.get(code) for one in by_code]
        texts = [product_page.value_of(one, units, language) if one else "" for one in said]
        yield _row(view["label"], texts, [_number(one) for one in said], view.get("better", ""))


def _number(attribute: Mapping[str, Any] | None) -> float | None:
    """The value as it may be weighed against another: a number, or yes over no."""
    if attribute is None or attribute["kind"] not in ("number", "boolean"):
        return None
    value = attribute["value"]
    return float(value) if isinstance(value, bool | int | float) else None

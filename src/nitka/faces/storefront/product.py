"""A product: what it is, which variant, what it costs here, when it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.faces.storefront import deciding, happenings, previews, promises, structured, structured_product
from nitka.faces.storefront.colours import hexes_of
from nitka.faces.storefront.page import show, tax_note
from nitka.faces.storefront.pictures import unit_word
from nitka.faces.storefront.reviews import reviews_part
from nitka.faces.storefront.sharing import share_part
from nitka.faces.storefront.visitors import with_query
from nitka.ground import locale
from nitka.ground.web.public import public_page, shown
from nitka.shelf.search import queries as search

# The same few measures are written again and again, and CLDR takes its time over each.
_length = lru_cache(maxsize=8192)(locale.length)
_weight = lru_cache(maxsize=8192)(locale.weight)
_measure = lru_cache(maxsize=8192)(locale.measure)


@dataclass(frozen=True)
class VariantView:
    """A variant in words: every text that changes with the choice."""

    id: str
    sku: str
    options: str
    price: str
    before: str
    lowest: str
    unit_price: str
    steps: str
    stock: str
    band: str
    buyable: bool


@dataclass(frozen=True)
class ValueView:
    code: str
    label: str
    colour: str
    href: str
    chosen: bool
    gone: bool


@dataclass(frozen=True)
class OptionView:
    code: str
    label: str
    chosen: str
    values: Sequence[ValueView]


@public_page("variant")
def product(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The page of one product, with the variant that `?variant=` names or the first that can be had."""
    market, units = request.market, request.units  # type: ignore[attr-defined]
    found = search.product_page(slug=slug, language=language, market=market)
    if found is None:
        raise Http404
    paths = {code: f"/{code}/p/{locale.pick(found.slugs, code)}/" for code in locale.LANGUAGES}
    if paths[language] != f"/{language}/p/{slug}/":
        return HttpResponsePermanentRedirect(with_query(request, paths[language]))
    promise = promises.best(market)
    shown(request, *(f"product:{each}" for each in (found.product_id, *(other for other, _kind in found.related))),
          until=promises.until(promise))  # fmt: skip
    chosen = _chosen(found.variants, request.GET.get("variant", ""))
    pictures = [each for each in found.media if each["kind"] == "picture"]
    trail = [structured.start(language), *((s["name"], f"/{language}/c/{s['slug']}/") for s in found.breadcrumbs)]
    context = {
        "product": found,
        "pictures": _pictures_first(pictures, chosen),
        **_told(found, chosen, units, language),
        "promise": promises.for_product(promise, language),
        **deciding.part(found, chosen, pictures, request),
        "tax_note": tax_note(market),
        "happened": happenings.product_viewed(found, chosen),
        "structured": structured_product.product(found, pictures, paths[language], request, promise)
        + structured.breadcrumbs([*trail, (found.title, paths[language])], request),
        "social": _social(found, request),
        "trail": [*trail, (found.title, "")],
        **reviews_part(found, language),
        **share_part(request, paths[language], found.title, pictures[0]["src"] if pictures else ""),
    }
    own = {code: path for code, path in paths.items() if code in found.slugs}
    return show(request, "storefront/product.html", context, paths=own, room=trail[1][1] if len(trail) > 1 else "")


_NONE = VariantView("", "", "", "", "", "", "", "", "", "none", False)


def _goods(found: search.ProductPage) -> list[str]:
    """What this page shows: the product, and those beside it."""
    return [f"product:{each}" for each in (found.product_id, *(other for other, _kind in found.related))]


def _social(found: search.ProductPage, request: HttpRequest) -> Markup:
    return previews.tags(
        request, "product", found.slug, title=found.title, description=found.seo["description"], og_type="product"
    )


def _told(
    found: search.ProductPage, chosen: search.VariantOnPage | None, units: locale.Units, language: str
) -> dict[str, Any]:
    """What can be chosen, and what is said of it."""
    views = {each.sku: _variant(each, found.currency, language) for each in found.variants}
    return {
        "chosen": views[chosen.sku] if chosen else _NONE,
        "variants": list(views.values()) if len(views) > 1 else (),
        "options": _options(found, chosen) if chosen else (),
        "waits": _sold_out(found),
        "measures": _measures(found.variants, chosen, units, language),
        "attributes": values_of(found, units, language, green=False),
        "green": values_of(found, units, language, green=True),
        "documents": [_document(each, language) for each in found.documents],
        "description": Markup(found.description_html),  # noqa: S704 (cleaned when it was stored)
    }


def _pictures_first(pictures: list[Any], chosen: search.VariantOnPage | None) -> list[Any]:
    """Pictures of the chosen variant before those of others; those of all stay where they are."""
    if chosen is None:
        return pictures
    return sorted(pictures, key=lambda each: not each["options"].items() <= chosen.options.items())


def _document(media: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    size = media["size"] or 0
    ending = str(media["original"]).rpartition(".")[2].upper()
    kilobytes = locale.format_number(-(-size // 1024), language)
    return media["title"] or media["alt"], media["original"], f"{ending}, {kilobytes} KB" if size else ending


def _chosen(variants: Sequence[search.VariantOnPage], wanted: str) -> search.VariantOnPage | None:
    if wanted:
        for each in variants:
            if wanted in (each.sku, str(each.id)):
                return each
    for each in variants:
        if each.available != "none" and each.price_minor is not None:
            return each
    return variants[0] if variants else None


def _variant(variant: search.VariantOnPage, currency: str, language: str) -> VariantView:
    priced = variant.price_minor is not None
    before, lowest = variant.compare_at_minor, variant.lowest_30_days_minor
    return VariantView(
        id=str(variant.id),
        sku=variant.sku,
        options=" ".join(f"{code}={value}" for code, value in variant.options.items()),
        price=locale.format_money(variant.price_minor, currency, language) if variant.price_minor is not None else "",
        before=locale.format_money(before, currency, language) if before else "",
        lowest=_lowest(lowest, currency, language) if before and lowest else "",
        unit_price=_unit_price(variant, currency, language),
        steps=" · ".join(_step(start, minor, currency, language) for start, minor in variant.steps),
        stock=_stock(variant.available),
        band=variant.available,
        buyable=priced and variant.available != "none",
    )


def _lowest(minor: int, currency: str, language: str) -> str:
    """A reduced price names the lowest of the 30 days before (directive 98/6/EC, article 6a)."""
    return _("Lowest price of the last 30 days: %(price)s") % {"price": locale.format_money(minor, currency, language)}


def _step(start: int, minor: int, currency: str, language: str) -> str:
    price = locale.format_money(minor, currency, language)
    return _("from %(n)d pieces %(price)s each") % {"n": start, "price": price}


def _unit_price(variant: search.VariantOnPage, currency: str, language: str) -> str:
    if variant.unit_price_minor is None:
        return ""
    price = locale.format_money(variant.unit_price_minor, currency, language)
    return _("%(price)s for 1 %(unit)s") % {"price": price, "unit": unit_word(variant.unit, language)}


def _sold_out(found: search.ProductPage) -> list[tuple[str, str]]:
    """What a shopper may wait for: variants that are sold here, but cannot be had now."""
    names = {(option["code"], value["code"]): value["name"] for option in found.options for value in option["values"]}
    return [
        (str(each.id), ", ".join(names.get(pair, pair[1]) for pair in each.options.items()) or found.title)
        for each in found.variants
        if each.available == "none" and each.price_minor is not None
    ]


def _stock(band: str) -> str:
    return {"none": _("Sold out for now"), "few": _("Only a few left")}.get(band, _("In stock"))


def _options(found: search.ProductPage, chosen: search.VariantOnPage) -> list[OptionView]:
    """The options as links: each leads to the variant that differs in this one option, else to the nearest."""
    views = []
    for option in found.options:
        code, values = option["code"], option["values"]
        colours = hexes_of(value["code"] for value in values)
        views.append(
            OptionView(
                code,
                option["name"],
                next((value["name"] for value in values if value["code"] == chosen.options.get(code)), ""),
                [
                    _option_value(found.variants, chosen, code, value, colours.get(value["code"], ""))
                    for value in values
                ],
            )
        )
    return views


def _option_value(
    variants: Sequence[search.VariantOnPage],
    chosen: search.VariantOnPage,
    option: str,
    value: Mapping[str, str],
    colour: str,
) -> ValueView:
    with_it = [each for each in variants if each.options.get(option) == value["code"]]
    target = max(with_it, key=lambda each: _likeness(each.options, chosen.options), default=None)
    exact = target is not None and _likeness(target.options, chosen.options) >= len(chosen.options) - 1
    return ValueView(
        value["code"], value["name"], colour,
        f"?variant={quote(target.sku)}" if target else "",
        chosen.options.get(option) == value["code"],
        not (exact and target and target.available != "none" and target.price_minor is not None),
    )  # fmt: skip


def _likeness(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    return sum(1 for code, value in one.items() if other.get(code) == value)


def _measures(
    variants: Sequence[search.VariantOnPage], chosen: search.VariantOnPage | None, units: Any, language: str
) -> list[tuple[str, bool, list[Any]]]:
    """Measures of each variant as (SKUs, whether shown now, rows); variants of one size share them."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for each in variants:
        groups.setdefault((*each.dimensions_mm, each.weight_g or 0), []).append(each.sku)
    labels = (_("Width"), _("Depth"), _("Height"))
    views = []
    for (*sides, weight), skus in groups.items():
        rows = [(label, _length(side, units, language)) for label, side in zip(labels, sides, strict=True) if side]
        if weight:
            rows.append((_("Weight"), _weight(weight, units, language)))
        if rows:
            views.append((" ".join(skus), chosen is not None and chosen.sku in skus, rows))
    return views


def values_of(found: search.ProductPage, units: locale.Units, language: str, *, green: bool) -> list[tuple[str, str]]:
    """What is said of the product, as (name, value): all but what speaks of sustainability, or that alone."""
    return [
        (each["label"], value_of(each, units, language))
        for each in found.attributes
        if each.get("sustainability", False) == green
    ]


def value_of(attribute: Mapping[str, Any], units: locale.Units, language: str) -> str:
    """The value of an attribute in words, with its unit."""
    value, unit = attribute["value"], attribute["unit"]
    if attribute["kind"] == "boolean":
        return _("Yes") if value else _("No")
    if attribute["kind"] == "number" and isinstance(value, int | float):
        return _measure(value, unit, units, language)
    return f"{attribute['text']} {unit}".strip()

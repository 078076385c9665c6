"""A product: what it is, which variant, what it costs here, when it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from nitka.faces.storefront import promises, structured
from nitka.faces.storefront.page import show, tax_note
from nitka.ground import locale
from nitka.shelf.search import queries as search

FEW = 5


@dataclass(frozen=True)
class VariantView:
    """A variant in words: every text that changes with the choice."""

    id: str
    sku: str
    options: str
    price: str
    before: str
    unit_price: str
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


def product(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The page of one product, with the variant that `?variant=` names or the first that can be had."""
    market: str = request.market  # type: ignore[attr-defined]
    found = search.product_page(slug=slug, language=language, market=market)
    if found is None:
        raise Http404
    paths = {code: f"/{code}/p/{locale.pick(found.slugs, code)}/" for code in locale.LANGUAGES}
    if paths[language] != f"/{language}/p/{slug}/":
        return HttpResponsePermanentRedirect(paths[language])
    chosen = _chosen(found.variants, request.GET.get("variant", ""))
    views = {each.sku: _variant(each, found.currency, language) for each in found.variants}
    context = {
        "product": found,
        "about": found.seo_description or found.summary,
        "pictures": found.media,
        "chosen": views[chosen.sku] if chosen else _NONE,
        "variants": list(views.values()) if len(views) > 1 else (),
        "options": _options(found, chosen) if chosen else (),
        "measures": _measures(found.variants, chosen, request.units, language),  # type: ignore[attr-defined]
        "attributes": [(each.label, _value(each, request.units, language)) for each in found.attributes],  # type: ignore[attr-defined]
        "documents": found.documents,
        "description": Markup(found.description_html),  # noqa: S704 (cleaned when it was stored)
        "promise": promises.for_product(promises.best(market, language), language),
        "related": search.cards(found.related, language, market)[:4] if found.related else [],
        "tax_note": tax_note(market),
        "structured": structured.product(found, found.media, paths[language], request),
    }
    trail = [structured.start(language), *_trail(found, language)]
    context |= {"trail": [*trail, (found.title, "")]}
    context["structured"] += structured.breadcrumbs([*trail, (found.title, paths[language])], request)
    return show(request, "storefront/product.html", context, paths=paths, room=trail[1][1] if len(trail) > 1 else "")


_NONE = VariantView("", "", "", "", "", "", "", "none", False)


def _trail(found: Any, language: str) -> list[tuple[str, str]]:
    return [(name, f"/{language}/c/{slug}/") for name, slug in found.breadcrumbs]


def _chosen(variants: Sequence[Any], wanted: str) -> Any:
    if wanted:
        for each in variants:
            if wanted in (each.sku, str(each.id)):
                return each
    for each in variants:
        if each.available and each.price_minor is not None:
            return each
    return variants[0] if variants else None


def _variant(variant: Any, currency: str, language: str) -> VariantView:
    priced = variant.price_minor is not None
    before = variant.compare_at_minor
    return VariantView(
        id=str(variant.id),
        sku=variant.sku,
        options=" ".join(f"{code}={value}" for code, value in variant.options.items()),
        price=locale.format_money(variant.price_minor, currency, language) if priced else "",
        before=locale.format_money(before, currency, language) if before else "",
        unit_price=variant.unit_price or "",
        stock=_stock(variant.available),
        band="none" if variant.available <= 0 else "few" if variant.available <= FEW else "more",
        buyable=priced and variant.available > 0,
    )


def _stock(available: int) -> str:
    if available <= 0:
        return _("Sold out for now")
    if available <= FEW:
        return ngettext("Only %(n)s left", "Only %(n)s left", available) % {"n": available}
    return _("In stock")


def _options(found: Any, chosen: Any) -> list[OptionView]:
    """The options as links: each leads to the variant that differs in this one option, else to the nearest."""
    return [
        OptionView(
            option.code,
            option.label,
            next((v.label for v in option.values if v.code == chosen.options.get(option.code)), ""),
            [_option_value(found.variants, chosen, option, value) for value in option.values],
        )
        for option in found.options
    ]


def _option_value(variants: Sequence[Any], chosen: Any, option: Any, value: Any) -> ValueView:
    with_it = [each for each in variants if each.options.get(option.code) == value.code]
    target = max(with_it, key=lambda each: _likeness(each.options, chosen.options), default=None)
    exact = target is not None and _likeness(target.options, chosen.options) >= len(chosen.options) - 1
    return ValueView(
        value.code, value.label, value.colour or "",
        f"?variant={target.sku}" if target else "",
        chosen.options.get(option.code) == value.code,
        not (exact and target and target.available > 0),
    )  # fmt: skip


def _likeness(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    return sum(1 for code, value in one.items() if other.get(code) == value)


def _measures(variants: Sequence[Any], chosen: Any, units: Any, language: str) -> list[tuple[str, bool, list[Any]]]:
    """Measures of each variant as (SKUs, whether shown now, rows); variants of one size share them."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for each in variants:
        groups.setdefault((*(each.dimensions_mm or (0, 0, 0)), each.weight_g or 0), []).append(each.sku)
    labels = (_("Length"), _("Width"), _("Height"))
    views = []
    for (*sides, weight), skus in groups.items():
        rows = [(label, locale.length(side, units, language)) for label, side in zip(labels, sides, strict=True) if side]
        if weight:
            rows.append((_("Weight"), locale.weight(weight, units, language)))
        if rows:
            views.append((" ".join(skus), chosen is not None and chosen.sku in skus, rows))
    return views


def _value(attribute: Any, units: Any, language: str) -> str:
    if attribute.kind == "boolean":
        return _("Yes") if attribute.value else _("No")
    if attribute.kind == "number":
        if attribute.unit == "mm":
            return locale.length(attribute.value, units, language)
        if attribute.unit == "g":
            return locale.weight(attribute.value, units, language)
        return f"{locale.format_number(attribute.value, language)} {attribute.unit}".strip()
    return str(attribute.value)

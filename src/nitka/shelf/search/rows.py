"""From the catalogue, prices and stock to the rows that pages read: what can be computed is computed here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from nitka.ground import money
from nitka.ground.locale import LANGUAGES, pick
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.reviews import queries as reviews

from . import opinions
from .entry import Entry

_LONGEST_FACET = 60
_COLOURS = {"color", "colour"}


@dataclass(frozen=True)
class Around:
    """What all products share: asked once for any number of them."""

    categories: Mapping[UUID, Any]
    facets: Mapping[UUID, tuple[str, ...]]
    attributes: Mapping[str, Any]
    makers: Mapping[UUID, Any]


@dataclass
class Rows:
    """Rows by table, and the labels that products brought along: {(code, value): (texts, position)}."""

    texts: list[tuple[Any, ...]] = field(default_factory=list)
    offers: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    labels: dict[tuple[str, str], tuple[Mapping[str, str], int]] = field(default_factory=dict)


def around(codes: Iterable[str] | None = None) -> Around:
    """Categories, their facets, makers and these attributes (all without codes), in four queries."""
    nodes = {node.id: node for node in catalog.category_tree()}
    return Around(nodes, catalog.category_facets(), catalog.attributes(codes), catalog.brands())


def rows_of(product_ids: Sequence[UUID], shared: Around | None = None) -> Rows:
    """The rows of those products that are published and have a variant on sale; others have none."""
    sources = [source for source in catalog.product_source(product_ids) if source.status == "published"]
    shared = shared or around({code for source in sources for code in source.attributes})
    variant_ids = [variant.id for source in sources for variant in source.variants if variant.active]
    prices = pricing.all_prices(variant_ids)
    stock = inventory.available(variant_ids)
    said = reviews.opinions_of([source.id for source in sources], LANGUAGES)
    rows = Rows()
    for source in sources:
        if any(variant.active for variant in source.variants) and any(source.title.values()):
            _add(rows, source, shared, prices, stock, said.get(source.id, {}))
    return rows


def _add(
    rows: Rows, source: Any, shared: Around, prices: Mapping[UUID, Any], stock: Mapping[UUID, int],
    said: Mapping[str, Any],
) -> None:  # fmt: skip
    variants = [variant for variant in source.variants if variant.active]
    offer = _offer(variants, prices, stock)
    spoken = [language for language in LANGUAGES if source.title.get(language)]
    facets = _facets(source, variants, shared, rows)
    for language in spoken:
        card, data = _card(source, language), _page(source, variants, shared, language, spoken)
        if language in said:
            card["rating"], data["opinions"] = opinions.short(said[language]), opinions.of(said[language], language)
        rows.texts.append((source.id, language, source.slug.get(language) or source.handle, _json(card), _json(data)))
    rows.offers.append((source.id, _json(_offer_card(offer)), _json(offer)))
    rating = opinions.rating_of(said)
    facets = (*facets, *opinions.facets(rating))
    entry = _entry(source, variants, shared, offer, facets, spoken)
    rows.entries.append((source.id, _json(entry.as_dict() | {"rated": rating.rank if rating else 0})))


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _offer(variants: Iterable[Any], prices: Mapping[UUID, Any], stock: Mapping[UUID, int]) -> dict[str, Any]:
    """{"stock": {variant: band}, "markets": {code: {currency, minor, compare, lowest, unit_minor, unit, from,
    variants}}}"""
    markets: dict[str, Any] = {}
    bands, units = {}, {}
    for variant in variants:
        bands[str(variant.id)], units[str(variant.id)] = inventory.band(stock.get(variant.id, 0)), variant.unit
        for code, price in prices.get(variant.id, {}).items():
            market = markets.setdefault(code, {"currency": price.currency, "variants": {}})
            market["variants"][str(variant.id)] = [
                price.minor,
                price.compare_at_minor,
                price.lowest_30_days_minor,
                _unit_minor(price.minor, variant.unit_quantity) if variant.unit else None,
                price.steps,
            ]
    for market in markets.values():
        cheapest, lowest = min(market["variants"].items(), key=lambda pair: pair[1][0])
        market["minor"], market["compare"], market["lowest"], market["unit_minor"] = lowest[:4]
        market["unit"] = units[cheapest]
        market["from"] = any(price[0] != lowest[0] for price in market["variants"].values())
    return {"stock": bands, "markets": markets}


def _unit_minor(minor: int, quantity: Decimal | None) -> int | None:
    return money.round_half_up(Decimal(minor) / quantity) if quantity else None


def _offer_card(offer: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "in_stock": any(band != "none" for band in offer["stock"].values()),
        "markets": {
            code: [market[name] for name in ("minor", "compare", "currency", "from", "lowest", "unit_minor", "unit")]
            for code, market in offer["markets"].items()
        },
    }


def _media(view: Any, language: str) -> dict[str, Any]:
    return {
        "kind": view.kind, "src": view.src, "srcset": view.srcset, "sources": view.sources, "original": view.original,
        "width": view.width, "height": view.height, "placeholder": view.placeholder, "alt": pick(view.alt, language),
        "title": pick(view.title, language), "options": view.options, "size": view.size,
        "outline": view.outline,
    }  # fmt: skip


def _card(source: Any, language: str) -> dict[str, Any]:
    shown = [view for view in source.media if view.kind == "picture"]
    # Second comes one that stands for every colour (the goods in a room), before the next colour of the first.
    second = sorted(shown[1:], key=lambda view: bool(view.options))[:1]
    pictures = [_media(view, language) for view in (*shown[:1], *second)]
    for picture in pictures:
        for name in ("kind", "original", "title", "options", "size", "outline"):
            del picture[name]
    swatches = [
        {"code": value["code"], "name": pick(value["name"], language)}
        for option in source.options
        if option["code"] in _COLOURS
        for value in option["values"]
    ]
    return {
        "title": source.title[language], "brand": source.brand, "swatches": swatches,
        "picture": pictures[0] if pictures else None, "picture2": pictures[1] if len(pictures) > 1 else None,
    }  # fmt: skip


def _page(source: Any, variants: Sequence[Any], shared: Around, language: str, spoken: Sequence[str]) -> dict[str, Any]:
    media = [_media(view, language) for view in source.media]
    nodes = [shared.categories[one] for one in source.category_ids if one in shared.categories]
    maker = shared.makers.get(source.brand_id)
    return {
        "handle": source.handle, "language": language, "brand": source.brand, "maker": source.brand_handle,
        "tags": source.tags,
        "slugs": {one: source.slug.get(one) or source.handle for one in spoken},
        "title": source.title[language], "summary": pick(source.summary, language),
        "description_html": pick(source.description, language), "kind": source.kind, "tax_class": source.tax_class,
        "breadcrumbs": [
            {"handle": node.handle, "name": pick(node.name, language), "slug": pick(node.slug, language)}
            for node in nodes
        ],
        "category": nodes[-1].handle if nodes else "",
        "options": [_option(option, language) for option in source.options],
        "variants": [_variant(variant, source, language) for variant in variants],
        "attributes": _attributes(source, shared, language),
        "media": [one for one in media if one["kind"] != "document"],
        "documents": [one for one in media if one["kind"] == "document"],
        "related": [[str(other), kind] for other, kind in source.related],
        "maker_story": pick(maker.description, language) if maker else "",
        "seo": {
            "title": pick(source.seo_title, language) or source.title[language],
            "description": pick(source.seo_description, language) or pick(source.summary, language),
        },
    }  # fmt: skip


def _option(option: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "code": option["code"],
        "name": pick(option["name"], language),
        "values": [{"code": value["code"], "name": pick(value["name"], language)} for value in option["values"]],
    }


def _variant(variant: Any, source: Any, language: str) -> dict[str, Any]:
    chosen = [
        pick(value["name"], language)
        for option in source.options
        for value in option["values"]
        if variant.options.get(option["code"]) == value["code"]
    ]
    return {
        "id": str(variant.id), "sku": variant.sku, "gtin": variant.gtin, "mpn": variant.mpn,
        "options": variant.options, "option_text": ", ".join(chosen), "weight_g": variant.weight_g,
        "dimensions_mm": [variant.length_mm, variant.width_mm, variant.height_mm], "unit": variant.unit,
        "unit_quantity": _plain_number(variant.unit_quantity),
    }  # fmt: skip


def _plain_number(number: Decimal | None) -> str:
    return f"{number.normalize():f}" if number else ""


def values_of(value: Any) -> list[Any]:
    """An attribute's value as a list: a choice may be many, a text may be {language: text}."""
    return [one for one in value if one not in ("", None)] if isinstance(value, list) else [value]


def _attributes(source: Any, shared: Around, language: str) -> list[dict[str, Any]]:
    shown = []
    for code, value in source.attributes.items():
        view = shared.attributes.get(code)
        if view is None or value in ("", None):
            continue
        texts = [_said(one, view, language) for one in values_of(value)]
        shown.append({
            "code": code, "label": pick(view.name, language) or code, "value": value if len(texts) == 1 else texts,
            "text": ", ".join(str(text) for text in texts), "unit": view.unit, "kind": view.kind,
            "position": view.position, "better": view.better, "sustainability": view.sustainability,
        })  # fmt: skip
    shown.sort(key=lambda one: one["position"])
    return shown


def _said(value: Any, view: Any, language: str) -> Any:
    if isinstance(value, dict):
        return pick(value, language)
    if view.kind == "choice":
        return pick(view.choices.get(str(value), {}), language) or value
    return value


def _facets(source: Any, variants: Sequence[Any], shared: Around, rows: Rows) -> tuple[str, ...]:
    """The terms a product is counted under: brand, options of its variants, and attributes that are facets here."""
    found = {f"brand={source.brand}"} if source.brand else set()
    here = {code for one in source.category_ids for code in shared.facets.get(one, ())}
    for code, value in source.attributes.items():
        view = shared.attributes.get(code)
        if view is None or not (view.facet or code in here):
            continue
        for one in values_of(value):
            key = facet_value(one)
            if key and len(key) <= _LONGEST_FACET:
                found.add(f"{code}={key}")
                if isinstance(one, dict):
                    rows.labels.setdefault((code, key), (one, 0))
    for option in source.options:
        sold = {variant.options.get(option["code"]) for variant in variants}
        rows.labels.setdefault((option["code"], ""), (option["name"], 0))
        for position, value in enumerate(option["values"]):
            if value["code"] in sold:
                found.add(f"{option['code']}={value['code']}")
                rows.labels.setdefault((option["code"], value["code"]), (value["name"], position))
    return tuple(sorted(found))


def facet_value(value: Any) -> str:
    """A value as it stands in an address: 2.0 → "2", True → "yes", {"en": "Oak"} → "Oak"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return pick(value, "en")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _entry(
    source: Any, variants: Sequence[Any], shared: Around, offer: Mapping[str, Any], facets: tuple[str, ...],
    spoken: Sequence[str],
) -> Entry:  # fmt: skip
    nodes = [shared.categories[one] for one in source.category_ids if one in shared.categories]
    moment = source.published_at or source.created_at
    details = {language: _details(source, shared, language) for language in spoken}
    return Entry(
        product_id=str(source.id),
        title={language: source.title[language] for language in spoken},
        slug={language: source.slug.get(language) or source.handle for language in spoken},
        summary={language: source.summary.get(language, "") for language in spoken},
        description={language: source.description.get(language, "") for language in spoken},
        details=details,
        category={language: pick(nodes[-1].name, language) if nodes else "" for language in spoken},
        categories=tuple(node.handle for node in nodes),
        brand=source.brand,
        models=tuple(dict.fromkeys(variant.mpn for variant in variants if variant.mpn))[:20],
        codes=tuple(code for variant in variants for code in (variant.sku, variant.gtin, *variant.more_gtins) if code),
        facets=facets,
        prices={code: market["minor"] for code, market in offer["markets"].items()},
        in_stock=any(band != "none" for band in offer["stock"].values()),
        created=int(moment.timestamp()),
    )


def _details(source: Any, shared: Around, language: str) -> str:
    """Values of attributes, option values and tags as searchable text; bare numbers find nothing sensible."""
    words = [
        str(_said(one, view, language))
        for code, value in source.attributes.items()
        if (view := shared.attributes.get(code)) and view.kind in ("text", "choice")
        for one in values_of(value)
    ]
    words += [pick(value["name"], language) for option in source.options for value in option["values"]]
    return " ".join((*words, *source.tags))

"""The demo shop's files as the drafts that the catalogue takes."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nitka.seeds import files, gallery
from nitka.shelf.catalog import queries as catalog


def categories() -> list[catalog.CategoryDraft]:
    """The six categories with their filters."""
    fields = ("handle", "name", "intro", "seo_description", "slug", "position")
    return [
        catalog.CategoryDraft(**{field: each[field] for field in fields}, facets=tuple(each["facets"]))
        for each in files.read("categories.json")
    ]


def makers() -> list[catalog.BrandDraft]:
    """Who makes the goods: invented people in places that exist."""
    return [catalog.BrandDraft(**each) for each in files.read("makers.json")]


def attributes() -> list[catalog.AttributeDraft]:
    """What can be said of the goods."""
    return [catalog.AttributeDraft(**each) for each in files.read("attributes.json")]


def collections() -> list[catalog.CollectionDraft]:
    """The hand-picked sets."""
    return [catalog.CollectionDraft(**each) for each in files.read("collections.json")]


def product(data: Mapping[str, Any]) -> catalog.ProductDraft:
    """One product with variants, prices, stock, pictures and what it leads to."""
    same = ("handle", "title", "summary", "description", "seo_title", "seo_description", "slug", "brand", "status")
    return catalog.ProductDraft(
        **{field: data[field] for field in same},
        markdown=True,
        category=(data["category"],),
        collections=tuple(data["collections"]),
        tags=tuple(data["tags"]),
        tax_class=data["tax_class"],
        hs_code=data["hs_code"],
        origin_country=data["attributes"]["origin"],
        customs_name=data["title"]["en"],
        attributes=data["attributes"],
        position=data["position"],
        options=tuple(_option(code, data) for code in data["options"]),
        variants=tuple(_variant(each) for each in data["variants"]),
        media=tuple(replace(each, position=place) for place, each in enumerate(gallery.media(data))),
        related=tuple((handle, kind) for kind in ("related", "goes_with") for handle in data[kind]),
    )


def _option(code: str, data: Mapping[str, Any]) -> catalog.OptionDraft:
    """The option with those of its values that the product comes in, in the order of its variants."""
    option = files.options()[code]
    used = dict.fromkeys(variant["options"][code] for variant in data["variants"])
    return catalog.OptionDraft(
        code=code, name=option["name"], values={value: option["values"][value]["name"] for value in used}
    )


def _variant(data: Mapping[str, Any]) -> catalog.VariantDraft:
    width, depth, height = data["dimensions_mm"]
    return catalog.VariantDraft(
        sku=data["sku"],
        gtin=data["gtin"],
        options=data["options"],
        weight_g=data["weight_g"],
        dimensions_mm=(width, depth, height),
        unit=data.get("unit", ""),
        unit_quantity=Decimal(data["unit_quantity"]) if "unit_quantity" in data else None,
        prices={market: catalog.PriceDraft(**price) for market, price in data["prices"].items()},
        stock=data["stock"],
    )

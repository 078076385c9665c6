"""What Google asks of structured data beyond schema.org: required fields and their form, by its guides for
merchant listings, product variants, breadcrumbs, articles and the site's name (developers.google.com/search/docs)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.vocabulary.definitions import faults

_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
REQUIRED = {
    "Product": ("name",), "ProductGroup": ("name", "productGroupID", "hasVariant"),
    "Offer": ("price", "priceCurrency", "availability", "url"), "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name"), "ItemList": ("itemListElement",), "Article": ("headline", "author"),
    "WebSite": ("name", "url"), "OnlineStore": ("name",), "Question": ("name", "acceptedAnswer"), "Answer": ("text",),
    "FAQPage": ("mainEntity",), "OfferShippingDetails": ("shippingRate", "shippingDestination"),
    "MerchantReturnPolicy": ("applicableCountry", "returnPolicyCategory"), "Review": ("author", "reviewRating"),
    "AggregateRating": ("ratingValue", "reviewCount"), "MonetaryAmount": ("value", "currency"),
}  # fmt: skip
VARY_BY = {f"https://schema.org/{name}" for name in
           ("color", "size", "material", "pattern", "suggestedAge", "suggestedGender")}  # fmt: skip


def documents(html: str) -> list[dict[str, Any]]:
    """The JSON-LD of a page."""
    return [json.loads(text) for text in _BLOCK.findall(html)]


def all_faults(html: str) -> list[str]:
    """What schema.org or Google would find wrong with the JSON-LD of a page."""
    return [fault for each in documents(html) for fault in (*faults(each), *_asked(each))]


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    """Every thing with a type in it, from the outside in."""
    if isinstance(part, dict):
        if "@type" in part:
            yield part
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, list):
        for value in part:
            yield from nodes(value)


def _asked(document: dict[str, Any]) -> Iterator[str]:
    for node in nodes(document):
        kind = node["@type"]
        for name in REQUIRED.get(kind, ()):
            if node.get(name) in (None, "", [], {}):
                yield f"Google: {kind} has no {name}"
        yield from _form(node, kind)


def _form(node: dict[str, Any], kind: str) -> Iterator[str]:
    for name, pattern in (("price", r"\d+(\.\d+)?"), ("priceCurrency", "[A-Z]{3}"), ("currency", "[A-Z]{3}")):
        if name in node and not re.fullmatch(pattern, str(node[name])):
            yield f"Google: {kind}.{name} is {node[name]!r}"
    if kind == "ProductGroup":
        if bad := set(node.get("variesBy", ())) - VARY_BY:
            yield f"Google: nothing may vary by {sorted(bad)}"
        if any("offers" in each and not (each.get("sku") or each.get("gtin")) for each in node["hasVariant"]):
            yield "Google: a variant without sku or gtin"
    if kind == "ListItem" and not (node.get("item") or node.get("url")):
        yield "Google: a step that leads nowhere"
    if kind == "BreadcrumbList" and [each["position"] for each in node["itemListElement"]] != list(
        range(1, len(node["itemListElement"]) + 1)
    ):
        yield "Google: steps out of order"

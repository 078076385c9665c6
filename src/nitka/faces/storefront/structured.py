"""What search engines read: JSON-LD. A data block is not a script, so the plain CSP lets it be."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.faces.storefront.reviews import reviews_structured
from nitka.ground import money

AVAILABILITY = {True: "https://schema.org/InStock", False: "https://schema.org/OutOfStock"}


def origin(request: HttpRequest) -> str:
    """Scheme and host that links in documents for others start with."""
    return settings.NITKA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def start(language: str) -> tuple[str, str]:
    """The first step of every trail."""
    return _("Start"), f"/{language}/"


def block(data: Mapping[str, Any]) -> Markup:
    """A JSON-LD element; `<` is escaped so that no text can end it."""
    text = orjson.dumps({"@context": "https://schema.org", **data}).decode()
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


def breadcrumbs(trail: Sequence[tuple[str, str]], request: HttpRequest) -> Markup:
    """BreadcrumbList of a trail of (name, path)."""
    base = origin(request)
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": base + path}
        for place, (name, path) in enumerate(trail, 1)
        if path
    ]
    return block({"@type": "BreadcrumbList", "itemListElement": steps})


def product(product: Any, pictures: Sequence[Any], path: str, request: HttpRequest) -> Markup:
    """Product with an Offer per variant that has a price in this market."""
    base = origin(request)
    currency = product.currency
    offers = [
        {
            "@type": "Offer",
            "sku": each.sku,
            "url": f"{base}{path}?variant={each.sku}",
            "price": str(money.decimal(each.price_minor, currency)),
            "priceCurrency": currency,
            "availability": AVAILABILITY[each.available != "none"],
            "itemCondition": "https://schema.org/NewCondition",
        }
        for each in product.variants
        if each.price_minor is not None
    ]
    data: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "description": product.summary,
        "sku": product.variants[0].sku if product.variants else product.handle,
        "url": base + path,
        "image": [base + each["src"] for each in pictures],
        "offers": offers,
        **reviews_structured(product),
    }
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand}
    return block(data)

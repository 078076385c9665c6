"""What search engines read: JSON-LD. A data block is not a script, so the plain CSP lets it be."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.ground.ids import made_at
from nitka.shelf.content import queries as content

ICON = "/icon-512.png"


def origin(request: HttpRequest) -> str:
    """Scheme and host that links in documents for others start with."""
    return settings.NITKA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def start(language: str) -> tuple[str, str]:
    """The first step of every trail."""
    return _("Home"), f"/{language}/"


def block(data: Mapping[str, Any]) -> Markup:
    """A JSON-LD element; `<` is escaped so that no text can end it."""
    text = orjson.dumps({"@context": "https://schema.org", **data}).decode()
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


def breadcrumbs(trail: Sequence[tuple[str, str]], request: HttpRequest) -> Markup:
    """BreadcrumbList of a trail of (name, path)."""
    base = origin(request)
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": {"@id": base + path}}
        for place, (name, path) in enumerate(trail, 1)
        if path
    ]
    return block({"@type": "BreadcrumbList", "itemListElement": steps})


def items(cards: Sequence[Any], language: str, request: HttpRequest) -> Markup:
    """ItemList of a shelf: what stands on it, by address."""
    if not cards:
        return Markup("")
    base = origin(request)
    places = [
        {"@type": "ListItem", "position": place, "url": f"{base}/{language}/p/{card.slug}/", "name": card.title}
        for place, card in enumerate(cards, 1)
    ]
    return block({"@type": "ItemList", "numberOfItems": len(places), "itemListElement": places})


def shop(language: str, request: HttpRequest) -> Markup:
    """The shop itself for the front page: who runs it, and how it is searched."""
    own, base = content.shop(), origin(request)
    home = f"{base}/{language}/"
    organisation: dict[str, Any] = {
        "@type": "OnlineStore", "@id": f"{base}/#shop", "name": own.name, "url": home,
        "legalName": own.legal_name, "vatID": own.vat_number, "email": own.email, "telephone": own.phone,
        "logo": own.logo if own.logo.startswith("http") else base + (own.logo or ICON), "address": _address(own),
        "contactPoint": _contact(own, base, language),
    }  # fmt: skip
    site = {
        "@type": "WebSite", "@id": f"{base}/#site", "name": own.name, "url": home, "inLanguage": language,
        "publisher": {"@id": f"{base}/#shop"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": home + "search?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }  # fmt: skip
    return block({"@graph": [told(organisation), site]})


def told(data: Mapping[str, Any]) -> dict[str, Any]:
    """What says something; an empty property would be a wrong one."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {}, ())}


def _address(own: content.Shop) -> dict[str, str]:
    parts = told({
        "streetAddress": ", ".join(line for line in (own.line1, own.line2) if line), "postalCode": own.postcode,
        "addressLocality": own.city, "addressRegion": own.region, "addressCountry": own.country,
    })  # fmt: skip
    return {"@type": "PostalAddress", **parts} if parts else {}


def _contact(own: content.Shop, base: str, language: str) -> dict[str, Any]:
    return told({
        "@type": "ContactPoint", "contactType": "customer service", "email": own.email, "telephone": own.phone,
        "url": f"{base}/{language}/contact", "availableLanguage": list(own.languages),
    })  # fmt: skip


def article(page: content.PageView, path: str, pictures: Sequence[str], request: HttpRequest) -> Markup:
    """Something to read, written by the shop."""
    begun = min(made_at(page.id), page.changed_at)
    base = origin(request)
    publisher = {"@type": "Organization", "name": content.shop().name, "url": f"{base}/{page.language}/"}
    return block(
        told({
            "@type": "Article", "headline": page.title[:110], "description": page.description,
            "inLanguage": page.language, "datePublished": begun.isoformat(timespec="seconds"),
            "dateModified": page.changed_at.isoformat(timespec="seconds"),
            "image": list(pictures), "author": publisher, "publisher": publisher,
            "mainEntityOfPage": base + path, "url": base + path,
        })
    )  # fmt: skip


def faq(questions: Sequence[tuple[str, str]]) -> Markup:
    """FAQPage of (question, answer as safe HTML)."""
    if not questions:
        return Markup("")
    asked = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": str(answer)}}
        for question, answer in questions
    ]
    return block({"@type": "FAQPage", "mainEntity": asked})

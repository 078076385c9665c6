"""Labels and manifests of carriers that have none of their own, as PDF."""

import base64
from pathlib import Path
from typing import Any

from django.utils import translation

from nitka.ground import locale
from nitka.ground.web.pages import render_text
from nitka.ground.web.papers import draw
from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping import barcodes

_STYLE = Path(__file__).parent / "jinja2" / "shipping" / "papers" / "paper.css"


def label_pdf(*, carrier: str, number: str, sender: PostalAddress, recipient: PostalAddress, **words: Any) -> bytes:
    """A label of 100 × 150 mm with a Code 128 of the number. Read by carriers, so its words are English."""
    with translation.override("en"):
        return _pdf(
            "shipping/papers/label.html",
            {"carrier": carrier, "number": number, "bars": _drawing(number), "spaced": spaced(number),
             "sender": lines(sender), "recipient": lines(recipient), "country": recipient.country, **words},
        )  # fmt: skip


def manifest_pdf(**words: Any) -> bytes:
    """The list that the driver signs, A4."""
    with translation.override("en"):
        return _pdf("shipping/papers/manifest.html", {**words, "bars": _drawing(str(words["number"]))})


def lines(address: PostalAddress) -> list[str]:
    """An address as it stands on a parcel, the country last and in capitals."""
    town = f"{address.postcode} {address.city}".strip()
    country = locale.cldr("en").territories.get(address.country, address.country).upper()
    parts = (address.name, address.company, address.line1, address.line2, town, address.region, country)
    return [part for part in parts if part]


def spaced(number: str) -> str:
    """The number in groups of four, for people."""
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


def _drawing(text: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(barcodes.svg(text).encode()).decode()


def _pdf(template: str, context: dict[str, Any]) -> bytes:
    return draw(render_text(template, {"language": "en", "units": "metric", **context}), style=_STYLE)

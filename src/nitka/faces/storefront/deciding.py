"""What helps to decide, beside price and words: films, the model, measures on the picture, other goods."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from nitka.faces.storefront import fitting, measured, viewer
from nitka.shelf.search import queries as search

RELATED = 4


def part(
    found: search.ProductPage, chosen: search.VariantOnPage | None, pictures: Sequence[Mapping[str, Any]],
    request: HttpRequest,
) -> dict[str, Any]:  # fmt: skip
    """What the includes below `storefront/product/` show; one query, for the cards of other products."""
    units, language, market = request.units, request.language, request.market  # type: ignore[attr-defined]
    options = chosen.options if chosen else {}
    return {
        "films": [each for each in found.media if each["kind"] == "video"],
        "model": viewer.model_of(found.media, options),
        "drawn": {
            each["original"]: measured.drawings(each, found.variants, chosen, units, language)
            for each in pictures
            if each["outline"]
        },
        "asks_fit": fitting.asked_of(found),
        "fit_unit": fitting.unit_word(units),
        **_others(found, language, market),
    }


def _others(found: search.ProductPage, language: str, market: str) -> dict[str, list[search.Card]]:
    """Other products by why they are shown: what goes with this one, and what else might do instead of it."""
    kinds = dict(reversed(found.related))
    cards = {card.product_id: card for card in search.cards(list(kinds)[::-1], language, market)}
    by_kind: dict[str, list[search.Card]] = {"goes_with": [], "related": []}
    for other, card in cards.items():
        kind = "goes_with" if kinds[str(other)] == "goes_with" else "related"
        by_kind[kind].append(card)
    return {kind: found_cards[:RELATED] for kind, found_cards in by_kind.items()}

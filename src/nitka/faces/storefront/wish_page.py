"""What the pages of wish lists show: products as cards, what changed since, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nitka.faces.storefront import compare
from nitka.faces.storefront.cart_cookie import token_of
from nitka.faces.storefront.page import tax_note
from nitka.ground import locale
from nitka.ground.problem import Problem
from nitka.growth.wishes.queries import ListView, WishView
from nitka.sale.checkout import actions as checkout
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search


@dataclass(frozen=True)
class Line:
    """A wish as it is read. `card` is None for what is not sold any more; `fell` says by how much it is cheaper."""

    id: UUID
    note: str
    card: search.Card | None
    href: str
    options: str
    variant: UUID | None
    price: str
    from_price: bool
    fell: str


@dataclass(frozen=True)
class Shown:
    """A list with its lines; `compare` leads to its first four side by side."""

    id: UUID
    name: str
    share: str
    tells: bool
    lines: Sequence[Line]
    compare: str
    buyable: bool


def part(lists: Sequence[ListView], request: HttpRequest) -> dict[str, Any]:
    """All lists of a person, in three queries for any number of them."""
    language: str = request.language  # type: ignore[attr-defined]
    market: str = request.market  # type: ignore[attr-defined]
    lines = _lines([wish for each in lists for wish in each.wishes], language, market)
    origin = f"{request.scheme}://{request.get_host()}"
    shown = [_shown(each, [lines[wish.id] for wish in each.wishes], language, origin) for each in lists]
    return {"lists": shown, "any": any(each.lines for each in shown), "tax_note": tax_note(market)}


def shared_part(found: ListView, request: HttpRequest) -> dict[str, Any]:
    """A list as others see it: products and notes, nothing of who made it."""
    language: str = request.language  # type: ignore[attr-defined]
    market: str = request.market  # type: ignore[attr-defined]
    lines = _lines(found.wishes, language, market)
    return {"name": name_of(found), "lines": [lines[wish.id] for wish in found.wishes], "tax_note": tax_note(market)}


def name_of(found: ListView) -> str:
    """What the list is called."""
    return found.name or _("Wish list")


def filled(request: HttpRequest, found: ListView) -> tuple[str, list[str]]:
    """Put the list into the cart; returns the cart's token and the titles of what could not be put there."""
    language: str = request.language  # type: ignore[attr-defined]
    market: str = request.market  # type: ignore[attr-defined]
    token, left = token_of(request), []
    lines = _lines(found.wishes, language, market)
    for line in (lines[wish.id] for wish in found.wishes):
        try:
            if line.variant is None:
                raise Problem("choose")
            ref = checkout.add_to_cart(
                token=token or None, variant_id=line.variant, quantity=1, market=market, language=language
            )
            token = ref.token
        except Problem:
            left.append(line.card.title if line.card else _("what is not sold any more"))
    return token, left


def _shown(found: ListView, lines: Sequence[Line], language: str, origin: str) -> Shown:
    slugs = [line.card.slug for line in lines if line.card][: compare.MOST]
    return Shown(
        found.id, name_of(found), f"{origin}/{language}/wishes/shared/{found.share_token}" if found.share_token else "",
        found.tells, lines, compare.address(language, slugs) if len(slugs) > 1 else "",
        any(line.variant and line.card for line in lines),
    )  # fmt: skip


def _lines(wishes: Sequence[WishView], language: str, market: str) -> dict[UUID, Line]:
    cards = {each.product_id: each for each in search.cards([wish.product_id for wish in wishes], language, market)}
    chosen = [wish.variant_id for wish in wishes if wish.variant_id]
    variants = catalog.variants(chosen) if chosen else {}
    prices = pricing.prices(chosen, market) if chosen else {}
    return {
        wish.id: _line(
            wish, cards.get(wish.product_id), variants.get(wish.variant_id) if wish.variant_id else None,
            prices.get(wish.variant_id) if wish.variant_id else None, language, market,
        )
        for wish in wishes
    }  # fmt: skip


def _line(
    wish: WishView, card: search.Card | None, variant: catalog.VariantView | None, price: pricing.PriceView | None,
    language: str, market: str,
) -> Line:  # fmt: skip
    minor, currency = (price.minor, price.currency) if price else (None, "")
    if card and variant is None:
        minor, currency = card.price_minor, card.currency
    less = wish.price_minor - minor if wish.price_minor is not None and minor is not None else 0
    fell = less > 0 and (wish.market, wish.currency) == (market, currency)
    href = f"/{language}/p/{card.slug}/" + (f"?variant={variant.sku}" if variant else "") if card else ""
    return Line(
        id=wish.id, note=wish.note, card=card, href=href,
        options=locale.pick(variant.option_text, language) if variant else "",
        variant=variant.id if variant and variant.on_sale and price else None,
        price=locale.format_money(minor, currency, language) if minor is not None else "",
        from_price=bool(card and variant is None and card.from_price),
        fell=locale.format_money(less, currency, language) if fell else "",
    )  # fmt: skip

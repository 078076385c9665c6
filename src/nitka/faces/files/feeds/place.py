"""Where a feed is for: the market with its currency and country, the language, and what delivery costs there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import translation

from nitka.ground import clock
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

_REMEMBERED = 5_000  # prices of delivery by price and weight; then all are forgotten
# Pages that a policy of returns may stand on, the likeliest first.
_RETURNS = ("returns", "withdrawal", "returns-and-refunds", "terms")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A way to the country of the feed: its price, and working days of packing and of the way."""

    service: str
    minor: int
    handling_days: int
    transit_from: int
    transit_to: int


@dataclass(frozen=True, slots=True)
class Place:
    """What all goods of a feed share. `base` is scheme and host of links; `country` is where to."""

    base: str
    market: pricing.MarketView
    language: str
    country: str
    shop: content.Shop
    classes: Mapping[str, str]
    returns: str
    _known: dict[tuple[int, int], tuple[Delivery, ...]] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """In which prices are."""
        return self.market.currency

    def deliveries(self, minor: int, weight_g: int) -> tuple[Delivery, ...]:
        """How goods of that price and weight come, the merchant's order; one question for many alike."""
        known = self._known.get((minor, weight_g))
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[minor, weight_g] = self._ask(minor, weight_g)
        return known

    def _ask(self, minor: int, weight_g: int) -> tuple[Delivery, ...]:
        with translation.override(self.language):
            options = shipping.options(
                country=self.country, market=self.market.code, goods_minor=minor, weight_g=weight_g, at=clock.now()
            )
        found = []
        for each in options:
            speed = shipping.speed_of(each.code)
            days = (speed.handling_days, speed.transit_days_from, speed.transit_days) if speed else (0, 0, 0)
            found.append(Delivery(each.name, each.price_minor, *days))
        return tuple(found)

    def class_of(self, categories: tuple[str, ...]) -> str:
        """What Google's taxonomy calls goods of these categories (handles, from the top down)."""
        return next((self.classes[each] for each in reversed(categories) if each in self.classes), "")


def place(market: str, language: str, base: str, country: str = "") -> Place:
    """The place of a feed; its usual country unless another of the market is named. A few queries."""
    found = pricing.market(market)
    return Place(
        base, found, language, country or found.default_country, content.shop(), content.goods_classes(),
        _returns(base, language),
    )  # fmt: skip


def _returns(base: str, language: str) -> str:
    """The address of the page that says how goods go back."""
    links = {link.slug: link for link in content.pages() if link.kind in ("help", "legal")}
    found = next((links[slug] for slug in _RETURNS if slug in links), None)
    return (
        f"{base}/{language}/{found.kind}/{found.slugs.get(language, found.slug)}/" if found else f"{base}/{language}/"
    )

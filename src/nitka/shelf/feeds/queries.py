"""Questions about feeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nitka.shelf.content import queries as content
from nitka.shelf.feeds.models import Feed, FeedReport, GoodsClass
from nitka.shelf.feeds.problems import UnknownFeed
from nitka.shelf.pricing import queries as pricing

__all__ = ["KINDS", "FeedView", "UnknownFeed", "classes", "feed", "feeds", "findings"]

# Kind → the end of its name.
KINDS = {"google": "xml", "microsoft": "xml", "meta": "csv", "pinterest": "csv", "acp": "jsonl", "openai": "jsonl"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A feed: for everybody unless `access` says "secret" or "off"; `counts` is {trouble: how many}."""

    kind: str
    market: str
    language: str
    access: str = "open"
    key: str = ""
    asked_at: datetime | None = None
    checked_at: datetime | None = None
    items: int = 0
    left_out: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """What it is called."""
        return f"{self.market}-{self.language}.{KINDS[self.kind]}"

    @property
    def path(self) -> str:
        """Where it is handed out."""
        secret = f"{self.key}/" if self.access == Feed.Access.SECRET else ""
        return f"/feeds/{self.kind}/{secret}{self.file}"

    @property
    def is_waiting(self) -> bool:
        """Whether it was asked to be looked through, and was not yet."""
        return self.asked_at is not None and (self.checked_at is None or self.checked_at < self.asked_at)


def feeds() -> list[FeedView]:
    """Every feed that there is: of each kind, for every market and the languages of it that the shop speaks."""
    rows = {(row.kind, row.market, row.language): row for row in Feed.objects.all()}
    spoken = content.shop().languages
    return [
        _view(kind, market.code, language, rows.get((kind, market.code, language)))
        for kind in KINDS
        for market in pricing.markets()
        for language in _languages(market, spoken)
    ]


def feed(kind: str, market: str, language: str) -> FeedView:
    """One feed. Raises UnknownFeed. One query."""
    place = next((each for each in pricing.markets() if each.code == market), None)
    if kind not in KINDS or place is None or language not in _languages(place, content.shop().languages):
        raise UnknownFeed("There is no such feed.")
    row = Feed.objects.filter(kind=kind, market=market, language=language).first()
    return _view(kind, market, language, row)


def findings(kind: str, market: str, language: str) -> list[dict[str, Any]]:
    """What was found wrong last: {product, sku, title, field, trouble, said}."""
    row = FeedReport.objects.filter(feed__kind=kind, feed__market=market, feed__language=language).first()
    return row.findings if row else []


def classes() -> dict[str, str]:
    """Category (handle) → class of Google's taxonomy."""
    return dict(GoodsClass.objects.values_list("category", "name"))


def _languages(market: pricing.MarketView, spoken: Sequence[str]) -> list[str]:
    return [code for code in market.languages if code in spoken] or list(spoken[:1])


def _view(kind: str, market: str, language: str, row: Feed | None) -> FeedView:
    if row is None:
        return FeedView(kind=kind, market=market, language=language)
    return FeedView(
        kind=kind, market=market, language=language, access=row.access, key=row.key, asked_at=row.asked_at,
        checked_at=row.checked_at, items=row.items, left_out=row.left_out, counts=row.counts,
    )  # fmt: skip

"""Questions about feeds: what the merchant said of them, and what was found wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nitka.shelf.content.feed_models import Feed, FeedReport, GoodsClass


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
    def is_waiting(self) -> bool:
        """Whether it was asked to be looked through, and was not yet."""
        return self.asked_at is not None and (self.checked_at is None or self.checked_at < self.asked_at)


def feed(kind: str, market: str, language: str) -> FeedView:
    """What is said of one feed; whether there is such a kind, market and language is for others to know. One query."""
    row = Feed.objects.filter(kind=kind, market=market, language=language).first()
    return _view(row) if row else FeedView(kind=kind, market=market, language=language)


def feeds() -> list[FeedView]:
    """All feeds of which anything was said."""
    return [_view(row) for row in Feed.objects.order_by("kind", "market", "language")]


def feed_findings(kind: str, market: str, language: str) -> list[dict[str, Any]]:
    """What was found wrong last: {product, sku, title, field, trouble, said}."""
    row = FeedReport.objects.filter(feed__kind=kind, feed__market=market, feed__language=language).first()
    return row.findings if row else []


def goods_classes() -> dict[str, str]:
    """Category (handle) → class of Google's taxonomy."""
    return dict(GoodsClass.objects.values_list("category", "name"))


def _view(row: Feed) -> FeedView:
    return FeedView(
        kind=row.kind, market=row.market, language=row.language, access=row.access, key=row.key, asked_at=row.asked_at,
        checked_at=row.checked_at, items=row.items, left_out=row.left_out, counts=row.counts,
    )  # fmt: skip

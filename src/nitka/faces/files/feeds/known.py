"""Which feeds there are: of each kind, for every market and the languages of it that the shop speaks."""

from collections.abc import Sequence

from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

# Kind → the end of its name.
ENDINGS = {"google": "xml", "microsoft": "xml", "meta": "csv", "pinterest": "csv", "acp": "jsonl", "openai": "jsonl"}


def feeds() -> list[content.FeedView]:
    """Every feed that there is. One query."""
    said = {(each.kind, each.market, each.language): each for each in content.feeds()}
    spoken = content.shop().languages
    every = [
        (kind, market.code, language)
        for kind in ENDINGS
        for market in pricing.markets()
        for language in _languages(market, spoken)
    ]
    return [
        said.get(each) or content.FeedView(kind=each[0], market=each[1], language=each[2]) for each in every
    ]  # fmt: skip


def feed(kind: str, market: str, language: str) -> content.FeedView | None:
    """One feed, None where there is no such. One query."""
    place = next((each for each in pricing.markets() if each.code == market), None)
    if kind not in ENDINGS or place is None or language not in _languages(place, content.shop().languages):
        return None
    return content.feed(kind, market, language)


def file_of(feed: content.FeedView) -> str:
    """What it is called."""
    return f"{feed.market}-{feed.language}.{ENDINGS[feed.kind]}"


def path_of(feed: content.FeedView) -> str:
    """Where it is handed out."""
    secret = f"{feed.key}/" if feed.access == "secret" else ""
    return f"/feeds/{feed.kind}/{secret}{file_of(feed)}"


def _languages(market: pricing.MarketView, spoken: Sequence[str]) -> list[str]:
    return [code for code in market.languages if code in spoken] or list(spoken[:1])

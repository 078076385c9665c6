"""What product pages and cards show of reviews: written into the rows, so that no page asks for it by itself."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nitka.ground.locale import pick
from nitka.shelf.reviews.queries import Opinions, RatingView

FACET = "rating"
_STEPS = (4, 3, 2)  # "so many stars and more"


def short(said: Opinions) -> list[int] | None:
    """[mean in hundredths, how many], for a card; None without a single star."""
    return [said.rating.mean, said.rating.count] if said.rating.count else None


def of(said: Opinions, language: str) -> dict[str, Any]:
    """The rating, the first reviews and the first questions, for a page in that language."""
    rating = said.rating
    return {
        "count": rating.count, "mean": rating.mean, "stars": list(rating.stars), "verified": rating.verified,
        "with_pictures": rating.with_pictures, "languages": dict(rating.languages), "asked": rating.questions,
        "aspects": [[code, pick(name, language), mean, count] for code, name, mean, count in rating.aspects],
        "topics": [list(topic) for topic in rating.topics.get(language, ())],
        "reviews": [_translated(asdict(each), language) for each in said.reviews],
        "questions": [_plain(asdict(each)) for each in said.questions],
    }  # fmt: skip


# What pages have no use for, or nobody else may see.
_HIDDEN = ("customer_id", "email", "order_reference", "product_id", "reason", "source", "state", "demo")


def _translated(view: dict[str, Any], language: str) -> dict[str, Any]:
    """With the one translation that readers of this page may want."""
    own = view["translations"].get(language)
    return _plain(view) | {"translations": {language: own} if own else {}}


def _plain(view: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in view.items() if name not in _HIDDEN}


def rating_of(said: Mapping[str, Opinions]) -> RatingView | None:
    """The rating, which is the same in every language; None without a single star."""
    one = next(iter(said.values()), None)
    return one.rating if one and one.rating.count else None


def facets(rating: RatingView | None) -> list[str]:
    """The terms that the product is counted under: `rating=4` is four stars and more."""
    return [f"{FACET}={step}" for step in _STEPS if rating and rating.mean >= 100 * step]

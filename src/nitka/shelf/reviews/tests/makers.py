"""Rows of reviews for tests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.shelf.reviews import actions as reviews


def draft(product_id: UUID, rating: int, **values: Any) -> reviews.ReviewDraft:
    """A published review; its key is made of its words."""
    body = values.setdefault("body", f"So many stars: {rating}.")
    values.setdefault("key", f"{product_id}:{rating}:{body}"[:120])
    values.setdefault("created_at", clock.now() - timedelta(days=3))
    return reviews.ReviewDraft(product_id=product_id, rating=rating, **values)


def some_reviews(product_id: UUID, *ratings: int, **values: Any) -> None:
    """One published review for each number of stars."""
    reviews.put_reviews(
        drafts=[draft(product_id, each, key=f"{product_id}:{place}", **values) for place, each in enumerate(ratings)]
    )

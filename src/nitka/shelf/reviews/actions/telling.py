"""What is told of a review that is shown from now on."""

from nitka.ground.facts.actions import tell
from nitka.shelf.reviews.facts import ReviewPublished
from nitka.shelf.reviews.models import Review


def tell_published(row: Review) -> None:
    tell(
        ReviewPublished(
            review_id=row.id, product_id=row.product_id, customer_id=row.customer_id, rating=row.rating,
            verified=row.verified,
        )
    )  # fmt: skip

"""What reviews tell."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class ReviewPublished(Fact, kind="reviews.review_published", subject="review_id", whose="customer_id"):
    """A review is there for all to read. `verified`: its writer got the product from this shop."""

    review_id: UUID
    product_id: UUID
    customer_id: UUID | None
    rating: int
    verified: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Fact, kind="reviews.question_answered", subject="question_id", whose="customer_id"):
    """A question about a product has an answer that all can read. `by`: shop or buyer."""

    question_id: UUID
    answer_id: UUID
    product_id: UUID
    customer_id: UUID | None
    by: str


@dataclass(frozen=True, kw_only=True)
class OpinionsChanged(Fact, kind="reviews.opinions_changed", subject="product_id"):
    """What a product's page shows of reviews and questions is no longer the same."""

    product_id: UUID


@dataclass(frozen=True, kw_only=True)
class CommentPublished(Fact, kind="reviews.comment_published", subject="comment_id", whose="customer_id"):
    """A comment below an article or a collection is there for all to read. `about`: page or collection."""

    comment_id: UUID
    customer_id: UUID | None
    about: str
    about_id: UUID

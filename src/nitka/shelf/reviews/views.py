"""What the questions answer with. Reached through `queries`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingView:
    """What all reviews of a product say together. `mean` in hundredths, `rank` in thousandths (see `ranking`).

    `stars` are counts of one to five stars; aspects are (code, name by language, mean in hundredths, how many said);
    topics {language: ((key, words, count), …)}.
    """

    product_id: UUID
    count: int
    mean: int
    rank: int
    stars: tuple[int, ...]
    verified: int
    with_pictures: int
    aspects: tuple[tuple[str, Mapping[str, str], int, int], ...]
    topics: Mapping[str, Sequence[Sequence[Any]]]
    languages: Mapping[str, int]
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """A review as it is shown. `pictures` are {src, sources, width, height, large}, `translations` {language: {title,
    body}} without those that no provider could make."""

    id: UUID
    product_id: UUID
    customer_id: UUID | None
    rating: int
    title: str
    body: str
    language: str
    nickname: str
    verified: bool
    aspects: Mapping[str, int]
    pictures: Sequence[Mapping[str, Any]]
    helpful: int
    unhelpful: int
    created_at: datetime
    answer: str
    answered_at: datetime | None
    state: str
    reason: str
    demo: bool
    source: str
    order_reference: str
    translations: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer; `by` is shop or buyer."""

    id: UUID
    by: str
    nickname: str
    body: str
    state: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its answers, oldest first."""

    id: UUID
    product_id: UUID
    customer_id: UUID | None
    nickname: str
    email: str
    language: str
    body: str
    state: str
    reason: str
    demo: bool
    created_at: datetime
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """What a product's page shows at once, in a language: the rating, and the first reviews and questions."""

    rating: RatingView
    reviews: tuple[ReviewView, ...]
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """That somebody may review a product as its buyer; `review_id` once they did."""

    id: UUID
    product_id: UUID
    customer_id: UUID | None
    email: str
    order_code: str
    language: str
    review_id: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectView:
    """A thing that is rated beside the stars."""

    code: str
    name: Mapping[str, str]
    category_id: UUID | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """What the merchant decided; see `models.Rules`."""

    open_to_all: bool = False
    look_first: bool = True
    invite: str = "buyers"
    invite_after_days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of reviews or questions, and how many there are in all."""

    items: tuple[Any, ...]
    total: int
    page: int
    pages: int

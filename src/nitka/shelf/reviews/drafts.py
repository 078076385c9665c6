"""What is handed in: reviews and questions of many at once, from a file or the demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ReviewDraft:
    """A review to be put. `key` is its name for ever: the same key again changes the review of before.

    `state`: published, waiting or refused. `helpful` and `unhelpful` are votes that it brings along.
    """

    product_id: UUID
    key: str
    rating: int
    title: str = ""
    body: str = ""
    language: str = "en"
    nickname: str = ""
    aspects: Mapping[str, int] = field(default_factory=dict)
    verified: bool = False
    order_reference: str = ""
    customer_id: UUID | None = None
    state: str = "published"
    helpful: int = 0
    unhelpful: int = 0
    answer: str = ""
    answered_at: datetime | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """An answer to a question to be put; `by`: shop or buyer."""

    body: str
    by: str = "shop"
    nickname: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """A question to be put, with its answers."""

    product_id: UUID
    key: str
    body: str
    language: str = "en"
    nickname: str = ""
    customer_id: UUID | None = None
    state: str = "published"
    answers: Sequence[AnswerDraft] = ()
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PutResult:
    """How many were new, changed, as before; what was refused is (key, sentence)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    product_ids: tuple[UUID, ...] = ()

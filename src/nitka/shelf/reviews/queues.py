"""What waits for a look, for the shop's people."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from .models import Answer, Question, Review, State
from .rows import question_views, review_view
from .views import Listed, QuestionView, ReviewView

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One review or question with the product that it is about."""

    item: ReviewView | QuestionView
    product_id: UUID
    titles: dict[str, str]
    handle: str


def queue(kind: str, *, state: str = "waiting", words: str = "", stars: int = 0, page: int = 1) -> Listed:
    """Reviews or questions (`kind`) in a state, those that wait oldest first, others newest first."""
    rows: Any = Review.objects.all() if kind == "reviews" else Question.objects.all()
    if state:
        rows = rows.filter(_in_state(kind, state))
    if words:
        found = Q(body__icontains=words) | Q(nickname__icontains=words) | Q(product__handle__icontains=words)
        rows = rows.filter(found | Q(title__icontains=words) if kind == "reviews" else found)
    if 1 <= stars <= 5 and kind == "reviews":
        rows = rows.filter(rating=stars)
    total = rows.count()
    pages = max(-(-total // PAGE_SIZE), 1)
    page = min(max(page, 1), pages)
    order = ("created_at", "id") if state == State.WAITING else ("-created_at", "-id")
    listed = list(rows.select_related("product").order_by(*order)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    views: Any = map(review_view, listed) if kind == "reviews" else question_views(listed, all_states=True)
    items = tuple(
        Queued(item=view, product_id=row.product_id, titles=row.product.title, handle=row.product.handle)
        for row, view in zip(listed, views, strict=True)
    )
    return Listed(items=items, total=total, page=page, pages=pages)


def _in_state(kind: str, state: str) -> Q:
    """A question also waits while an answer of a buyer does."""
    if kind == "questions" and state == State.WAITING:
        pending = Answer.objects.filter(question=OuterRef("pk"), state=State.WAITING)
        return Q(state=State.WAITING) | Q(Exists(pending))
    return Q(state=state)


def waiting() -> dict[str, int]:
    """How many reviews and questions wait for a look."""
    return {
        "reviews": Review.objects.filter(state=State.WAITING).count(),
        "questions": Question.objects.filter(_in_state("questions", State.WAITING)).aggregate(n=Count("id"))["n"],
    }

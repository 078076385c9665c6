"""Questions about reviews, and about questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, When, Window
from django.db.models.functions import RowNumber

from nitka.ground.remembered import Remembered

from .belonging_to import (
    email_of_silence,
    invitation_by_token,
    invitation_for,
    invitation_token,
    invitations_of,
    pictures_key,
    review_of_pictures_key,
    silence_token,
    written_by,
)
from .comments import CommentView, comment, comment_queue, comments_of, comments_waiting
from .models import Aspect, Question, Review, Rules, State, Summary
from .queues import queue, waiting
from .ranking import bayesian_mean
from .rows import MOST_HELPFUL, question_views, rating_view, review_view, shown
from .views import (
    AnswerView,
    AspectView,
    InvitationView,
    Listed,
    Opinions,
    QuestionView,
    RatingView,
    ReviewView,
    RulesView,
)

__all__ = [
    "AnswerView",
    "AspectView",
    "CommentView",
    "InvitationView",
    "Listed",
    "Opinions",
    "QuestionView",
    "RatingView",
    "ReviewView",
    "RulesView",
    "aspects_for",
    "bayesian_mean",
    "comment",
    "comment_queue",
    "comments_of",
    "comments_waiting",
    "email_of_silence",
    "forget",
    "invitation_by_token",
    "invitation_for",
    "invitation_token",
    "invitations_of",
    "opinions_of",
    "pictures_key",
    "question",
    "questions_of",
    "queue",
    "ratings_of",
    "review",
    "review_of_pictures_key",
    "reviews_of",
    "rules",
    "silence_token",
    "waiting",
    "written_by",
]  # fmt: skip

AT_ONCE = 4  # reviews and questions that a product's page shows by itself
SORTS = {
    "helpful": MOST_HELPFUL, "new": ("-created_at", "-id"), "best": ("-rating", "-created_at", "-id"),
    "worst": ("rating", "-created_at", "-id"),
}  # fmt: skip
PAGE_SIZE = 10
_MOST_PAGES = 200


def _rules() -> RulesView:
    row = Rules.objects.filter(id=1).first()
    if row is None:
        return RulesView()
    return RulesView(
        open_to_all=row.open_to_all, look_first=row.look_first, invite=row.invite,
        invite_after_days=row.invite_after_days,
    )  # fmt: skip


rules = Remembered(_rules)


def forget() -> None:
    """Ask the database anew for what is kept for two seconds."""
    rules.forget()


def ratings_of(product_ids: Iterable[UUID]) -> dict[UUID, RatingView]:
    """What the reviews of each product say together; products without reviews and questions are missing."""
    rows = Summary.objects.filter(product_id__in=list(product_ids))
    names = {row.code: row.name for row in Aspect.objects.order_by("-position")}
    return {row.product_id: rating_view(row, names) for row in rows if row.count or row.questions}


def opinions_of(product_ids: Sequence[UUID], languages: Sequence[str]) -> dict[UUID, dict[str, Opinions]]:
    """Product → language → what its page shows at once. Four queries for any number of products.

    Reviews in the reader's language come first, then those that helped most; questions newest first.
    """
    ratings = ratings_of(product_ids)
    if not ratings:
        return {}
    reviews = _first_reviews([each.product_id for each in ratings.values() if each.count])
    asked = _first_questions([each.product_id for each in ratings.values() if each.questions])
    return {
        product_id: {
            language: Opinions(
                rating=rating,
                reviews=tuple(_preferring(language, reviews[product_id])),
                questions=tuple(_preferring(language, asked[product_id])),
            )
            for language in languages
        }
        for product_id, rating in ratings.items()
    }


def _preferring(language: str, found: Sequence[Any]) -> list[Any]:
    return sorted(found, key=lambda each: each.language != language)[:AT_ONCE]


def _first_reviews(product_ids: Sequence[UUID]) -> Mapping[UUID, list[ReviewView]]:
    found: dict[UUID, list[ReviewView]] = defaultdict(list)
    place = Window(RowNumber(), partition_by=[F("product_id"), F("language")], order_by=list(MOST_HELPFUL))
    for row in shown(product_ids).annotate(place=place).filter(place__lte=AT_ONCE).order_by(*MOST_HELPFUL):
        found[row.product_id].append(review_view(row))
    return found


def _first_questions(product_ids: Sequence[UUID]) -> Mapping[UUID, list[QuestionView]]:
    found: dict[UUID, list[QuestionView]] = defaultdict(list)
    place = Window(
        RowNumber(), partition_by=[F("product_id"), F("language")], order_by=[F("created_at").desc(), F("id").desc()]
    )
    rows = Question.objects.filter(product_id__in=product_ids, state=State.PUBLISHED)
    first = list(rows.annotate(place=place).filter(place__lte=AT_ONCE).order_by("-created_at", "-id"))
    for each in question_views(first):
        found[each.product_id].append(each)
    return found


def reviews_of(
    *, product_id: UUID, stars: int = 0, language: str = "", topic: str = "", with_pictures: bool = False,
    verified: bool = False, sort: str = "helpful", page: int = 1, page_size: int = PAGE_SIZE,
) -> Listed:  # fmt: skip
    """Published reviews of a product; `topic` is a key of its rating's topics. sort: helpful, new, best, worst."""
    rows = shown([product_id])
    if 1 <= stars <= 5:
        rows = rows.filter(rating=stars)
    if language:
        rows = rows.filter(language=language)
    if topic:
        rows = rows.filter(topics__contains=[topic])
    if with_pictures:
        rows = rows.exclude(pictures=[])
    if verified:
        rows = rows.filter(verified=True)
    listed = _listed(rows.order_by(*SORTS.get(sort, MOST_HELPFUL)), page, page_size)
    return replace(listed, items=tuple(review_view(row) for row in listed.items))


def questions_of(*, product_id: UUID, language: str = "", page: int = 1, page_size: int = PAGE_SIZE) -> Listed:
    """Published questions about a product with their answers: those in the reader's language first, then the newest."""
    mine_first = Case(When(language=language, then=0), default=1)
    rows = Question.objects.filter(product_id=product_id, state=State.PUBLISHED)
    rows = rows.order_by(mine_first, "-created_at", "-id")
    listed = _listed(rows, page, page_size)
    return replace(listed, items=tuple(question_views(listed.items)))


def _listed(rows: QuerySet[Any], page: int, page_size: int) -> Listed:
    total = rows.order_by().count()
    pages = min(max(-(-total // page_size), 1), _MOST_PAGES)
    page = min(max(page, 1), pages)
    return Listed(items=tuple(rows[(page - 1) * page_size : page * page_size]), total=total, page=page, pages=pages)


def review(review_id: UUID) -> ReviewView | None:
    """One review in whatever state."""
    row = Review.objects.filter(id=review_id).first()
    return review_view(row) if row else None


def question(question_id: UUID) -> QuestionView | None:
    """One question in whatever state, with all of its answers."""
    rows = Question.objects.filter(id=question_id)
    return next(iter(question_views(list(rows), all_states=True)), None)


def aspects_for(category_ids: Iterable[UUID]) -> list[AspectView]:
    """What goods in these categories (from the root down) are rated for; those of all goods come first."""
    wanted = set(category_ids)
    rows = Aspect.objects.order_by("category_id", "position", "code")
    found = [row for row in rows if row.category_id is None or row.category_id in wanted]
    found.sort(key=lambda row: (row.category_id is not None, row.position, row.code))
    return [
        AspectView(code=row.code, name=row.name, category_id=row.category_id, position=row.position)
        for row in {row.code: row for row in found}.values()
    ]

"""From rows to what is shown of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from . import ranking
from .models import Answer, Question, Review, State, Summary
from .views import AnswerView, QuestionView, RatingView, ReviewView

SMALL, LARGE = 320, 1200
MIME = {"avif": "image/avif", "webp": "image/webp"}


def rating_view(row: Summary, names: Mapping[str, Mapping[str, str]]) -> RatingView:
    return RatingView(
        product_id=row.product_id,
        count=row.count,
        mean=ranking.hundredths(row.total, row.count),
        rank=row.rank,
        stars=tuple(row.stars) or (0,) * 5,
        verified=row.verified,
        with_pictures=row.with_pictures,
        aspects=tuple(
            (code, names.get(code) or {"en": code}, ranking.hundredths(total, count), count)
            for code, (total, count) in row.aspects.items()
            if count
        ),
        topics=row.topics,
        languages=row.languages,
        questions=row.questions,
    )


def review_view(row: Review) -> ReviewView:
    return ReviewView(
        id=row.id, product_id=row.product_id, customer_id=row.customer_id, rating=row.rating, title=row.title,
        body=row.body, language=row.language, nickname=row.nickname, verified=row.verified, aspects=row.aspects,
        pictures=[picture_view(each) for each in row.pictures], helpful=row.helpful, unhelpful=row.unhelpful,
        created_at=row.created_at, answer=row.answer, answered_at=row.answered_at, state=row.state, reason=row.reason,
        demo=row.demo, source=row.source, order_reference=row.order_reference,
        translations={language: said for language, said in row.translations.items() if said},
    )  # fmt: skip


def picture_view(kept: Mapping[str, Any]) -> dict[str, Any]:
    """{src, sources, width, height, large} of a picture that was drawn anew; `sources` are (MIME type, srcset)."""
    base, files = settings.MEDIA_URL, kept["files"]
    sources = [(MIME[form], f"{base}{files[form]['small']}") for form in MIME if form in files]
    return {
        "src": base + files["webp"]["small"], "sources": sources, "large": base + files["webp"]["large"],
        "width": kept["width"], "height": kept["height"],
    }  # fmt: skip


def question_views(rows: Sequence[Question], *, all_states: bool = False) -> list[QuestionView]:
    """With their answers, in one query more."""
    answers: dict[Any, list[AnswerView]] = {}
    found = Answer.objects.filter(question__in=[row.id for row in rows]).order_by("created_at", "id") if rows else ()
    for each in found:
        if all_states or each.state == State.PUBLISHED:
            answers.setdefault(each.question_id, []).append(
                AnswerView(
                    id=each.id, by=each.by, nickname=each.nickname, body=each.body, state=each.state,
                    created_at=each.created_at,
                )
            )  # fmt: skip
    return [
        QuestionView(
            id=row.id, product_id=row.product_id, customer_id=row.customer_id, nickname=row.nickname, email=row.email,
            language=row.language, body=row.body, state=row.state, reason=row.reason, demo=row.demo,
            created_at=row.created_at, answers=tuple(answers.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def shown(product_ids: Iterable[Any]) -> QuerySet[Review]:
    """Reviews with words that all may read; those whose words were erased count, and are not listed."""
    rows = Review.objects.filter(product_id__in=list(product_ids), state=State.PUBLISHED)
    return rows.exclude(body="", title="")


# What helped others most; then the newest.
MOST_HELPFUL = ((F("helpful") - F("unhelpful")).desc(), "-created_at", "-id")

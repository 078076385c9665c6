"""Many reviews and questions at once: from a file, another shop, the demo."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell_all, tell_history
from nitka.ground.facts.contract import Fact
from nitka.ground.locale import LANGUAGES
from nitka.shelf.reviews.actions.summarise import summarise
from nitka.shelf.reviews.checking import AT_MOST, cleaned
from nitka.shelf.reviews.drafts import PutResult, QuestionDraft, ReviewDraft
from nitka.shelf.reviews.facts import QuestionAnswered, ReviewPublished
from nitka.shelf.reviews.models import Answer, Question, Review, State

__all__ = ["put_question", "put_questions", "put_review", "put_reviews"]

# What a second putting may change; what the shop's people decided since (state, reason) stays theirs.
_CHANGES = (
    "product_id", "customer_id", "order_reference", "verified", "rating", "title", "body", "language", "aspects",
    "nickname", "created_at",
)  # fmt: skip


@transaction.atomic
def put_reviews(
    *, drafts: Sequence[ReviewDraft], source: str = "shop", demo: bool = False, history: bool = True
) -> PutResult:
    """Put many reviews; one whose key was put before is changed where it differs, else left alone.

    No mail is written. `history`: no job either, and no look at the read side: whoever puts rebuilds it afterwards
    (`search.rebuild(product_ids=result.product_ids)`). What cannot be kept is left out and named.
    """
    kept, refused = _checked(drafts)
    known = {row.key: row for row in Review.objects.filter(key__in=list(kept))}
    created, changed, unchanged = [], [], 0
    for key, draft in kept.items():
        row = known.get(key)
        if row is None:
            created.append(_row(draft, source, demo))
        elif _differs(row, draft):
            changed.append(row)
        else:
            unchanged += 1
    touched = {row.product_id for row in created}
    for row in changed:
        touched |= {row.product_id, kept[row.key].product_id}
        for name in _CHANGES:
            setattr(row, name, _value(kept[row.key], name, row))
        row.translations, row.translated_at = {}, None
    Review.objects.bulk_create(created, batch_size=1000)
    Review.objects.bulk_update(changed, [*_CHANGES, "translations", "translated_at"], batch_size=500)
    _tell(created, history)
    summarise(product_ids=touched, quietly=history)
    return PutResult(
        created=len(created), updated=len(changed), unchanged=unchanged, refused=tuple(refused),
        product_ids=tuple(sorted(touched)),
    )  # fmt: skip


def put_review(*, draft: ReviewDraft, source: str = "shop", demo: bool = False, history: bool = True) -> PutResult:
    """`put_reviews` for one."""
    return put_reviews(drafts=[draft], source=source, demo=demo, history=history)


def _checked(drafts: Sequence[ReviewDraft]) -> tuple[dict[str, ReviewDraft], list[tuple[str, str]]]:
    kept: dict[str, ReviewDraft] = {}
    refused = []
    for draft in drafts:
        trouble = _trouble(draft)
        if trouble:
            refused.append((draft.key, trouble))
        else:
            kept[draft.key] = draft
    return kept, refused


def _trouble(draft: ReviewDraft) -> str:
    if not draft.key or len(draft.key) > 120:
        return _("A review needs a key of at most 120 letters.")
    if not 1 <= draft.rating <= 5:
        return _("The stars must be 1 to 5.")
    if draft.language not in LANGUAGES:
        return _("The language must be one of %(languages)s.") % {"languages": ", ".join(LANGUAGES)}
    if draft.state not in (State.WAITING, State.PUBLISHED, State.REFUSED):
        return _("The state must be waiting, published or refused.")
    if not all(1 <= value <= 5 for value in draft.aspects.values()):
        return _("The stars must be 1 to 5.")
    return ""


def _row(draft: ReviewDraft, source: str, demo: bool) -> Review:
    values: dict[str, Any] = {each.name: getattr(draft, each.name) for each in fields(draft)}
    at = draft.created_at or clock.now()
    values |= {name: cleaned(values[name], AT_MOST[name]) for name in ("title", "body", "nickname")}
    values |= {
        "aspects": dict(draft.aspects), "created_at": at, "source": source, "demo": demo,
        "published_at": at if draft.state == State.PUBLISHED else None,
        "answered_at": draft.answered_at or (at if draft.answer else None),
    }  # fmt: skip
    return Review(**values)


def _value(draft: ReviewDraft, name: str, row: Review) -> Any:
    value = getattr(draft, name)
    if name in ("title", "body", "nickname"):
        return cleaned(value, AT_MOST[name])
    if name == "created_at":
        return value or row.created_at
    return dict(value) if name == "aspects" else value


def _differs(row: Review, draft: ReviewDraft) -> bool:
    return any(getattr(row, name) != _value(draft, name, row) for name in _CHANGES)


def _tell(rows: Sequence[Review], history: bool) -> None:
    facts: list[tuple[Fact, Any]] = [
        (
            ReviewPublished(
                review_id=row.id, product_id=row.product_id, customer_id=row.customer_id, rating=row.rating,
                verified=row.verified,
            ),
            row.published_at,
        )
        for row in rows
        if row.state == State.PUBLISHED
    ]  # fmt: skip
    if history:
        tell_history(facts)
    else:
        tell_all(fact for fact, _at in facts)


@transaction.atomic
def put_questions(*, drafts: Sequence[QuestionDraft], demo: bool = False, history: bool = True) -> PutResult:
    """Put many questions with their answers; one whose key was put before is left as it is. No mail is written.

    `history`: no job either, as with `put_reviews`.
    """
    known = set(Question.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", flat=True))
    fresh = {draft.key: draft for draft in drafts if draft.key not in known and draft.language in LANGUAGES}
    rows = {
        key: Question(
            product_id=draft.product_id, key=key, body=cleaned(draft.body, AT_MOST["body"]), language=draft.language,
            nickname=cleaned(draft.nickname, AT_MOST["nickname"]), customer_id=draft.customer_id, state=draft.state,
            demo=demo, created_at=draft.created_at or clock.now(),
        )
        for key, draft in fresh.items()
    }  # fmt: skip
    Question.objects.bulk_create(rows.values(), batch_size=1000)
    answers = [
        Answer(
            question=rows[key], by=answer.by, nickname=cleaned(answer.nickname, AT_MOST["nickname"]),
            body=cleaned(answer.body, AT_MOST["body"]), state=State.PUBLISHED,
            created_at=answer.created_at or rows[key].created_at,
        )
        for key, draft in fresh.items()
        for answer in draft.answers
    ]  # fmt: skip
    Answer.objects.bulk_create(answers, batch_size=1000)
    if history:
        tell_history([(_answered(each), each.created_at) for each in answers])
    else:
        tell_all(_answered(each) for each in answers)
    touched = {row.product_id for row in rows.values()}
    summarise(product_ids=touched, quietly=history)
    return PutResult(
        created=len(rows), unchanged=len(drafts) - len(rows), product_ids=tuple(sorted(touched))
    )  # fmt: skip


def put_question(*, draft: QuestionDraft, demo: bool = False, history: bool = True) -> PutResult:
    """`put_questions` for one."""
    return put_questions(drafts=[draft], demo=demo, history=history)


def _answered(answer: Answer) -> QuestionAnswered:
    question: Question = answer.question
    return QuestionAnswered(
        question_id=question.id, answer_id=answer.id, product_id=question.product_id, by=answer.by,
        customer_id=question.customer_id,
    )  # fmt: skip

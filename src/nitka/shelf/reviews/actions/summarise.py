"""What the reviews of a product say together, counted anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, Sum

from nitka.ground import clock
from nitka.ground.facts.actions import tell_all
from nitka.shelf.reviews import ranking
from nitka.shelf.reviews.facts import OpinionsChanged
from nitka.shelf.reviews.models import Question, Review, State, Summary
from nitka.shelf.reviews.topics import topics_of

__all__ = ["rank_all", "summarise"]

_NEVER_RATED = Fraction(7, 2)  # the mean of a shop without a single star; it orders nothing
_NEWEST = 2_000  # reviews of a product that topics are counted of


@transaction.atomic
def summarise(*, product_ids: Iterable[UUID], quietly: bool = False) -> None:
    """Count stars, aspects, topics and questions of these products anew, and tell OpinionsChanged of each.

    `quietly`: tell nothing, for whoever rebuilds the read side afterwards.
    """
    ids = sorted(set(product_ids))
    Summary.objects.bulk_create([Summary(product_id=each) for each in ids], ignore_conflicts=True)
    # Locked before counting: who counts later has seen what was committed before.
    rows = list(Summary.objects.select_for_update().filter(product_id__in=ids).order_by("product_id"))
    _count(rows)
    prior = _shop_mean()
    for row in rows:
        row.rank = round(1000 * ranking.bayesian_mean(row.total, row.count, prior))
        row.counted_at = clock.now()
    Summary.objects.bulk_update(
        rows,
        ["count", "total", "stars", "rank", "verified", "with_pictures", "aspects", "topics", "languages", "questions",
         "counted_at"],
        batch_size=500,
    )  # fmt: skip
    if not quietly:
        tell_all(OpinionsChanged(product_id=each) for each in ids)


@transaction.atomic
def rank_all() -> int:
    """Compute every rank with the shop's mean of now, and tell OpinionsChanged where it moved. Returns how many."""
    prior, moved = _shop_mean(), []
    for row in Summary.objects.select_for_update().filter(count__gt=0).order_by("product_id"):
        rank = round(1000 * ranking.bayesian_mean(row.total, row.count, prior))
        if rank != row.rank:
            row.rank = rank
            moved.append(row)
    Summary.objects.bulk_update(moved, ["rank"], batch_size=500)
    tell_all(OpinionsChanged(product_id=row.product_id) for row in moved)
    return len(moved)


def _shop_mean() -> Fraction:
    found = Review.objects.filter(state=State.PUBLISHED).aggregate(total=Sum("rating"), count=Count("id"))
    return Fraction(found["total"], found["count"]) if found["count"] else _NEVER_RATED


def _count(rows: list[Summary]) -> None:
    ids = [row.product_id for row in rows]
    published = Review.objects.filter(product_id__in=ids, state=State.PUBLISHED)
    stars = {f"stars_{n}": Count("id", filter=Q(rating=n)) for n in range(1, 6)}
    counts = {
        each["product_id"]: each
        for each in published.order_by().values("product_id").annotate(
            count=Count("id"), total=Sum("rating"), verified_=Count("id", filter=Q(verified=True)),
            pictured=Count("id", filter=~Q(pictures=[])), **stars,
        )
    }  # fmt: skip
    asked = dict(
        Question.objects.filter(product_id__in=ids, state=State.PUBLISHED)
        .order_by().values_list("product_id").annotate(n=Count("id"))
    )  # fmt: skip
    words = _words(published)
    titles = dict(Summary.objects.filter(product_id__in=ids).values_list("product_id", "product__title"))
    for row in rows:
        found: Mapping[str, Any] = counts.get(row.product_id) or defaultdict(int)  # type: ignore[assignment]
        row.count, row.total, row.verified = found["count"], found["total"], found["verified_"]
        row.with_pictures, row.stars = found["pictured"], [found[f"stars_{n}"] for n in range(1, 6)]
        row.questions = asked.get(row.product_id, 0)
        _count_words(row, words.get(row.product_id, []), titles.get(row.product_id) or {})


def _words(published: Any) -> dict[UUID, list[Review]]:
    found: dict[UUID, list[Review]] = defaultdict(list)
    columns = ("id", "product_id", "title", "body", "language", "aspects", "topics", "rating")
    for row in published.order_by("product_id", "-created_at", "-id").only(*columns):
        found[row.product_id].append(row)
    return found


def _count_words(row: Summary, reviews: list[Review], titles: Mapping[str, str]) -> None:
    sums: dict[str, list[int]] = {}
    spoken: dict[str, list[tuple[Review, str]]] = defaultdict(list)
    for review in reviews:
        for code, value in review.aspects.items():
            pair = sums.setdefault(code, [0, 0])
            pair[0], pair[1] = pair[0] + value, pair[1] + 1
        if (review.title or review.body) and len(spoken[review.language]) < _NEWEST:
            spoken[review.language].append((review, f"{review.title}\n{review.body}"))
    row.aspects = sums
    row.languages = {language: len(texts) for language, texts in sorted(spoken.items())}
    row.topics = {}
    keys: dict[UUID, list[str]] = defaultdict(list)
    for language, texts in spoken.items():
        found = topics_of(((each.id, text) for each, text in texts), language, leave_out=tuple(titles.values()))
        if found:
            row.topics[language] = [[topic.key, topic.words, len(topic.ids)] for topic in found]
        for topic in found:
            for id_ in topic.ids:
                keys[id_].append(topic.key)
    changed = [review for review in reviews if review.topics != keys[review.id]]
    for review in changed:
        review.topics = keys[review.id]
    Review.objects.bulk_update(changed, ["topics"], batch_size=500)

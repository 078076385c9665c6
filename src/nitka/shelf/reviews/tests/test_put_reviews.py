"""Many reviews at once, and what they say together."""

from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries
from nitka.shelf.reviews.models import Review
from nitka.shelf.reviews.tests.makers import draft, some_reviews

pytestmark = pytest.mark.django_db


def test_they_are_counted_together() -> None:
    table = put_product().product_id
    some_reviews(table, 5, 4, 4, 1)
    rating = queries.ratings_of([table])[table]
    assert (rating.count, rating.mean, rating.stars) == (4, 350, (1, 0, 0, 2, 1))


def test_putting_the_same_again_changes_nothing_and_another_rating_changes_it() -> None:
    table = put_product().product_id
    one = draft(table, 4, key="a")
    assert reviews.put_reviews(drafts=[one]).created == 1
    assert reviews.put_reviews(drafts=[one]).unchanged == 1
    assert reviews.put_reviews(drafts=[draft(table, 2, key="a", created_at=one.created_at)]).updated == 1
    assert queries.ratings_of([table])[table].mean == 200


def test_what_the_shop_decided_since_stays() -> None:
    table = put_product().product_id
    reviews.put_reviews(drafts=[draft(table, 4, key="a")])
    Review.objects.update(state="refused", reason="rude")
    reviews.put_reviews(drafts=[draft(table, 5, key="a")])
    assert Review.objects.get().state == "refused"


def test_bad_ones_are_named_and_the_others_kept() -> None:
    table = put_product().product_id
    done = reviews.put_reviews(drafts=[draft(table, 6, key="six"), draft(table, 5, key="five")])
    assert done.created == 1 and [key for key, _why in done.refused] == ["six"]


def test_waiting_ones_do_not_count() -> None:
    table = put_product().product_id
    reviews.put_reviews(drafts=[draft(table, 1, key="w", state="waiting")])
    assert queries.ratings_of([table]) == {}


def test_history_bears_its_own_moments_and_makes_no_jobs() -> None:
    table = put_product().product_id
    at = clock.now() - timedelta(days=200)
    reviews.put_reviews(drafts=[draft(table, 5, key="old", created_at=at)], demo=True)
    fact = FactRow.objects.get(kind="reviews.review_published")
    assert fact.at == at and Review.objects.get().demo
    assert not FactRow.objects.filter(kind="reviews.opinions_changed").exists()


def test_aspects_are_averaged_and_named() -> None:
    table = put_product().product_id
    reviews.put_aspects(category_id=None, aspects=[("quality", {"en": "Quality", "pl": "Jakość"})])
    reviews.put_reviews(drafts=[draft(table, 5, key=str(n), aspects={"quality": n}) for n in (4, 5)])
    [(code, names, mean, count)] = queries.ratings_of([table])[table].aspects
    assert (code, names["pl"], mean, count) == ("quality", "Jakość", 450, 2)


def test_topics_can_be_asked_for() -> None:
    table = put_product().product_id
    said = ["Wobbly legs.", "The legs are wobbly", "wobbly legs indeed", "Nice colour"]
    reviews.put_reviews(drafts=[draft(table, 3, key=str(n), body=body) for n, body in enumerate(said)])
    topic = queries.ratings_of([table])[table].topics["en"][0]
    assert queries.reviews_of(product_id=table, topic=topic[0]).total == topic[2] == 3


def test_questions_come_with_their_answers() -> None:
    table = put_product().product_id
    reviews.put_question(
        draft=reviews.QuestionDraft(
            product_id=table, key="q1", body="Does it fold?", nickname="Ida",
            answers=[reviews.AnswerDraft(body="It does not."), reviews.AnswerDraft(body="Mine never did", by="buyer")],
        ),
        demo=True,
    )  # fmt: skip
    [asked] = queries.questions_of(product_id=table).items
    assert asked.body == "Does it fold?" and [each.by for each in asked.answers] == ["shop", "buyer"]
    assert queries.ratings_of([table])[table].questions == 1


def test_the_readers_language_comes_first() -> None:
    table = put_product().product_id
    reviews.put_reviews(
        drafts=[draft(table, 5, key=language, body="…", language=language) for language in ("en", "pl", "ru")]
    )
    found = queries.opinions_of([table], ["pl", "nb"])[table]
    assert found["pl"].reviews[0].language == "pl" and len(found["nb"].reviews) == 3

"""Reviews and questions for other storefronts."""

import io
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import belonging_to
from nitka.shelf.reviews import queries as known
from nitka.shelf.reviews.models import Invitation, Question, Review
from nitka.shelf.reviews.tests.makers import draft
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
LAMP = "/api/v1/products/lamp"


@pytest.fixture
def lamp(shop: dict[str, UUID], client) -> UUID:
    known.forget()
    return shop["lamp"]


@pytest.fixture
def path(lamp: UUID, client) -> str:
    slug = client.get("/api/v1/products", {"q": "lamp", "market": "eu"}).json()["products"][0]["slug"]
    return f"/api/v1/products/{slug}"


def test_reviews_come_with_what_they_say_together_and_page_by_page(lamp: UUID, path: str, client) -> None:
    reviews.put_reviews(drafts=[draft(lamp, 1 + n % 5, key=str(n), body=f"Number {n}") for n in range(12)])
    first = client.get(f"{path}/reviews").json()
    assert first["rating"]["count"] == first["total"] == 12 and sum(first["rating"]["stars"]) == 12
    second = client.get(f"{path}/reviews", {"cursor": first["next_cursor"]}).json()
    assert len(first["reviews"]) + len(second["reviews"]) == 12 and second["next_cursor"] is None
    assert {each["rating"] for each in client.get(f"{path}/reviews?stars=5").json()["reviews"]} == {5}
    assert "customer_id" not in first["reviews"][0]


def test_a_product_without_reviews_has_no_mean(path: str, client) -> None:
    found = client.get(f"{path}/reviews").json()
    assert found["rating"]["mean"] is None and found["reviews"] == []


def test_writing_needs_an_invitation_or_the_rules(lamp: UUID, path: str, client) -> None:
    new = {"rating": 4, "body": "Lights the whole table.", "nickname": "Ida"}
    refused = client.post(f"{path}/reviews", new, content_type="application/json")
    assert refused.status_code == 403 and refused.json()["code"] == "not_invited"
    reviews.invite(order_code="NK-1", product_ids=[lamp], email="ida@example.com")
    token = known.invitation_token(Invitation.objects.get().id)
    kept = client.post(f"{path}/reviews", new | {"token": token}, content_type="application/json")
    assert kept.status_code == 201 and kept.json()["state"] == "waiting" and Review.objects.get().verified


def png(side: int) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (side, side), "green").save(held, "PNG")
    return held.getvalue()


def test_pictures_are_added_with_the_key_of_a_review_until_somebody_looked_at_it(
    lamp: UUID, path: str, client, settings, tmp_path, monkeypatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    reviews.set_rules(open_to_all=True, look_first=True, invite="nobody", invite_after_days=0)
    known.forget()
    new = {"rating": 4, "body": "Lights the whole table.", "nickname": "Ida"}
    key = client.post(f"{path}/reviews", new, content_type="application/json").json()["pictures_key"]

    def send(*contents: bytes, by: str = key) -> Any:
        files = [SimpleUploadedFile("a.png", each, "image/png") for each in contents]
        return client.post("/api/v1/reviews/pictures", {"key": by, "pictures": files})

    assert send(png(9), png(8)).json() == send(png(9), png(8)).json() == {"pictures": 2}
    run_jobs()
    assert len(Review.objects.get().pictures) == 2
    assert send(b"<svg/>").status_code == send(*(png(20 + n) for n in range(4))).status_code == 422
    assert send(png(5), by=f"{key}x").status_code == 403
    with monkeypatch.context() as later:
        later.setattr(belonging_to, "PICTURES_WITHIN", -1)
        assert send(png(5)).status_code == 403
    reviews.publish_review(review_id=Review.objects.get().id)
    assert send(png(5)).status_code == 422 and len(Review.objects.get().pictures) == 2


def test_votes_count_once_a_caller(lamp: UUID, path: str, client) -> None:
    reviews.put_reviews(drafts=[draft(lamp, 5)])
    vote = f"/api/v1/reviews/{Review.objects.get().id}/vote"
    for _again in range(2):
        assert client.post(vote, {"helpful": True}, content_type="application/json").json() == {"helpful": 1}
    assert client.post(f"/api/v1/reviews/{lamp}/vote", {}, content_type="application/json").status_code == 404


def test_questions_are_asked_and_read(lamp: UUID, path: str, client) -> None:
    asked = client.post(
        f"{path}/questions", {"body": "Which bulb?", "email": "bo@example.com"}, content_type="application/json"
    )
    assert asked.status_code == 201 and asked.json()["state"] == "unproved"
    assert client.get(f"{path}/questions").json()["total"] == 0
    reviews.answer_question(question_id=Question.objects.get().id, body="E27.")
    found = client.get(f"{path}/questions").json()
    assert found["questions"][0]["answers"][0]["body"] == "E27." and "bo@example.com" not in str(found)


def test_cards_and_products_say_their_rating(lamp: UUID, path: str, client) -> None:
    assert client.get(path, {"market": "eu"}).json()["rating"] is None
    from nitka.shelf.search import actions as search

    reviews.put_reviews(drafts=[draft(lamp, 5)])
    search.rebuild(product_ids=[lamp])
    assert client.get(path, {"market": "eu"}).json()["rating"] == {"mean": 5.0, "count": 1}

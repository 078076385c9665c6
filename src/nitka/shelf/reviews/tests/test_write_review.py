"""Who may write, what is kept, and what becomes of the pictures."""

import io
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from PIL import Image

from nitka.people.customers import actions as customers
from nitka.people.customers.models import Customer
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries
from nitka.shelf.reviews.models import Invitation, Review, Upload
from nitka.shelf.reviews.problems import NoSuchThing, NotInvited, ReviewProblem
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> UUID:
    return put_product().product_id


@pytest.fixture(autouse=True)
def forgotten() -> None:
    queries.forget()


def written(**values: object) -> reviews.Written:
    given = {"rating": 4, "title": "Good", "body": "It stands firmly and is easy to clean.", "nickname": "Anna K."}
    return reviews.Written(**(given | values))  # type: ignore[arg-type]


def buyer(table: UUID, code: str = "NK-1") -> UUID:
    anna = Customer.objects.create(email=f"{code.lower()}@example.com").id
    reviews.invite(order_code=code, product_ids=[table], customer_id=anna, email=f"{code.lower()}@example.com")
    return anna


def a_picture() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (1600, 900), "#884422").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_buyers_review_is_verified_and_waits_for_a_look(table: UUID) -> None:
    reviews.write_review(product_id=table, written=written(), customer_id=buyer(table))
    row = Review.objects.get()
    assert row.verified and row.state == "waiting" and row.order_reference == "NK-1"


def test_the_link_of_an_invitation_makes_a_buyer(table: UUID) -> None:
    buyer(table)
    token = queries.invitation_token(Invitation.objects.get().id)
    reviews.write_review(product_id=table, written=written(), token=token)
    assert Review.objects.get().verified


def test_an_invitation_to_one_product_opens_no_other(table: UUID) -> None:
    buyer(table)
    other = put_product("pine-bench").product_id
    with pytest.raises(NotInvited):
        reviews.write_review(
            product_id=other, written=written(), token=queries.invitation_token(Invitation.objects.get().id)
        )


def test_strangers_may_write_only_where_the_rules_let_them_and_are_not_verified(table: UUID) -> None:
    with pytest.raises(NotInvited):
        reviews.write_review(product_id=table, written=written())
    reviews.set_rules(open_to_all=True, look_first=True, invite="buyers", invite_after_days=10)
    reviews.write_review(product_id=table, written=written())
    assert not Review.objects.get().verified


def test_writing_again_changes_the_review_of_before(table: UUID) -> None:
    anna = buyer(table)
    first = reviews.write_review(product_id=table, written=written(), customer_id=anna)
    reviews.publish_review(review_id=first)
    assert reviews.write_review(product_id=table, written=written(rating=2), customer_id=anna) == first
    run_jobs()
    assert Review.objects.get().state == "waiting" and queries.ratings_of([table]) == {}


def test_what_is_missing_is_named_by_field(table: UUID) -> None:
    with pytest.raises(ReviewProblem) as caught:
        reviews.write_review(
            product_id=table, written=written(rating=0, body="ok", nickname=" "), customer_id=buyer(table)
        )
    assert set(caught.value.detail["errors"]) == {"rating", "body", "nickname"}


def test_shown_at_once_where_the_rules_say_so(table: UUID) -> None:
    reviews.set_rules(open_to_all=False, look_first=False, invite="buyers", invite_after_days=10)
    reviews.write_review(product_id=table, written=written(), customer_id=buyer(table))
    run_jobs()
    assert queries.ratings_of([table])[table].count == 1


def test_pictures_are_drawn_anew_without_what_the_camera_wrote(table: UUID) -> None:
    reviews.write_review(product_id=table, written=written(pictures=[a_picture()]), customer_id=buyer(table))
    run_jobs()
    [picture] = Review.objects.get().pictures
    assert not Upload.objects.exists()
    for names in picture["files"].values():
        for name in names.values():
            assert b"SecretCamera" not in (Path(settings.MEDIA_ROOT) / name).read_bytes()
    assert (picture["width"], picture["height"]) == (320, 180)


def test_what_is_no_picture_is_refused(table: UUID) -> None:
    with pytest.raises(ReviewProblem) as caught:
        reviews.write_review(product_id=table, written=written(pictures=[b"<svg/>"]), customer_id=buyer(table))
    assert "pictures" in caught.value.detail["errors"]


def test_publishing_twice_is_news_once_and_refusing_needs_a_reason(table: UUID) -> None:
    one = reviews.write_review(product_id=table, written=written(), customer_id=buyer(table))
    assert reviews.publish_review(review_id=one) and not reviews.publish_review(review_id=one)
    with pytest.raises(ReviewProblem):
        reviews.refuse_review(review_id=one, reason=" ")
    reviews.refuse_review(review_id=one, reason="Names a person")
    run_jobs()
    assert queries.ratings_of([table]) == {}


def test_votes_count_once_a_person_and_can_be_turned(table: UUID) -> None:
    one = reviews.write_review(product_id=table, written=written(), customer_id=buyer(table))
    me = reviews.voter_of(one, "10.0.0.1", "Firefox")
    with pytest.raises(NoSuchThing):
        reviews.vote(review_id=one, voter=me)
    reviews.publish_review(review_id=one)
    assert [reviews.vote(review_id=one, voter=me) for _again in range(2)] == [1, 1]
    assert reviews.vote(review_id=one, voter=me, helpful=False) == 0
    assert Review.objects.values_list("helpful", "unhelpful").get() == (0, 1)
    assert reviews.voter_of(one, "10.0.0.1", "Firefox") == me != reviews.voter_of(table, "10.0.0.1", "Firefox")


def test_erasure_takes_words_and_pictures_and_leaves_the_stars(table: UUID) -> None:
    anna = buyer(table)
    one = reviews.write_review(product_id=table, written=written(pictures=[a_picture()]), customer_id=anna)
    reviews.publish_review(review_id=one)
    run_jobs()
    file = Path(settings.MEDIA_ROOT) / Review.objects.get().pictures[0]["files"]["webp"]["small"]
    customers.erase_customer(code=Customer.objects.get(id=anna).code)
    run_jobs()
    row = Review.objects.get()
    assert (row.title, row.body, row.nickname, row.customer_id, row.pictures) == ("", "", "", None, [])
    assert not file.exists() and queries.ratings_of([table])[table].mean == 400
    assert queries.reviews_of(product_id=table).total == 0

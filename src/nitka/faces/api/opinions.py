"""Reviews, votes on them, questions and their answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language, Problem, Text, cursor_of, page_of
from nitka.ground.locale import pick
from nitka.ground.web.idempotency import idempotent
from nitka.ground.web.limits import check, client_address, rate_limit
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known
from nitka.shelf.search import queries as search

MOST_BYTES, MOST_PICTURES = 10 << 20, 5  # of one picture; more is refused by the review
router = Router()
Words = Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00]*$")]
Stars = Annotated[int, Field(ge=1, le=5)]


class ReviewPicture(Schema):
    src: str
    large: str
    width: int
    height: int


class Review(Schema):
    id: UUID
    rating: int
    title: str
    body: str
    language: str
    nickname: str
    verified: bool = Field(description="We delivered the product to the writer.")
    aspects: dict[str, int]
    pictures: list[ReviewPicture]
    helpful: int
    created_at: datetime
    answer: str
    answered_at: datetime | None


class Topic(Schema):
    key: str
    words: str
    count: int


class Aspect(Schema):
    code: str
    name: str
    mean: float
    count: int


class Rating(Schema):
    """All reviews of a product together. `stars` are counts of one to five stars, `topics` words that several have."""

    count: int
    mean: float | None
    rank: float | None = Field(description="The Bayesian mean that lists are sorted by.")
    stars: list[int]
    verified: int
    aspects: list[Aspect]
    topics: list[Topic]


class Reviews(Schema):
    rating: Rating
    reviews: list[Review]
    total: int
    next_cursor: str | None


class Asking(Schema):
    language: Language = FALLBACK
    stars: int = Field(0, ge=0, le=5)
    written_in: Text = Field("", description="Only reviews in this language.")
    topic: Text = ""
    with_pictures: bool = False
    verified: bool = False
    sort: str = Field("helpful", pattern="^(helpful|new|best|worst)$")
    cursor: Text = ""


class Answer(Schema):
    by: str = Field(description="shop or buyer")
    nickname: str
    body: str
    created_at: datetime


class Question(Schema):
    id: UUID
    body: str
    language: str
    nickname: str
    created_at: datetime
    answers: list[Answer]


class Questions(Schema):
    questions: list[Question]
    total: int
    next_cursor: str | None


class NewReview(Schema):
    rating: Stars
    title: Text = ""
    body: Words
    language: Language = FALLBACK
    nickname: Text
    aspects: dict[Text, Stars] = Field(default={}, max_length=20)
    token: Text = Field("", description="The key of an invitation's link; without one the rules must let all write.")


class NewQuestion(Schema):
    body: Words
    email: Text
    nickname: Text = ""
    language: Language = FALLBACK


class Kept(Schema):
    id: UUID
    state: str = Field(description="waiting: for a look; published; unproved: for the click in the mail")


class KeptReview(Kept):
    pictures_key: str = Field(description="Adds pictures to this review within an hour.")


class Pictured(Schema):
    pictures: int = Field(description="How many the review has. They are shown once they were drawn anew.")


class Vote(Schema):
    helpful: bool = True


class Voted(Schema):
    helpful: int


_MAY_NOT: dict[int, Any] = {**REFUSALS, 403: Problem}


@router.get("/products/{slug}/reviews", response={200: Reviews, **REFUSALS}, summary="Reviews of a product")
def listing(request: HttpRequest, slug: str, asking: Query[Asking]) -> Any:
    product_id = _product(slug, asking.language)
    page = page_of(asking.cursor)
    found = known.reviews_of(
        product_id=product_id, stars=asking.stars, language=asking.written_in, topic=asking.topic,
        with_pictures=asking.with_pictures, verified=asking.verified, sort=asking.sort, page=page,
    )  # fmt: skip
    return {
        "rating": _rating(known.ratings_of([product_id]).get(product_id), asking.language),
        "reviews": [_review(each) for each in found.items] if page <= found.pages else [], "total": found.total,
        "next_cursor": cursor_of(page + 1) if page < found.pages else None,
    }  # fmt: skip


@router.post("/products/{slug}/reviews", response={201: KeptReview, **_MAY_NOT}, summary="Write a review")
@rate_limit("review", "20/h")
@decorate_view(idempotent)
def write(request: HttpRequest, slug: str, new: NewReview) -> Any:
    values = new.dict()
    token = values.pop("token")
    id_ = reviews.write_review(
        product_id=_product(slug, new.language), written=reviews.Written(**values), token=token
    )  # fmt: skip
    found = known.review(id_)
    state = found.state if found else ""
    return Status(201, KeptReview(id=id_, state=state, pictures_key=known.pictures_key(id_)))


@router.post("/reviews/pictures", response={201: Pictured, **_MAY_NOT}, summary="Add pictures to a review")
@rate_limit("review_pictures", "40/h")
def add_pictures(request: HttpRequest, key: Form[Text], pictures: File[list[UploadedFile]]) -> Any:
    """JPEG, PNG, WebP, AVIF or GIF, at most five of 10 MB, as multipart/form-data. Sent again they count once."""
    contents = [each.read(MOST_BYTES + 1) for each in pictures[: MOST_PICTURES + 1]]
    return Status(201, Pictured(pictures=reviews.add_pictures(key=key, pictures=contents)))


@router.post("/reviews/{review_id}/vote", response={200: Voted, **REFUSALS}, summary="Say whether a review helped")
@rate_limit("vote", "60/h")
@decorate_view(idempotent)
def vote(request: HttpRequest, review_id: UUID, given: Vote) -> Any:
    check(f"vote:{review_id}:{client_address(request)}", reviews.VOTES_OF_ONE_ADDRESS)
    voter = reviews.voter_of(review_id, client_address(request), request.headers.get("User-Agent", ""))
    return Voted(helpful=reviews.vote(review_id=review_id, voter=voter, helpful=given.helpful))


@router.get("/products/{slug}/questions", response={200: Questions, **REFUSALS}, summary="Questions and answers")
def questions(request: HttpRequest, slug: str, language: Language = FALLBACK, cursor: Text = "") -> Any:
    page = page_of(cursor)
    found = known.questions_of(product_id=_product(slug, language), page=page)
    return {
        "questions": [Question.from_orm(each) for each in found.items] if page <= found.pages else [],
        "total": found.total, "next_cursor": cursor_of(page + 1) if page < found.pages else None,
    }  # fmt: skip


@router.post("/products/{slug}/questions", response={201: Kept, **REFUSALS}, summary="Ask about a product")
@rate_limit("ask_product", "30/h")
@decorate_view(idempotent)
def ask(request: HttpRequest, slug: str, new: NewQuestion) -> Any:
    id_ = reviews.ask_question(
        product_id=_product(slug, new.language), body=new.body, email=new.email, nickname=new.nickname,
        language=new.language,
    )  # fmt: skip
    return Status(201, Kept(id=id_, state="unproved"))


def _product(slug: str, language: str) -> UUID:
    page = search.product_page(slug=slug, language=language, market="") if "\x00" not in slug else None
    if page is None:
        raise Http404
    return page.product_id


def _rating(rating: known.RatingView | None, language: str) -> Rating:
    if rating is None or not rating.count:
        return Rating(count=0, mean=None, rank=None, stars=[0] * 5, verified=0, aspects=[], topics=[])
    return Rating(
        count=rating.count, mean=rating.mean / 100, rank=rating.rank / 1000, stars=list(rating.stars),
        verified=rating.verified,
        aspects=[
            Aspect(code=code, name=pick(names, language) or code, mean=mean / 100, count=count)
            for code, names, mean, count in rating.aspects
        ],
        topics=[Topic(key=key, words=words, count=n) for key, words, n in rating.topics.get(language, ())],
    )  # fmt: skip


def _review(view: known.ReviewView) -> dict[str, Any]:
    pictures = [
        {**each, "src": settings.NITKA_PUBLIC_URL + each["src"], "large": settings.NITKA_PUBLIC_URL + each["large"]}
        for each in view.pictures
    ]
    return {name: getattr(view, name) for name in Review.model_fields if name != "pictures"} | {"pictures": pictures}

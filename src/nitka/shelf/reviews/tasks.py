"""What the worker and the clock do for reviews. Verbs are imported when they are called, for they enqueue these."""

from datetime import timedelta
from uuid import UUID

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.shelf.reviews.models import Invitation, Question, State

UNPROVED_DAYS = 14
INVITED_DAYS = 730


@task(queue="facts")
def count(*, product_id: str) -> None:
    """Count a product's reviews and questions anew."""
    from nitka.shelf.reviews.actions.summarise import summarise

    summarise(product_ids=[UUID(product_id)])


def count_later(product_id: UUID) -> None:
    """Have a product counted anew after this commit; one at a time, however many opinions change."""
    count.later(lock=str(product_id), product_id=str(product_id))


@task(queue="media")
def draw_pictures(*, review_id: str) -> None:
    """Draw the pictures of a review anew."""
    from nitka.shelf.reviews.actions.moderate import draw_pictures as draw

    draw(review_id=UUID(review_id))


@task(queue="media")
def draw_comment(*, comment_id: str) -> None:
    """Draw the pictures of a comment anew."""
    from nitka.shelf.reviews.actions.comments import draw_comment_pictures

    draw_comment_pictures(comment_id=UUID(comment_id))


@periodic("11,41 * * * *")
def ask_buyers() -> None:
    """Write the invitations that are due."""
    from nitka.shelf.reviews.actions.invite import send_invitations

    while send_invitations():
        pass


@periodic("*/5 * * * *", queue="media")
def translate_new() -> None:
    """Have new reviews translated, where a provider is set."""
    from nitka.shelf.reviews.actions.translate import translate_reviews

    translate_reviews()


@periodic("47 3 * * *")
def tidy() -> None:
    """Forget questions that nobody confirmed, and invitations of two years ago that nobody took."""
    now = clock.now()
    Question.objects.filter(state=State.UNPROVED, created_at__lt=now - timedelta(days=UNPROVED_DAYS)).delete()
    Invitation.objects.filter(review=None, created_at__lt=now - timedelta(days=INVITED_DAYS)).delete()


@periodic("23 2 * * *", queue="clock")
def rank_anew() -> None:
    """The shop's mean moves with every star, and with it every product's rank: counted anew once a night."""
    from nitka.shelf.reviews.actions.summarise import rank_all

    rank_all()

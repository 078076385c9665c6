"""What the shop's people do with a review: show it, refuse it, answer it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.shelf.reviews import picture_files, tasks
from nitka.shelf.reviews.actions.locking import locked
from nitka.shelf.reviews.actions.telling import tell_published
from nitka.shelf.reviews.checking import AT_MOST, cleaned
from nitka.shelf.reviews.models import Review, State, Upload
from nitka.shelf.reviews.problems import ReviewProblem

__all__ = ["answer_review", "draw_pictures", "publish_review", "refuse_review"]


@transaction.atomic
def publish_review(*, review_id: UUID) -> bool:
    """Show a review to all. Returns whether that was news. Raises NoSuchThing."""
    row = _locked(review_id)
    if row.state == State.PUBLISHED:
        return False
    row.state, row.reason, row.published_at = State.PUBLISHED, "", clock.now()
    row.save(update_fields=["state", "reason", "published_at"])
    tell_published(row)
    tasks.count_later(row.product_id)
    return True


@transaction.atomic
def refuse_review(*, review_id: UUID, reason: str) -> None:
    """Do not show a review (any more), and keep why; its writer reads that in their account.

    Raises ReviewProblem without a reason: few stars alone are none.
    """
    why = cleaned(reason, 300)
    if not why:
        raise ReviewProblem(_("Say why it is refused; the writer reads it."))
    row = _locked(review_id)
    was = row.state
    row.state, row.reason = State.REFUSED, why
    row.save(update_fields=["state", "reason"])
    if was == State.PUBLISHED:
        tasks.count_later(row.product_id)


@transaction.atomic
def answer_review(*, review_id: UUID, answer: str, author: UUID | None = None) -> None:
    """Write the shop's answer below a review, or take it away with an empty one."""
    row = _locked(review_id)
    row.answer = cleaned(answer, AT_MOST["body"])
    row.answered_at, row.answered_by = (clock.now(), author) if row.answer else (None, None)
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    if row.state == State.PUBLISHED:
        tasks.count_later(row.product_id)


def draw_pictures(*, review_id: UUID) -> int:
    """Draw what was sent with a review anew, and throw the uploads away. Returns how many pictures came of it."""
    uploads = list(Upload.objects.filter(review_id=review_id).order_by("id"))
    drawn = [picture for upload in uploads if (picture := picture_files.draw(bytes(upload.content)))]
    with transaction.atomic():
        row = Review.objects.select_for_update().filter(id=review_id).first()
        living = Upload.objects.filter(id__in=[each.id for each in uploads]).delete()[0]
        if row is None or living < len(uploads):
            picture_files.forget(drawn)  # erased, or written anew meanwhile
            return 0
        row.pictures = [*row.pictures, *drawn][: picture_files.MOST]
        row.save(update_fields=["pictures"])
        if row.state == State.PUBLISHED:
            tasks.count_later(row.product_id)
    return len(drawn)


def _locked(review_id: UUID) -> Review:
    return locked(Review, review_id, _("There is no such review."))

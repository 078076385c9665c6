"""Comments below articles and collections: written by anybody, shown once the shop's people have looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.locale import LANGUAGES
from nitka.shelf.reviews import picture_files, tasks
from nitka.shelf.reviews.actions.locking import locked
from nitka.shelf.reviews.checking import AT_MOST, cleaned
from nitka.shelf.reviews.facts import CommentPublished
from nitka.shelf.reviews.models import Comment, CommentUpload, State
from nitka.shelf.reviews.problems import ReviewProblem

LEAST_LETTERS = 2


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says. `about` is page or collection, `subject` its id; nothing is checked yet."""

    about: str
    subject: UUID
    nickname: str
    body: str
    language: str
    pictures: Sequence[bytes] = ()
    customer_id: UUID | None = None


@transaction.atomic
def write_comment(*, said: Said) -> UUID:
    """Keep a comment until somebody has looked at it. Its pictures are drawn anew by the worker meanwhile.

    Whether there is such a page is the caller's to know. Raises ReviewProblem with `errors` by field.
    """
    name, body = cleaned(said.nickname, AT_MOST["nickname"]), cleaned(said.body, AT_MOST["body"])
    errors = {}
    if said.about not in Comment.About.values or said.language not in LANGUAGES:
        raise ReviewProblem(_("There is nothing to comment on here."))
    if len(body) < LEAST_LETTERS:
        errors["body"] = _("Write what you want to say.")
    if not name or "@" in name:
        errors["nickname"] = _("Choose a name to be shown; it need not be your own, and is no e-mail address.")
    if len(said.pictures) > picture_files.MOST:
        errors["pictures"] = _("%(n)s pictures are the most.") % {"n": picture_files.MOST}
    elif any(picture_files.fault(each) for each in said.pictures):
        errors["pictures"] = _("Choose JPEG, PNG, WebP, AVIF or GIF pictures of at most 10 MB.")
    if errors:
        raise ReviewProblem(next(iter(errors.values())), errors=errors)
    row = Comment.objects.create(
        about=said.about, subject=said.subject, nickname=name, body=body, language=said.language,
        customer_id=said.customer_id,
    )  # fmt: skip
    if said.pictures:
        CommentUpload.objects.bulk_create(CommentUpload(comment=row, content=each) for each in said.pictures)
        tasks.draw_comment.later(comment_id=str(row.id))
    return row.id


@transaction.atomic
def publish_comment(*, comment_id: UUID) -> bool:
    """Show a comment to all. Returns whether that was news. Raises NoSuchThing."""
    row = _locked(comment_id)
    if row.state == State.PUBLISHED:
        return False
    row.state, row.reason = State.PUBLISHED, ""
    row.save(update_fields=["state", "reason"])
    tell(CommentPublished(comment_id=row.id, customer_id=row.customer_id, about=row.about, about_id=row.subject))
    return True


@transaction.atomic
def refuse_comment(*, comment_id: UUID, reason: str) -> None:
    """Do not show a comment (any more), and keep why. Raises ReviewProblem without a reason."""
    why = cleaned(reason, 300)
    if not why:
        raise ReviewProblem(_("Say why it is refused; your colleagues read it."))
    row = _locked(comment_id)
    row.state, row.reason = State.REFUSED, why
    row.save(update_fields=["state", "reason"])


def draw_comment_pictures(*, comment_id: UUID) -> int:
    """Draw what was sent with a comment anew, and throw the uploads away. Returns how many pictures came of it."""
    uploads = list(CommentUpload.objects.filter(comment_id=comment_id).order_by("id"))
    drawn = [picture for upload in uploads if (picture := picture_files.draw(bytes(upload.content)))]
    with transaction.atomic():
        row = Comment.objects.select_for_update().filter(id=comment_id).first()
        living = CommentUpload.objects.filter(id__in=[each.id for each in uploads]).delete()[0]
        if row is None or living < len(uploads):
            picture_files.forget(drawn)  # erased meanwhile
            return 0
        row.pictures = [*row.pictures, *drawn][: picture_files.MOST]
        row.save(update_fields=["pictures"])
    return len(drawn)


def _locked(comment_id: UUID) -> Comment:
    return locked(Comment, comment_id, _("There is no such comment."))

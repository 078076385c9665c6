"""Writing a review: as the buyer one is, or as anybody where the shop allows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.locale import LANGUAGES
from nitka.people.customers import queries as customers
from nitka.shelf.reviews import picture_files, queries, tasks
from nitka.shelf.reviews.actions.telling import tell_published
from nitka.shelf.reviews.checking import AT_MOST, cleaned
from nitka.shelf.reviews.models import Invitation, Review, State, Upload
from nitka.shelf.reviews.problems import NotInvited, ReviewProblem

__all__ = ["Written", "add_pictures", "write_review"]

LEAST_WORDS = 10  # letters of the text


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody wrote. `aspects` are stars by code, `pictures` contents of files; nothing is checked yet."""

    rating: int
    title: str = ""
    body: str = ""
    language: str = "en"
    nickname: str = ""
    aspects: Mapping[str, int] = field(default_factory=dict)
    pictures: Sequence[bytes] = ()


@transaction.atomic
def write_review(
    *, product_id: UUID, written: Written, customer_id: UUID | None = None, token: str = ""
) -> UUID:  # fmt: skip
    """Keep a review, verified where the writer got the product from us: by the `token` of an invitation's link, or as
    the customer who was delivered it. The same buyer writing again changes their review.

    It waits for a look unless the rules show reviews at once. Pictures are shown when the worker has drawn them anew.
    Raises NotInvited for anybody else where the rules do not let all write, ReviewProblem with `errors` by field.
    """
    invited = _invitation(product_id, customer_id, token)
    if invited is None and not queries.rules().open_to_all:
        raise NotInvited(_("Only who bought this here may review it. Sign in with the address that you ordered with."))
    _refuse(written)
    customer_id = invited.customer_id if invited and invited.customer_id else customer_id
    row = _row(invited, product_id, customer_id)
    _fill(row, written, invited)
    row.save()
    if invited and invited.review_id != row.id:
        Invitation.objects.filter(id=invited.id).update(review=row)
    _keep_pictures(row, written.pictures)
    if row.state == State.PUBLISHED:
        tell_published(row)
        tasks.count_later(product_id)
    return row.id


@transaction.atomic
def add_pictures(*, key: str, pictures: Sequence[bytes]) -> int:
    """Add pictures to a review that was written in the last hour; how many it has then. What was added counts once.

    `key`: see `queries.pictures_key`. Raises NotInvited for another key, ReviewProblem for what are no pictures, too
    many, and for a review that was looked at already: nothing is shown that nobody has seen.
    """
    id_ = queries.review_of_pictures_key(key)
    row = Review.objects.select_for_update().filter(id=id_).first() if id_ else None
    if row is None:
        raise NotInvited(_("This key is wrong or too old. Send the review once more to add pictures."))
    if row.state != (State.WAITING if queries.rules().look_first else State.PUBLISHED):
        raise ReviewProblem(_("This review was looked at already. Write it anew to add pictures."))
    before = [bytes(each.content) for each in Upload.objects.filter(review=row)]
    fresh = [each for each in dict.fromkeys(pictures) if each not in before]
    if errors := _picture_errors(fresh, len(before) + len(row.pictures)):
        raise ReviewProblem(errors["pictures"], errors=errors)
    Upload.objects.bulk_create(Upload(review=row, content=each) for each in fresh)
    if fresh:
        tasks.draw_pictures.later(review_id=str(row.id))
    return len(before) + len(row.pictures) + len(fresh)


def _invitation(product_id: UUID, customer_id: UUID | None, token: str) -> Invitation | None:
    rows = Invitation.objects.select_for_update().filter(product_id=product_id)
    if token and (found := queries.invitation_by_token(token)):
        return rows.filter(id=found.id).first()
    if customer_id is None:
        return None
    return rows.filter(customer_id__in=customers.proved_ids_of(customer_id)).order_by("-created_at").first()


def _refuse(written: Written) -> None:
    errors = {}
    if not 1 <= written.rating <= 5 or not all(1 <= value <= 5 for value in written.aspects.values()):
        errors["rating"] = _("Choose one to five stars.")
    if len(cleaned(written.body, AT_MOST["body"])) < LEAST_WORDS:
        errors["body"] = _("Write a sentence or two; others cannot ask you.")
    if not cleaned(written.nickname, AT_MOST["nickname"]):
        errors["nickname"] = _("Choose a name to be shown; it need not be your own.")
    if written.language not in LANGUAGES:
        errors["language"] = _("Choose the language that you write in.")
    errors |= _picture_errors(written.pictures)
    if errors:
        raise ReviewProblem(next(iter(errors.values())), errors=errors)


def _picture_errors(pictures: Sequence[bytes], before: int = 0) -> dict[str, str]:
    if len(pictures) + before > picture_files.MOST:
        return {"pictures": _("%(n)s pictures are the most.") % {"n": picture_files.MOST}}
    if {picture_files.fault(each) for each in pictures} - {""}:
        return {"pictures": _("Choose JPEG, PNG, WebP, AVIF or GIF pictures of at most 10 MB.")}
    return {}


def _row(invited: Invitation | None, product_id: UUID, customer_id: UUID | None) -> Review:
    """The review of before, or a new one."""
    if invited and invited.review_id:
        return Review.objects.select_for_update().get(id=invited.review_id)
    if customer_id:
        rows = Review.objects.select_for_update().filter(product_id=product_id)
        before = rows.filter(customer_id__in=customers.proved_ids_of(customer_id)).order_by("-created_at").first()
        if before:
            return before
    return Review(product_id=product_id, customer_id=customer_id)


def _fill(row: Review, written: Written, invited: Invitation | None) -> None:
    was_shown = row.state == State.PUBLISHED
    for name in ("title", "body", "nickname"):
        setattr(row, name, cleaned(getattr(written, name), AT_MOST[name]))
    row.translations, row.translated_at = {}, None
    row.rating, row.aspects, row.language = written.rating, dict(written.aspects), written.language
    row.verified = row.verified or invited is not None
    row.order_reference = invited.order_code if invited else row.order_reference
    row.state = State.WAITING if queries.rules().look_first else State.PUBLISHED
    row.reason = ""
    if row.state == State.PUBLISHED:
        row.published_at = clock.now()
    elif was_shown:
        tasks.count_later(row.product_id)


def _keep_pictures(row: Review, pictures: Sequence[bytes]) -> None:
    if pictures:
        picture_files.forget(row.pictures)
        Review.objects.filter(id=row.id).update(pictures=[])
        Upload.objects.filter(review=row).delete()
        Upload.objects.bulk_create(Upload(review=row, content=each) for each in pictures)
        tasks.draw_pictures.later(review_id=str(row.id))

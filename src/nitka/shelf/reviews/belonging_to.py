"""Whose reviews, questions and invitations they are, and the keys that links of mails hold."""

from collections.abc import Collection
from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner

from .models import Invitation, Question, Review
from .rows import question_views, review_view
from .views import InvitationView, QuestionView, ReviewView

_INVITED, _SILENT, _PICTURED = "nitka.reviews.invitation", "nitka.reviews.silence", "nitka.reviews.pictures"
PICTURES_WITHIN = 3600  # seconds after a review was written


def invitation_token(invitation_id: UUID) -> str:
    """The key of an invitation's link."""
    return Signer(salt=_INVITED, sep=".").sign(invitation_id.hex)


def invitation_by_token(token: str) -> InvitationView | None:
    """The invitation that a link of a mail holds; None for a key that is not ours."""
    try:
        id_ = UUID(Signer(salt=_INVITED, sep=".").unsign(token[:200]))
    except (BadSignature, ValueError):
        return None
    row = Invitation.objects.filter(id=id_).first()
    return _view(row) if row else None


def pictures_key(review_id: UUID) -> str:
    """What whoever wrote a review just now shows to add pictures to it."""
    return TimestampSigner(salt=_PICTURED, sep=".").sign(review_id.hex)


def review_of_pictures_key(key: str) -> UUID | None:
    """The review that such a key opens; None for one that is too old or not ours."""
    try:
        return UUID(TimestampSigner(salt=_PICTURED, sep=".").unsign(key[:200], max_age=PICTURES_WITHIN))
    except (BadSignature, ValueError):
        return None


def invitation_for(customer_ids: Collection[UUID], product_id: UUID) -> InvitationView | None:
    """The newest invitation of a person for a product."""
    rows = Invitation.objects.filter(customer_id__in=customer_ids, product_id=product_id)
    row = rows.order_by("-created_at").first()
    return _view(row) if row else None


def invitations_of(customer_ids: Collection[UUID], *, most: int = 50) -> list[InvitationView]:
    """What a person got from us and has not reviewed yet, newest first; a product once."""
    rows = Invitation.objects.filter(customer_id__in=customer_ids, review=None).order_by("-created_at", "-id")
    done = set(Review.objects.filter(customer_id__in=customer_ids).values_list("product_id", flat=True))
    found = {row.product_id: _view(row) for row in reversed(rows[: most * 2]) if row.product_id not in done}
    return list(reversed(found.values()))[:most]


def written_by(customer_ids: Collection[UUID], *, most: int = 100) -> tuple[list[ReviewView], list[QuestionView]]:
    """The reviews and the questions of a person in whatever state, newest first."""
    own = Review.objects.filter(customer_id__in=customer_ids).exclude(title="", body="")
    asked = Question.objects.filter(customer_id__in=customer_ids).order_by("-created_at")[:most]
    return [review_view(row) for row in own.order_by("-created_at")[:most]], question_views(list(asked))


def silence_token(email: str) -> str:
    """What the link of a mail proves that it may silence."""
    return Signer(salt=_SILENT).sign(email)


def email_of_silence(token: str) -> str:
    """The address that such a link is for; nothing for a key that is not ours."""
    try:
        return Signer(salt=_SILENT).unsign(token[:400])
    except BadSignature:
        return ""


def _view(row: Invitation) -> InvitationView:
    return InvitationView(
        id=row.id, product_id=row.product_id, customer_id=row.customer_id, email=row.email,
        order_code=row.order_code, language=row.language, review_id=row.review_id, created_at=row.created_at,
    )  # fmt: skip

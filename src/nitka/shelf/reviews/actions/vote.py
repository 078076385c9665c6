"""Whether a review helped."""

import uuid
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.shelf.reviews.facts import OpinionsChanged
from nitka.shelf.reviews.models import Review, State, Vote
from nitka.shelf.reviews.problems import NoSuchThing

__all__ = ["VOTES_OF_ONE_ADDRESS", "vote", "voter_of"]

# On one review, from one address: a household, an office. Which device or browser it is, its sender alone says.
VOTES_OF_ONE_ADDRESS = "8/d"


def voter_of(review_id: UUID, *marks: str) -> UUID:
    """A number for somebody who is neither signed in nor known by a device: the same for the same marks (address,
    browser) and review, and of no use for anything else, since each review gives another one."""
    digest = salted_hmac("nitka.reviews.vote", "\n".join((str(review_id), *marks)), algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=5)


@transaction.atomic
def vote(*, review_id: UUID, voter: UUID, helpful: bool = True) -> int:
    """Note that a review helped somebody, or did not; voting again replaces the vote of before.

    `voter` is a customer, a device's evidence id, or `voter_of(…)`. Returns how many found it helpful.
    """
    row = Review.objects.select_for_update().filter(id=review_id, state=State.PUBLISHED).first()
    if row is None:
        raise NoSuchThing(_("There is no such review."))
    before = Vote.objects.filter(review=row, voter=voter).first()
    if before and before.helpful == helpful:
        return row.helpful
    if before:
        Vote.objects.filter(id=before.id).update(helpful=helpful)
    else:
        Vote.objects.create(review=row, voter=voter, helpful=helpful)
    step = -1 if before else 0
    row.helpful = max(row.helpful + (1 if helpful else step), 0)
    row.unhelpful = max(row.unhelpful + (step if helpful else 1), 0)
    row.save(update_fields=["helpful", "unhelpful"])
    tell(OpinionsChanged(product_id=row.product_id))
    return row.helpful

"""What is rated beside the stars, and the merchant's rules."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.shelf.reviews import queries
from nitka.shelf.reviews.models import Aspect, Rules
from nitka.shelf.reviews.problems import ReviewProblem

__all__ = ["put_aspects", "set_rules"]


@transaction.atomic
def put_aspects(*, category_id: UUID | None, aspects: Sequence[tuple[str, Mapping[str, str]]]) -> None:
    """Replace what goods of a category (None: all goods) are rated for: (code, name by language) in their order.

    Ratings that were given for others stay with their reviews.
    """
    own = Aspect.objects.filter(category_id=category_id) if category_id else Aspect.objects.filter(category=None)
    own.delete()
    Aspect.objects.bulk_create(
        Aspect(code=code, category_id=category_id, name=dict(name), position=position)
        for position, (code, name) in enumerate(aspects)
    )


@transaction.atomic
def set_rules(*, open_to_all: bool, look_first: bool, invite: str, invite_after_days: int) -> None:
    """Say who may write a review, whether each is looked at before it is shown, whom we ask for one, and when."""
    if invite not in Rules.Invite.values or not 0 <= invite_after_days <= 90:
        raise ReviewProblem(_("Choose whom we ask, and 0 to 90 days."))
    values = {
        "open_to_all": open_to_all, "look_first": look_first, "invite": invite,
        "invite_after_days": invite_after_days,
    }  # fmt: skip
    Rules.objects.update_or_create(id=1, defaults=values)
    queries.forget()

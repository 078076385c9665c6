"""Whose a list is: a customer's by id, a browser's by its secret."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from nitka.growth.wishes.models import WishList


@dataclass(frozen=True, slots=True)
class Owner:
    """Who wishes. `merged` are other ids that are proved to be the same person; `device` counts without a customer."""

    customer_id: UUID | None = None
    device: str = ""
    merged: tuple[UUID, ...] = ()

    @property
    def is_nobody(self) -> bool:
        return self.customer_id is None and not self.device


def lists_owned(owner: Owner) -> QuerySet[WishList]:
    """Their lists, the one without a name first, then the oldest."""
    rows = WishList.objects.order_by("name", "made_at", "id")
    if owner.customer_id is not None:
        return rows.filter(customer_id__in={owner.customer_id, *owner.merged})
    return rows.filter(~Q(device=""), customer=None, device=owner.device)

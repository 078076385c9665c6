"""Sales and lists that begin or end by the clock: what everybody pays is noted and told when it changes."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from nitka.ground import clock
from nitka.shelf.pricing import price_rows
from nitka.shelf.pricing.history import note
from nitka.shelf.pricing.models import ListPrice, PriceList


def turn_over() -> int:
    """Note and tell the prices of every list that began or ended since the last time; how many lists it were.

    Each list is one transaction, and one at a time wherever it is asked from. What a shopper is asked does not wait for
    this: the quote looks at the clock itself.
    """
    count = 0
    while _turn_one():
        count += 1
    return count


@transaction.atomic
def _turn_one() -> bool:
    now = clock.now()
    due = PriceList.objects.select_for_update(skip_locked=True).filter(
        (Q(starts_at__lte=now) & (Q(turned_at=None) | Q(turned_at__lt=F("starts_at"))))
        | (Q(ends_at__lte=now) & (Q(turned_at=None) | Q(turned_at__lt=F("ends_at")))),
        active=True,
    )
    prices = due.order_by("id").first()
    if prices is None:
        return False
    PriceList.objects.filter(id=prices.id).update(turned_at=now)
    refresh(prices.id)
    return True


def refresh(list_id: UUID) -> None:
    """Note and tell what everybody pays for the goods of a list that is for everybody."""
    prices = PriceList.objects.get(id=list_id)
    if prices.labels or prices.groups or prices.companies:
        return
    variants = ListPrice.objects.filter(list_id=list_id).values_list("variant_id", flat=True).distinct()
    keys = [(variant_id, prices.market_id) for variant_id in variants]
    note(keys)
    price_rows.tell_changes(keys)

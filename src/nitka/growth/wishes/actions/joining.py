"""At sign-in: what a browser wished for becomes its owner's."""

from itertools import count
from uuid import UUID

from django.db import transaction

from nitka.growth.wishes.actions.wishing import MOST_WISHES, move
from nitka.growth.wishes.models import Wish, WishList
from nitka.growth.wishes.owners import Owner, lists_owned


@transaction.atomic
def join_lists(*, device: str, customer_id: UUID) -> bool:
    """Give a browser's lists to the customer; those of the same name become one, nothing is there twice.

    Returns whether the customer has a list now. The browser's secret opens nothing from then on.
    """
    for row in lists_owned(Owner(device=device)).select_for_update() if device else ():
        own = WishList.objects.select_for_update().filter(customer_id=customer_id, name=row.name).first()
        if own is None or not _fits(row, own):
            row.customer_id, row.device, row.name = customer_id, "", _free_name(row.name, customer_id)
            row.save(update_fields=["customer", "device", "name"])
            continue
        for wish in Wish.objects.filter(list=row).order_by("added_at", "id"):
            move(wish, own)
        if row.share_token and not own.share_token:  # whoever was given the address finds the list there still
            token, row.share_token = row.share_token, None
            row.save(update_fields=["share_token"])
            WishList.objects.filter(id=own.id).update(share_token=token)
        row.delete()
    return WishList.objects.filter(customer_id=customer_id).exists()


def _fits(source: WishList, target: WishList) -> bool:
    return Wish.objects.filter(list__in=[source.id, target.id]).count() <= MOST_WISHES


def _free_name(name: str, customer_id: UUID) -> str:
    """The name itself, or with the first number that makes it one of its own."""
    taken = set(WishList.objects.filter(customer_id=customer_id).values_list("name", flat=True))
    tries = (f"{name[:70]} {number}".strip() if number > 1 else name for number in count(1))
    return next(each for each in tries if each not in taken)

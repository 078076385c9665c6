"""Putting things on lists, moving them and taking them off."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_token
from nitka.growth.wishes.actions.lists import locked, new_list, touch
from nitka.growth.wishes.facts import ProductWished
from nitka.growth.wishes.models import Wish, WishList
from nitka.growth.wishes.owners import Owner, lists_owned
from nitka.growth.wishes.problems import NoSuchList, WishProblem
from nitka.growth.wishes.standing import key_of, standing
from nitka.shelf.catalog import queries as catalog

MOST_WISHES = 200
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Wished:
    """`device` is the secret that the browser shall keep from now on, "" where the list is a customer's."""

    wish_id: UUID
    list_id: UUID
    device: str


@transaction.atomic
def add_wish(
    *, owner: Owner, product_id: UUID, variant_id: UUID | None = None, list_id: UUID | None = None, market: str,
    language: str,
) -> Wished:  # fmt: skip
    """Put a product on a list, on the first without a list named; there is one from then on.

    Wishing again changes the variant, where one is given. Raises WishProblem for what is not in the shop and for a full
    list, NoSuchList for a list of somebody else.
    """
    variant_id = _checked(product_id, variant_id)
    row = locked(owner, list_id) if list_id else _first(owner, language)
    wish = Wish.objects.filter(list=row, product_id=product_id).first()
    if wish is None:
        if Wish.objects.filter(list=row).count() >= MOST_WISHES:
            raise WishProblem(_("This list is full. Begin another, or take something off."))
        wish = Wish(list=row, product_id=product_id, variant_id=variant_id, market=market)
        _price(wish)
        Wish.objects.bulk_create([wish], ignore_conflicts=True)  # two clicks at once are one wish
        tell(ProductWished(product_id=product_id, customer_id=row.customer_id))
    elif variant_id and wish.variant_id != variant_id:
        wish.variant_id, wish.market = variant_id, market
        _price(wish)
        wish.save()
    touch(row)
    return Wished(wish.id, row.id, row.device)


@transaction.atomic
def drop_wish(*, owner: Owner, product_id: UUID | None = None, wish_id: UUID | None = None) -> int:
    """Take one thing off its list, or a product off all lists of the owner. Returns how many were there."""
    if owner.is_nobody or (product_id is None and wish_id is None):
        return 0
    rows = Wish.objects.filter(list__in=lists_owned(owner))
    wanted = Q(id=wish_id) if wish_id else Q(product_id=product_id)
    return rows.filter(wanted).delete()[0]


@transaction.atomic
def change_wish(*, owner: Owner, wish_id: UUID, note: str | None = None, list_id: UUID | None = None) -> None:
    """Write a note to it, or move it to another list of the same owner; where it is there too, one of them stays.

    Raises NoSuchList for what is not theirs, WishProblem for a full list.
    """
    found = Wish.objects.select_for_update().filter(id=wish_id, list__in=lists_owned(owner))
    wish = None if owner.is_nobody else found.first()
    if wish is None:
        raise NoSuchList(_("This is not on your list any more."))
    if note is not None:
        wish.note = note.replace("\0", "").strip()[:LONGEST_NOTE]
        wish.save(update_fields=["note"])
    if list_id and list_id != wish.list_id:
        move(wish, locked(owner, list_id))


def move(wish: Wish, target: WishList) -> None:
    """To another list, which keeps what it says of the product already."""
    there = Wish.objects.filter(list=target, product_id=wish.product_id).first()
    if there:
        if wish.note and not there.note:
            Wish.objects.filter(id=there.id).update(note=wish.note)
        wish.delete()
        return
    if Wish.objects.filter(list=target).count() >= MOST_WISHES:
        raise WishProblem(_("This list is full. Begin another, or take something off."))
    wish.list = target
    wish.save(update_fields=["list"])
    look_again(target.id)


def look_again(list_id: UUID) -> None:
    """Note which things of a list cannot be had now, so that their coming back is news."""
    rows = list(Wish.objects.filter(list_id=list_id))
    for market in {row.market for row in rows}:
        here = [row for row in rows if row.market == market]
        now = standing(map(key_of, here), market)
        for row in here:
            row.gone = not now[key_of(row)].there
    Wish.objects.bulk_update(rows, ["gone"])


def _checked(product_id: UUID, variant_id: UUID | None) -> UUID | None:
    """The variant, if it is one of this product; the only one, if there is but one."""
    found = catalog.product(product_id)
    if found is None or found.status != "published":
        raise WishProblem(_("This is not sold any more."))
    own = [each.id for each in found.variants if each.active]
    if variant_id in own:
        return variant_id
    return own[0] if len(own) == 1 else None


def _first(owner: Owner, language: str) -> WishList:
    """The list that things go to by themselves."""
    row = None if owner.is_nobody else lists_owned(owner).select_for_update().first()
    # A secret is one that we made: what a browser or a program made up opens nothing and begins nothing.
    fresh = owner if owner.customer_id else Owner(device=new_token())
    return row or new_list(fresh, "", language)


def _price(wish: Wish) -> None:
    now = standing([key_of(wish)], wish.market)[key_of(wish)]
    wish.price_minor, wish.currency, wish.gone = now.minor, now.currency, not now.there
    wish.said_minor = wish.cheaper_at = wish.back_at = None

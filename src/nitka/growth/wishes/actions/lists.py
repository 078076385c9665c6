"""Making, naming, sharing and dropping lists."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_token
from nitka.growth.wishes.models import Wish, WishList
from nitka.growth.wishes.owners import Owner, lists_owned
from nitka.growth.wishes.problems import NoSuchList, WishProblem

TEXT_VERSION = "2026-11"
MOST_LISTS = 20
LONGEST_NAME = 80


@transaction.atomic
def make_list(*, owner: Owner, name: str, language: str) -> UUID:
    """Begin another list; the same name twice is the same list.

    Raises WishProblem without a name, for more than twenty lists, and for nobody.
    """
    text = named(name)
    if owner.customer_id is None and (owner.is_nobody or not lists_owned(owner).exists()):
        raise WishProblem(_("Put something on the list first."))
    known = lists_owned(owner).filter(name=text).first()
    if known:
        return known.id
    return new_list(owner, text, language).id


def new_list(owner: Owner, name: str, language: str) -> WishList:
    """A row for it, where there may be one more."""
    lists_owned(owner).select_for_update().first()  # two that are begun at once are counted one after the other
    if lists_owned(owner).count() >= MOST_LISTS:
        raise WishProblem(_("There are twenty lists already. Take one away first."))
    device = "" if owner.customer_id else owner.device
    whose = {"customer_id": owner.customer_id, "device": device, "name": name}
    return WishList.objects.get_or_create(**whose, defaults={"language": language})[0]


def named(name: str) -> str:
    """The name as it is kept."""
    text = " ".join(name.replace("\0", "").split())[:LONGEST_NAME]
    if not text:
        raise WishProblem(_("Give the list a name."))
    return text


@transaction.atomic
def rename_list(*, owner: Owner, list_id: UUID, name: str) -> None:
    """Call it otherwise. Raises NoSuchList, and WishProblem where another list has that name."""
    row, text = locked(owner, list_id), named(name)
    if lists_owned(owner).filter(name=text).exclude(id=row.id).exists():
        raise WishProblem(_("Another list has this name."))
    row.name = text
    touch(row, "name")


@transaction.atomic
def drop_list(*, owner: Owner, list_id: UUID) -> None:
    """Take the list away with all that is on it. Raises NoSuchList."""
    locked(owner, list_id).delete()


@transaction.atomic
def share_list(*, owner: Owner, list_id: UUID) -> str:
    """Open the list to whoever has its address, to read. Returns the token; sharing again gives the same."""
    row = locked(owner, list_id)
    if not row.share_token:
        row.share_token = new_token()
        touch(row, "share_token")
    return row.share_token or ""


@transaction.atomic
def unshare_list(*, owner: Owner, list_id: UUID) -> None:
    """Close it again: the address that was given out leads nowhere, also when it is shared anew."""
    row = locked(owner, list_id)
    row.share_token = None
    touch(row, "share_token")


@transaction.atomic
def set_news(*, owner: Owner, list_id: UUID, on: bool, text_version: str = TEXT_VERSION) -> None:
    """Ask for mail when something on the list costs less or is back, or ask for none.

    What changed before it was asked is no news. Raises WishProblem for a browser that nobody has signed in at: there
    is no address that is known to be its owner's.
    """
    row = locked(owner, list_id)
    if on and row.customer_id is None:
        raise WishProblem(_("Sign in first, so that we know whom to write to."))
    row.tells, row.asked_at, row.text_version = on, clock.now() if on else None, text_version if on else ""
    touch(row, "tells", "asked_at", "text_version")
    Wish.objects.filter(list=row).update(cheaper_at=None, back_at=None)
    if on:
        from nitka.growth.wishes.actions.wishing import look_again

        look_again(row.id)


@transaction.atomic
def leave_news(*, token: str) -> bool:
    """No more mail about any list of the person whose mail held this token. Returns whether there was one."""
    row = WishList.objects.filter(leave_token=token).first() if token else None
    if row is None:
        return False
    whose = {"customer_id": row.customer_id} if row.customer_id else {"id": row.id}
    WishList.objects.filter(**whose).update(tells=False, asked_at=None, text_version="")
    return True


def locked(owner: Owner, list_id: UUID) -> WishList:
    """The list, if it is theirs, kept from others until the end of the transaction."""
    row = None if owner.is_nobody else lists_owned(owner).select_for_update().filter(id=list_id).first()
    if row is None:
        raise NoSuchList(_("There is no such list here any more."))
    return row


def touch(row: WishList, *fields: str) -> None:
    """Keep these fields, and that the list is in use."""
    row.changed_at = clock.now()
    row.save(update_fields=[*fields, "changed_at"])

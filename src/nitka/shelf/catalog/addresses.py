"""Addresses of categories and collections: given once, kept for ever."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from nitka.ground.ids import new_id
from nitka.shelf.catalog.models import ShelfAddress


def taken(kind: str, handles: Mapping[UUID, str], now: Mapping[UUID, Mapping[str, str]]) -> dict[str, str]:
    """Address → handle of the one that has it or had it. `now` is what each of `handles` is called today."""
    rows = ShelfAddress.objects.filter(kind=kind).values_list("slug", "thing_id")
    found = {slug: handles[id_] for slug, id_ in rows if id_ in handles}
    # Rows of an older house may have an address that is not in the book yet.
    return found | {slug: handles[id_] for id_, slugs in now.items() for slug in slugs.values()}


def remember(kind: str, slugs: Iterable[tuple[UUID, Mapping[str, str]]]) -> None:
    """Write the addresses of today into the book; older ones stay, for they are linked to."""
    rows = {slug: id_ for id_, spoken in slugs for slug in spoken.values()}
    ShelfAddress.objects.bulk_create(
        [ShelfAddress(id=new_id(), kind=kind, slug=slug, thing_id=id_) for slug, id_ in rows.items()],
        ignore_conflicts=True, batch_size=2000,
    )  # fmt: skip


def hand_over(kind: str, before: UUID, after: UUID) -> None:
    """Whatever led to one leads to the other from now on."""
    ShelfAddress.objects.filter(kind=kind, thing_id=before).update(thing_id=after)


def at(kind: str, slug: str) -> QuerySet[ShelfAddress, UUID]:
    """What has or had this address: one id or none, to be asked within another question."""
    return ShelfAddress.objects.filter(kind=kind, slug=slug).values_list("thing_id", flat=True)

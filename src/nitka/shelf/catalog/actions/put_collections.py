"""Collections and relations: what leads from one product to others."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.shelf.catalog import addresses, cleaning
from nitka.shelf.catalog.drafts import CollectionDraft
from nitka.shelf.catalog.facts import CollectionsChanged
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Collection, CollectionProduct, Product, Relation
from nitka.shelf.catalog.problems import DraftRefused
from nitka.shelf.catalog.slugs import slugify, wanted_slugs

_FIELDS = ["name", "intro", "slug", "position"]


@transaction.atomic
def put_collections(*, drafts: Sequence[CollectionDraft]) -> dict[str, UUID]:
    """Make or change collections by handle; tells CollectionsChanged where one is another afterwards.

    Raises DraftRefused for one without handle or name. An address that another collection has or had is not given.
    Where a draft names its products, those are in it afterwards and no others; unknown handles are passed over.
    """
    lock_catalog()
    before = {row.handle: row for row in Collection.objects.all()}
    handles = {row.id: row.handle for row in before.values()}
    taken = addresses.taken("collection", handles, {row.id: row.slug for row in before.values()})
    for draft in drafts:
        if not slugify(draft.handle) or not cleaning.texts(draft.name):
            raise DraftRefused(_("A collection needs a handle and a name."), handle=draft.handle)
    rows = [_row(draft, taken) for draft in drafts]
    Collection.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["handle"], update_fields=_FIELDS
    )  # fmt: skip
    now = list(Collection.objects.filter(handle__in=[draft.handle for draft in drafts]))
    addresses.remember("collection", ((row.id, row.slug) for row in (*before.values(), *now)))
    ids = {row.handle: row.id for row in now}
    moved = [_fill(ids[draft.handle], draft.products) for draft in drafts if draft.products is not None]
    if any(moved) or any(_differs(row, before.get(row.handle)) for row in rows):
        tell(CollectionsChanged())
    return ids


def _fill(collection_id: UUID, handles: Sequence[str]) -> bool:
    """Put these products in, in this order, and take the others out. Answers whether that changed anything."""
    ids = dict(Product.objects.filter(handle__in=handles).values_list("handle", "id"))
    wanted = [ids[handle] for handle in dict.fromkeys(handles) if handle in ids]
    there = CollectionProduct.objects.filter(collection_id=collection_id)
    if list(there.order_by("position", "id").values_list("product_id", flat=True)) == wanted:
        return False
    there.delete()
    CollectionProduct.objects.bulk_create(
        CollectionProduct(id=new_id(), collection_id=collection_id, product_id=each, position=place)
        for place, each in enumerate(wanted)
    )
    return True


def _differs(row: Collection, before: Collection | None) -> bool:
    return before is None or any(getattr(row, name) != getattr(before, name) for name in _FIELDS)


def _row(draft: CollectionDraft, taken: dict[str, str]) -> Collection:
    slug = {}
    for language, wish in wanted_slugs(draft.slug, draft.name, draft.handle).items():
        free = wish if taken.get(wish, draft.handle) == draft.handle else f"{wish}-{slugify(draft.handle)}"
        taken[free] = draft.handle
        slug[language] = free
    return Collection(
        id=new_id(), handle=draft.handle, name=cleaning.texts(draft.name), intro=cleaning.html(draft.intro),
        slug=slug, position=draft.position,
    )  # fmt: skip


@transaction.atomic
def put_relations(*, relations: Sequence[tuple[str, str, str]], replace: bool = True) -> int:
    """Let products lead to others: (handle, handle of the other, kind), in order. Returns how many there are now.

    What one of these products led to before is replaced. Handles that do not exist, and a product's relation to
    itself, are passed over.
    """
    handles = {handle for first, second, _kind in relations for handle in (first, second)}
    ids = dict(Product.objects.filter(handle__in=handles).values_list("handle", "id"))
    if replace:
        Relation.objects.filter(product_id__in={ids[first] for first, _s, _k in relations if first in ids}).delete()
    rows = {
        (ids[first], ids[second], kind): None
        for first, second, kind in relations
        if first in ids and second in ids and first != second and kind in Relation.Kind.values
    }
    made = Relation.objects.bulk_create(
        [
            Relation(id=new_id(), product_id=one, other_id=other, kind=kind, position=place)
            for place, (one, other, kind) in enumerate(rows)
        ],
        ignore_conflicts=True, batch_size=2000,
    )  # fmt: skip
    return len(made)

"""Collections and relations: what leads from one product to others."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.ids import new_id
from nitka.shelf.catalog import cleaning
from nitka.shelf.catalog.drafts import CollectionDraft
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Collection, Product, Relation
from nitka.shelf.catalog.problems import DraftRefused
from nitka.shelf.catalog.slugs import slugify, wanted_slugs


@transaction.atomic
def put_collections(*, drafts: Sequence[CollectionDraft]) -> dict[str, UUID]:
    """Make or change collections by handle. Raises DraftRefused for one without handle or name."""
    lock_catalog()
    taken = {slug: row.handle for row in Collection.objects.all() for slug in row.slug.values()}
    for draft in drafts:
        if not slugify(draft.handle) or not cleaning.texts(draft.name):
            raise DraftRefused(_("A collection needs a handle and a name."), handle=draft.handle)
    Collection.objects.bulk_create(
        [_row(draft, taken) for draft in drafts],
        update_conflicts=True, unique_fields=["handle"],
        update_fields=["name", "intro", "slug", "position"],
    )  # fmt: skip
    return dict(Collection.objects.filter(handle__in=[draft.handle for draft in drafts]).values_list("handle", "id"))


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

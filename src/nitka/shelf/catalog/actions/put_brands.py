"""Makers: who they are."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.shelf.catalog import cleaning
from nitka.shelf.catalog.drafts import BrandDraft
from nitka.shelf.catalog.facts import MakersChanged
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Brand
from nitka.shelf.catalog.problems import DraftRefused
from nitka.shelf.catalog.slugs import slugify


@transaction.atomic
def put_brands(*, drafts: Sequence[BrandDraft]) -> dict[str, UUID]:
    """Make or change makers, matched by the handle of their name; answers handle → id.

    Tells MakersChanged where one is another afterwards. Raises DraftRefused for a name without a letter or digit.
    """
    lock_catalog()
    known = {row.handle: row for row in Brand.objects.all()}
    rows = [_row(draft, known) for draft in drafts]
    changed = [row for row, was in rows if was is None or (row.name, row.description) != was]
    Brand.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["handle"], update_fields=["name", "description"]
    )
    if changed:
        tell(MakersChanged())
    handles = [row.handle for row, _was in rows]
    return dict(Brand.objects.filter(handle__in=handles).values_list("handle", "id"))


def _row(draft: BrandDraft, known: dict[str, Brand]) -> tuple[Brand, tuple[str, dict[str, str]] | None]:
    handle = slugify(draft.name)
    if not handle:
        raise DraftRefused(_("A maker needs a name."), handle=draft.name)
    was = known.get(handle)
    row = Brand(
        id=was.id if was else new_id(), handle=handle, name=cleaning.plain(draft.name)[:200],
        description=cleaning.texts(draft.description),
    )  # fmt: skip
    return row, (was.name, was.description) if was else None

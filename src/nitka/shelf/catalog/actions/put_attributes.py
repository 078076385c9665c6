"""Attributes: what can be said of goods."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.ids import new_id
from nitka.shelf.catalog import cleaning
from nitka.shelf.catalog.drafts import AttributeDraft
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Attribute
from nitka.shelf.catalog.problems import DraftRefused

_FIELDS = ["unit", "name", "choices", "facet", "better", "sustainability", "position"]


@transaction.atomic
def put_attributes(*, drafts: Sequence[AttributeDraft]) -> dict[str, UUID]:
    """Make or change attributes by code. The kind of one that exists stays, for goods have values of it.

    Raises DraftRefused for an unknown kind, a missing code or name, or another kind than before.
    """
    lock_catalog()
    known = dict(Attribute.objects.filter(code__in=[draft.code for draft in drafts]).values_list("code", "kind"))
    for draft in drafts:
        _check(draft, known.get(draft.code))
    unique = {draft.code: draft for draft in drafts}
    Attribute.objects.bulk_create(
        [_row(draft) for draft in unique.values()],
        update_conflicts=True, unique_fields=["code"], update_fields=_FIELDS, batch_size=1000,
    )  # fmt: skip
    return dict(Attribute.objects.filter(code__in=unique).values_list("code", "id"))


def _row(draft: AttributeDraft) -> Attribute:
    choices = {code: cleaning.texts(name) for code, name in draft.choices.items()}
    return Attribute(
        id=new_id(), code=draft.code, kind=draft.kind, unit=draft.unit, name=cleaning.texts(draft.name),
        choices=choices, facet=draft.facet, better=draft.better,
        sustainability=draft.sustainability, position=draft.position,
    )  # fmt: skip


def _check(draft: AttributeDraft, kind: str | None) -> None:
    if not draft.code or len(draft.code) > 120 or len(draft.unit) > 20 or not cleaning.texts(draft.name):
        raise DraftRefused(_("An attribute needs a code and a name, and a short unit."), code=draft.code)
    if draft.kind not in Attribute.Kind.values or draft.better not in ("", "higher", "lower"):
        raise DraftRefused(_("An attribute is text, number, boolean or choice."), code=draft.code)
    if kind is not None and kind != draft.kind:
        raise DraftRefused(
            _("The attribute %(code)s is of the kind “%(kind)s”.") % {"code": draft.code, "kind": kind},
            code=draft.code,
        )

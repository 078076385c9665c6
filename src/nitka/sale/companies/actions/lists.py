"""Lists of what is ordered again and again."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.companies.models import ReorderLine, ReorderList
from nitka.sale.companies.problems import ListProblem

MOST_LISTS, MOST_LINES = 50, 500


@transaction.atomic
def keep_list(
    *, customer_id: UUID, company_id: UUID | None, name: str, lines: Mapping[UUID, int], list_id: UUID | None = None
) -> UUID:
    """Keep pieces by variant under a name; with `list_id` in the place of what the list held.

    Who may change it the caller has seen (`queries.list_for`). Returns its id. Raises ListProblem.
    """
    clean = " ".join(name.split())[:80]
    if not clean:
        raise ListProblem(_("Give the list a name."), field="name")
    if not lines or len(lines) > MOST_LINES or any(pieces < 1 for pieces in lines.values()):
        raise ListProblem(_("A list holds at least one product, and 500 at most."))
    if list_id is None:
        if ReorderList.objects.filter(customer_id=customer_id).count() >= MOST_LISTS:
            raise ListProblem(_("You have 50 lists already. Delete one first."))
        row = ReorderList.objects.create(customer_id=customer_id, company_id=company_id, name=clean)
    else:
        row = ReorderList.objects.select_for_update().filter(id=list_id).first() or _gone()
        row.name, row.changed_at = clean, clock.now()
        row.save()
        ReorderLine.objects.filter(list=row).delete()
    ReorderLine.objects.bulk_create(
        ReorderLine(list=row, position=place, variant_id=variant, pieces=pieces)
        for place, (variant, pieces) in enumerate(lines.items(), start=1)
    )
    return row.id


@transaction.atomic
def drop_list(*, list_id: UUID) -> None:
    """Delete a list. Nothing happens the second time."""
    ReorderList.objects.filter(id=list_id).delete()


def _gone() -> ReorderList:
    raise ListProblem(_("This list is gone."))

"""At the packing table: every piece is scanned into the box, so that what was not ordered does not leave."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nitka.sale.orders import placing, steps
from nitka.sale.orders.models import OrderLine
from nitka.sale.orders.problems import (
    AllInBoxProblem,
    NothingInBoxProblem,
    NotInOrderProblem,
    UnknownOrderProblem,
)
from nitka.shelf.catalog import queries as catalog


@transaction.atomic
def scan_piece(*, order_id: UUID, scanned: str) -> UUID:
    """Put the piece with that number (SKU or GTIN, as a scanner types it) into the open box; returns its line.

    Raises NotInOrderProblem for a piece that the order has not, AllInBoxProblem for one too many.
    """
    order = steps.lock(order_id)
    if order is None or order.status not in steps.TO_SEND:
        raise UnknownOrderProblem(_("There is no such order to pack."))
    wanted = catalog.variant_ids_by_number(scanned)
    lines = [row for row in placing.line_rows(order.id) if row.variant_id in wanted]
    if not lines:
        raise NotInOrderProblem(_("%(number)s is not in this order. Put it back.") % {"number": scanned.strip()[:40]})
    row = next((row for row in lines if row.quantity > row.shipped + row.cancelled + row.boxed), None)
    if row is None:
        raise AllInBoxProblem(_("All pieces of %(title)s are in the box already.") % {"title": lines[0].title})
    OrderLine.objects.filter(id=row.id).update(boxed=F("boxed") + 1)
    return row.id


@transaction.atomic
def empty_box(*, order_id: UUID) -> None:
    """Take everything out again."""
    OrderLine.objects.filter(order_id=order_id, boxed__gt=0).update(boxed=0)


def in_box(order_id: UUID) -> dict[UUID, int]:
    """Line → pieces in the open box. Raises NothingInBoxProblem for an empty one."""
    rows = OrderLine.objects.filter(order_id=order_id, boxed__gt=0).order_by("position")
    found = dict(rows.values_list("id", "boxed"))
    if not found:
        raise NothingInBoxProblem(_("Nothing is in the box yet. Scan the pieces first."))
    return found

"""Pieces that will not come: broken, lost, or wanted no more before they left."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.sale.orders import placing, refunding, steps
from nitka.sale.orders.facts import OrderShortened
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.problems import NotPaidProblem, TooManyPiecesProblem, UnknownOrderProblem
from nitka.sale.orders.steps import TO_SEND, Kind
from nitka.shelf.inventory import actions as inventory


@transaction.atomic
def shorten_order(*, order_id: UUID, pieces: Mapping[UUID, int], key: str, note: str = "", actor: str = "") -> int:
    """Take pieces off an order that have not left: their goods are free again and their price goes back.

    `pieces` by line; `note` is for the shopper to read; the same `key` once. Returns the minor units that go back.
    Raises TooManyPiecesProblem for more than is still to be sent or for all that was ordered (cancel it instead), and
    NotPaidProblem where no money was taken yet.
    """
    order = steps.lock(order_id)
    if order is None or order.status not in TO_SEND:
        raise UnknownOrderProblem(_("There is no such order from which pieces could be taken."))
    placing.refuse_history(order)
    if not order.paid:
        raise NotPaidProblem(_("This order is not paid yet. Change or cancel it instead."), code=order.code)
    known = steps.detail_of(order, Kind.SHORTENED, key=key)
    if known:
        return int(known["minor"])
    rows = {row.id: row for row in placing.line_rows(order.id)}
    minor = sum(_take_off(rows.get(line_id), count, order) for line_id, count in sorted(pieces.items()))
    if not pieces or not any(row.quantity > row.cancelled for row in rows.values()):
        raise TooManyPiecesProblem(_("Choose pieces, and leave at least one; or cancel the whole order."))
    OrderLine.objects.bulk_update([rows[line_id] for line_id in pieces], ["cancelled", "boxed"])
    _keep_the_rest(order, list(rows.values()))
    refunding.refund_order(
        order_id=order.id, minor=minor, key=f"shorten:{order.id}:{key}", reason="shortened", lines=pieces
    )
    is_done = not any(row.quantity > row.cancelled + row.shipped for row in rows.values())
    kinds = [Kind.SHORTENED, Kind.SHIPPED] if is_done else [Kind.SHORTENED]
    detail = {"key": key, "minor": minor, "pieces": sum(pieces.values())}
    steps.add_steps(order, *kinds, actor=actor, note=note, detail=detail)
    tell(
        OrderShortened(
            order_id=order.id, code=order.code, customer_id=order.customer_id, pieces=sum(pieces.values()),
            minor=minor, currency=order.currency,
        )
    )  # fmt: skip
    return minor


def _take_off(row: OrderLine | None, count: int, order: Order) -> int:
    """Note it in the row (not saved yet); what these pieces cost with tax. Parts of a line add up to the line."""
    left = row.quantity - row.shipped - row.cancelled if row else 0
    if row is None or not 0 < count <= left:
        raise TooManyPiecesProblem(
            _("More pieces than are still to be sent. Look at the order again."), to_send=left
        )  # fmt: skip
    gross = row.total_minor + (0 if order.tax_included else row.tax_minor)
    before = gross * row.cancelled // row.quantity
    row.cancelled += count
    row.boxed = 0
    return gross * row.cancelled // row.quantity - before


def _keep_the_rest(order: Order, rows: list[OrderLine]) -> None:
    wanted: dict[UUID, int] = {}
    for row in rows:
        left = row.quantity - row.shipped - row.cancelled
        if row.variant_id and left:
            wanted[row.variant_id] = wanted.get(row.variant_id, 0) + left
    inventory.hold_again(reference=order.id, lines=wanted, until=order.hold_until)

"""A label for an order's parcel, with the address as it was agreed."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import placing, steps, viewing
from nitka.sale.orders.models import Order
from nitka.sale.orders.problems import AlreadyDoneProblem, UnknownOrderProblem
from nitka.sale.orders.viewing import promise_of
from nitka.sale.shipping import actions as shipping


def label_order(
    *, order_id: UUID, carrier: str, service: str = "", lines: Mapping[UUID, int] | None = None, location: str = "",
    weight_g: int | None = None,
) -> UUID:  # fmt: skip
    """Have the carrier make a label for what is still to be sent (or `lines`); returns the shipment's id.

    The weight is that of the goods unless `weight_g` says what the scales show. Outside of a transaction, for the
    carrier is asked; where it refuses, the parcel is taken back. `ship_order` with that carrier then sends it under
    its number. Raises AlreadyDoneProblem for an order with nothing to send, and what `make_label` raises.
    """
    shipment_id = _announce(order_id, carrier, service, lines, location, weight_g)
    try:
        shipping.make_label(shipment_id=shipment_id)
    except shipping.CarrierRefusedProblem:
        shipping.cancel_label(shipment_id=shipment_id)
        raise
    return shipment_id


@transaction.atomic
def _announce(
    order_id: UUID, carrier: str, service: str, lines: Mapping[UUID, int] | None, location: str, weight_g: int | None
) -> UUID:
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    placing.refuse_history(order)
    if order.status not in steps.TO_SEND:
        raise AlreadyDoneProblem(_("This order has left already, or was cancelled."), status=order.status)
    promise = promise_of(order)
    return shipping.announce(
        reference=order.id, carrier=carrier, service=service, sender=viewing.sender(), recipient=_recipient(order),
        weight_g=weight_g or _weight(order, lines), note=order.code, promised_on=promise.given_day,
        option=order.delivery_code, location=location, pickup_point=promise.point.code if promise.point else "",
    )  # fmt: skip


def _recipient(order: Order) -> PostalAddress:
    """The shopper; for a pick-up the address is that of the point, so that name and phone still lead to them."""
    home = PostalAddress.from_dict(order.shipping_address)
    point = promise_of(order).point
    if point is None:
        return home
    return PostalAddress(
        name=home.name, company=point.name, line1=point.line1, postcode=point.postcode, city=point.city,
        country=point.country, phone=home.phone,
    )  # fmt: skip


def _weight(order: Order, lines: Mapping[UUID, int] | None) -> int:
    rows = placing.line_rows(order.id)
    wanted = lines if lines is not None else {row.id: row.quantity - row.shipped - row.cancelled for row in rows}
    return sum(row.weight_g * max(0, wanted.get(row.id, 0)) for row in rows)

"""What is in which parcel."""

from uuid import UUID

from nitka.sale.orders.models import ParcelLine


def contents_of(order_id: UUID) -> dict[UUID | None, tuple[tuple[UUID, int], ...]]:
    """Shipment → (line, pieces), for all parcels of the order. One query; empty for orders that left undivided before
    parcels knew what is in them."""
    found: dict[UUID | None, tuple[tuple[UUID, int], ...]] = {}
    rows = ParcelLine.objects.filter(line__order_id=order_id).order_by("line__position")
    for shipment_id, line_id, pieces in rows.values_list("shipment_id", "line_id", "pieces"):
        found[shipment_id] = (*found.get(shipment_id, ()), (line_id, pieces))
    return found

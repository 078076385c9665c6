"""What the clock asks of shipping: parcels on their way are followed until they are received."""

from datetime import timedelta

import structlog

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.sale.shipping import actions, providers
from nitka.sale.shipping.models import Shipment

GIVE_UP_AFTER = timedelta(days=60)
log = structlog.get_logger(__name__)


@periodic("*/10 * * * *")
def follow_parcels() -> None:
    """Ask the carriers of all parcels on their way."""
    since = clock.now() - GIVE_UP_AFTER
    for shipment_id in Shipment.objects.filter(state="shipped", shipped_at__gte=since).values_list("id", flat=True):
        follow_parcel.later(shipment_id=str(shipment_id), lock=f"parcel:{shipment_id}")


@task(queue="default")
def follow_parcel(*, shipment_id: str) -> None:
    """Ask the carrier of one parcel, and keep what it says."""
    row = Shipment.objects.filter(id=shipment_id, state="shipped").first()
    carrier = providers.found().get(row.carrier) if row else None
    if row is None or carrier is None:
        return
    known = carrier.track(
        row.tracking_number, shipped_at=row.shipped_at, promised_on=row.promised_on, until=clock.now()
    )
    if known:
        actions.note_tracking(shipment_id=row.id, steps=known)

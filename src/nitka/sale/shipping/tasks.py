"""What the clock asks of shipping: parcels on their way are followed until they are received, and watched."""

from datetime import date, timedelta
from uuid import UUID

import structlog

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.sale.shipping import actions, providers, queries, watching
from nitka.sale.shipping.models import PromiseRow, Rate, Shipment, TrackingStep
from nitka.shelf.content import queries as content

GIVE_UP_AFTER = timedelta(days=60)
AT_ONCE = 2000
log = structlog.get_logger(__name__)


@periodic("*/10 * * * *")
def follow_parcels() -> None:
    """Ask the carriers of all parcels on their way."""
    since = clock.now() - GIVE_UP_AFTER
    on_way = Shipment.objects.filter(state="shipped", shipped_at__gte=since).exclude(tracking_number="")
    for shipment_id in on_way.values_list("id", flat=True):
        follow_parcel.later(shipment_id=str(shipment_id), lock=f"parcel:{shipment_id}")


@task(queue="default")
def follow_parcel(*, shipment_id: str) -> None:
    """Ask the carrier of one parcel, and keep what it says. One that is not reached is asked again in ten minutes."""
    row = Shipment.objects.filter(id=shipment_id, state="shipped").first()
    carrier = providers.found().get(row.carrier) if row else None
    if row is None or carrier is None:
        return
    try:
        known = carrier.track(
            row.tracking_number, shipped_at=row.shipped_at, promised_on=row.promised_on, until=clock.now()
        )
    except providers.CarrierTrouble as trouble:
        log.warning("parcel_not_followed", carrier=row.carrier, why=str(trouble)[:200])
        return
    if known:
        actions.note_tracking(shipment_id=row.id, steps=known)


@periodic("5,15,25,35,45,55 * * * *")
def watch_promises() -> None:
    """Find the parcels that will miss their day."""
    watch()


def watch() -> int:
    """Promise a new day for every parcel on its way that will miss its own. Returns how many were told."""
    now = clock.now()
    parcels = list(
        Shipment.objects.filter(state="shipped", reverse=False, promised_on__isnull=False)
        .filter(shipped_at__gte=now - GIVE_UP_AFTER).order_by("shipped_at")[:AT_ONCE]
    )  # fmt: skip
    said = _said([row.id for row in parcels])
    given = _last_promises([row.reference for row in parcels])
    told = 0
    for row in parcels:
        first = row.promised_on or now.date()
        promised = max(first, given.get(row.reference, first))
        kinds = said.get(row.id, [])
        found = watching.danger(
            promised_on=promised, expected_on=row.expected_on, shipped_at=row.shipped_at,
            last_kind=kinds[-1] if kinds else "", kinds=kinds, country=row.country or queries.origin().country,
            zone=content.shop().zone, origin=queries.origin(row.country).country, at=now,
        )  # fmt: skip
        if found and _tell(row, first, found):
            told += 1
    return told


@periodic("40 3 * * *")
def forget_rates() -> None:
    """Prices that carriers gave some days ago are of no use to anybody."""
    Rate.objects.filter(asked_at__lt=clock.now() - timedelta(days=2)).delete()


def _tell(row: Shipment, first: date, found: watching.Danger) -> bool:
    try:
        made = actions.risk_promise(
            reference=row.reference, promised_on=first, new_day=found.new_day, cause=found.cause,
            shipment_id=row.id,
        )  # fmt: skip
    except Exception:
        log.exception("promise_not_watched", shipment_id=str(row.id))
        return False
    return made is not None


def _said(ids: list[UUID]) -> dict[UUID, list[str]]:
    said: dict[UUID, list[str]] = {}
    rows = TrackingStep.objects.filter(shipment_id__in=ids).order_by("at", "id")
    for shipment_id, kind in rows.values_list("shipment_id", "kind"):
        said.setdefault(shipment_id, []).append(kind)
    return said


def _last_promises(references: list[UUID]) -> dict[UUID, date]:
    """Reference → the day that a replaced promise names."""
    rows = PromiseRow.objects.filter(reference__in=references).exclude(reason="").order_by("computed_at", "id")
    return dict(rows.values_list("reference", "day_to"))

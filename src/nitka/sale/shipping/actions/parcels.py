"""Parcels leave, are followed, and arrive."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.shipping import parcels, providers
from nitka.sale.shipping.facts import ParcelDelivered, ParcelOutForDelivery, ParcelReturned, ParcelShipped
from nitka.sale.shipping.models import CarrierEvent, Shipment, TrackingStep
from nitka.sale.shipping.problems import UnknownCarrierProblem, UnknownShipmentProblem

State = Shipment.State
# What a carrier said of its van longer ago than this is no news of today.
VAN_DAY = timedelta(hours=12)
_ON_WAY = (State.ANNOUNCED, State.SHIPPED)


@transaction.atomic
def ship(
    *, reference: UUID, carrier: str, tracking_number: str = "", promised_on: date | None = None, option: str = "",
    country: str = "", location: str = "", shipment_id: UUID | None = None, nth: int = 1,
) -> parcels.ShipmentView:  # fmt: skip
    """Record that a parcel left, and tell it.

    A parcel that was announced leaves under its own number: the one of `shipment_id`, or where no number is typed the
    oldest of that carrier, and location if one is named. Else the carrier's provider gives a number; `nth` is which
    parcel of the reference it is, so that each has its own. The same reference, carrier and number twice are one
    parcel. Raises UnknownCarrierProblem, UnknownShipmentProblem.
    """
    provider = _provider(carrier)
    row = _announced(reference, carrier, location, shipment_id) if not tracking_number.strip() else None
    values = {"promised_on": promised_on, "option": option, "country": country, "location": location}
    if row is not None:
        kept = {name: value for name, value in values.items() if value}
        _change(row, state=State.SHIPPED, shipped_at=clock.now(), **kept)
        made = True
    else:
        key = reference if nth == 1 else uuid5(reference, str(nth))
        number = tracking_number.strip() or provider.tracking_number(key)
        row, made = _left(reference, carrier, number, nth, values)
        if not made and row.state == State.ANNOUNCED:
            _change(row, state=State.SHIPPED, shipped_at=clock.now())
            made = True
    if made:
        tell(ParcelShipped(reference=reference, shipment_id=row.id, carrier=carrier))
    return parcels.view_of(row)


def _left(
    reference: UUID, carrier: str, number: str, nth: int, values: Mapping[str, object]
) -> tuple[Shipment, bool]:  # fmt: skip
    """The parcel of that number; those without any are told apart by their place."""
    if not number:
        nameless = Shipment.objects.filter(reference=reference, carrier=carrier, tracking_number="")
        found = list(nameless.order_by("shipped_at", "id")[:nth])
        if len(found) >= nth:
            return found[nth - 1], False
    asked = {"reference": reference, "carrier": carrier, "tracking_number": number}
    if not number:
        return Shipment.objects.create(**asked, **values, shipped_at=clock.now()), True
    return Shipment.objects.get_or_create(**asked, defaults={**values, "shipped_at": clock.now()})


def _announced(reference: UUID, carrier: str, location: str, shipment_id: UUID | None) -> Shipment | None:
    rows = Shipment.objects.select_for_update().filter(reference=reference)
    if shipment_id:
        row = rows.filter(id=shipment_id).first()
        if row is None:
            raise UnknownShipmentProblem(_("There is no such parcel."))
        return row if row.state == State.ANNOUNCED else None
    waiting = rows.filter(carrier=carrier, state=State.ANNOUNCED, reverse=False).exclude(tracking_number="")
    if location:
        waiting = waiting.filter(location=location)
    return waiting.order_by("id").first()


@transaction.atomic
def mark_delivered(*, shipment_id: UUID) -> None:
    """Record that a parcel was received, and tell it. Does nothing the second time."""
    row = _locked(shipment_id)
    if row.state == State.DELIVERED:
        return
    _change(row, state=State.DELIVERED, delivered_at=clock.now())
    if not row.reverse:
        tell(ParcelDelivered(reference=row.reference, shipment_id=row.id, carrier=row.carrier))
    else:
        tell(ParcelReturned(reference=row.reference, shipment_id=row.id, carrier=row.carrier))


@transaction.atomic
def note_tracking(*, shipment_id: UUID, steps: Sequence[providers.Tracked]) -> int:
    """Keep what the carrier said, each step once, in whatever order it comes; `delivered` delivers the parcel, at the
    moment that the carrier names. Returns how many are new."""
    row = _locked(shipment_id)
    before = list(TrackingStep.objects.filter(shipment_id=shipment_id).values_list("kind", flat=True))
    TrackingStep.objects.bulk_create(
        [TrackingStep(shipment_id=shipment_id, kind=step.kind, place=step.place, at=step.at) for step in steps],
        ignore_conflicts=True,
    )
    kinds = {step.kind for step in steps}
    if _is_in_the_van(row, steps, before):
        tell(ParcelOutForDelivery(reference=row.reference, shipment_id=row.id, carrier=row.carrier))
    expected = next((s.expected_on for s in sorted(steps, key=lambda s: s.at, reverse=True) if s.expected_on), None)
    if expected and row.expected_on != expected and row.state in _ON_WAY:
        _change(row, expected_on=expected)
    if "delivered" in kinds:
        mark_delivered(shipment_id=shipment_id)
        at = min(step.at for step in steps if step.kind == "delivered")
        Shipment.objects.filter(id=shipment_id, delivered_at__gt=at, shipped_at__lte=at).update(delivered_at=at)
    elif "returned" in kinds and row.state == State.SHIPPED:
        _change(row, state=State.RETURNED)
        tell(ParcelReturned(reference=row.reference, shipment_id=row.id, carrier=row.carrier))
    return TrackingStep.objects.filter(shipment_id=shipment_id).count() - len(before)


def _is_in_the_van(row: Shipment, steps: Sequence[providers.Tracked], before: Sequence[str]) -> bool:
    """Whether it is news that a parcel comes today; what a carrier tells late, or with its delivery, is none."""
    out = [step.at for step in steps if step.kind == "out_for_delivery"]
    over = "delivered" in before or any(step.kind == "delivered" for step in steps)
    fresh = bool(out) and clock.now() - max(out) < VAN_DAY
    return fresh and not over and "out_for_delivery" not in before and row.state == State.SHIPPED and not row.reverse


@transaction.atomic
def take_in_webhook(*, carrier: str, raw: bytes, headers: Mapping[str, str]) -> bool:
    """What a carrier sends: verified on its raw bytes, kept once, and noted on its parcel in one transaction.

    A message of a parcel that we do not know is kept too. Returns whether it was news. Raises UnknownCarrierProblem,
    ForgedMessageProblem.
    """
    message = _provider(carrier).read_webhook(raw, headers)
    if message is None:
        return False
    row = Shipment.objects.filter(carrier=carrier, tracking_number=message.number).exclude(tracking_number="").first()
    try:
        with transaction.atomic():
            CarrierEvent.objects.create(
                carrier=carrier, event_id=message.event_id, shipment=row, raw=raw, processed_at=clock.now()
            )
    except IntegrityError:
        return False
    if row is not None:
        note_tracking(shipment_id=row.id, steps=message.steps)
    return True


def _provider(carrier: str) -> providers.Carrier:
    provider = providers.found().get(carrier)
    if provider is None:
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": carrier})
    return provider


def _locked(shipment_id: UUID) -> Shipment:
    row = Shipment.objects.select_for_update().filter(id=shipment_id).first()
    if row is None:
        raise UnknownShipmentProblem(_("There is no such parcel."))
    return row


def _change(row: Shipment, **values: object) -> None:
    Shipment.objects.filter(id=row.id).update(**values)
    for name, value in values.items():
        setattr(row, name, value)

"""What can be done about delivery."""

from collections.abc import Mapping, Sequence
from datetime import date
from datetime import time as time_of_day
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.sale.shipping import built_in, providers, queries
from nitka.sale.shipping.facts import ParcelDelivered, ParcelShipped
from nitka.sale.shipping.models import DeliveryOption, Shipment, TrackingStep


class UnknownCarrierProblem(Problem):
    """No provider of that name is here."""

    code = "unknown_carrier"
    status = 422


class BadOptionProblem(Problem):
    """A delivery option that cannot be meant so."""

    code = "bad_delivery_option"
    status = 422


class UnknownShipmentProblem(Problem):
    code = "unknown_shipment"
    status = 404


@transaction.atomic
def put_option(
    *, code: str, names: Mapping[str, str], countries: Sequence[str] = (), postcode_prefixes: Sequence[str] = (),
    cut_off: time_of_day, handling_days: int, transit_days: int, transit_days_from: int | None = None,
    prices: Mapping[str, int], free_from: Mapping[str, int] | None = None, max_weight_g: int | None = None,
    position: int = 0, active: bool = True,
) -> UUID:  # fmt: skip
    """Make a delivery option, or change the one with that code. Prices in minor units by market.

    A market without a price does not see it. Same day = no handling and no transit days. Refuses prices below zero
    and a first day after the last (BadOptionProblem).
    """
    free = dict(free_from or {})
    first = transit_days if transit_days_from is None else transit_days_from
    if min([*prices.values(), *free.values(), 0]) < 0 or not 0 <= first <= transit_days or handling_days < 0:
        raise BadOptionProblem(_("Prices and days cannot be below zero, and the first day comes before the last."))
    row, _made = DeliveryOption.objects.update_or_create(
        code=code,
        defaults={
            "names": dict(names), "countries": [country.upper() for country in countries],
            "postcode_prefixes": [_plain(prefix) for prefix in postcode_prefixes], "cut_off": cut_off,
            "handling_days": handling_days, "transit_days_from": first, "transit_days": transit_days,
            "prices": dict(prices), "free_from": free, "max_weight_g": max_weight_g, "position": position,
            "active": active,
        },
    )  # fmt: skip
    queries.forget()
    return row.id


@transaction.atomic
def put_built_in_options() -> int:
    """Make the four options that come with Nitka where a shop has none of that name yet. Returns how many were made."""
    known = set(DeliveryOption.objects.values_list("code", flat=True))
    fresh = [each for each in built_in.OPTIONS if each["code"] not in known]
    for each in fresh:
        put_option(**each)
    return len(fresh)


@transaction.atomic
def ship(
    *, reference: UUID, carrier: str, tracking_number: str = "", promised_on: date | None = None
) -> queries.ShipmentView:
    """Record that a parcel left, and tell it. Without a number the carrier's provider gives one.

    The same reference, carrier and number twice are one parcel. Raises UnknownCarrierProblem.
    """
    provider = providers.found().get(carrier)
    if provider is None:
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": carrier})
    number = tracking_number.strip() or provider.tracking_number(reference)
    row, made = Shipment.objects.get_or_create(
        reference=reference, carrier=carrier, tracking_number=number,
        defaults={"promised_on": promised_on, "shipped_at": clock.now()},
    )  # fmt: skip
    if made:
        tell(ParcelShipped(reference=reference, shipment_id=row.id, carrier=carrier))
    return queries.view_of(row)


@transaction.atomic
def mark_delivered(*, shipment_id: UUID) -> None:
    """Record that a parcel was received, and tell it. Does nothing the second time."""
    row = Shipment.objects.select_for_update().filter(id=shipment_id).first()
    if row is None:
        raise UnknownShipmentProblem(_("There is no such parcel."))
    if row.state == Shipment.State.DELIVERED:
        return
    row.state, row.delivered_at = Shipment.State.DELIVERED, clock.now()
    row.save(update_fields=["state", "delivered_at"])
    tell(ParcelDelivered(reference=row.reference, shipment_id=row.id, carrier=row.carrier))


@transaction.atomic
def note_tracking(*, shipment_id: UUID, steps: Sequence[providers.Tracked]) -> int:
    """Keep what the carrier said, each step once; `delivered` delivers the parcel. Returns how many are new."""
    before = TrackingStep.objects.filter(shipment_id=shipment_id).count()
    TrackingStep.objects.bulk_create(
        [TrackingStep(shipment_id=shipment_id, kind=step.kind, place=step.place, at=step.at) for step in steps],
        ignore_conflicts=True,
    )
    if any(step.kind == "delivered" for step in steps):
        mark_delivered(shipment_id=shipment_id)
    return TrackingStep.objects.filter(shipment_id=shipment_id).count() - before


def _plain(postcode: str) -> str:
    return postcode.replace(" ", "").replace("-", "").upper()

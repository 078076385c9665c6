"""The end of a day in the warehouse: manifests and drivers."""

from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping import providers
from nitka.sale.shipping.models import Label, Manifest, Pickup
from nitka.sale.shipping.problems import LabelProblem, NothingToHandOverProblem, UnknownCarrierProblem
from nitka.sale.shipping.providers import CarrierTrouble, Handed

AT_ONCE = 1000


def make_manifest(*, carrier: str, place: PostalAddress, location: str = "") -> UUID:
    """One list of all parcels of that carrier (and location) that have a label and are on no list yet.

    Outside of a transaction, for the carrier is asked. Two at once never list a parcel twice: the second finds them
    gone and raises. Raises NothingToHandOverProblem, UnknownCarrierProblem, LabelProblem, CarrierRefusedProblem.
    """
    provider = _provider(carrier)
    waiting = {label.shipment_id: label for label in _waiting(carrier, location)}
    if not waiting:
        raise NothingToHandOverProblem(_("No labelled parcel waits for this carrier."))
    parcels = [_handed(label) for label in waiting.values()]
    try:
        made = provider.manifest(parcels, place=place, at=clock.now())
    except CarrierTrouble as trouble:
        raise LabelProblem(_("The carrier could not be reached. Try again in a minute.")) from trouble
    with transaction.atomic():
        row = Manifest.objects.create(
            carrier=carrier, location=location, number=made.number, parcels=len(parcels), pdf=made.pdf,
            weight_g=sum(each.weight_g for each in parcels),
        )  # fmt: skip
        free = Label.objects.filter(shipment_id__in=waiting, manifest=None, state="made")
        if free.update(manifest=row) != len(parcels):
            raise NothingToHandOverProblem(_("Somebody else made this manifest in the same moment."))
    return row.id


def order_pickup(
    *, carrier: str, on: date, ready_at: time, closes_at: time, place: PostalAddress, location: str = ""
) -> str:  # fmt: skip
    """Ask the carrier to fetch what waits; returns its number. One a day and place: the second time it is the same.

    Outside of a transaction. Raises UnknownCarrierProblem, LabelProblem, CarrierRefusedProblem.
    """
    provider = _provider(carrier)
    known = Pickup.objects.filter(carrier=carrier, location=location, on=on)
    found = known.first()
    if found:
        return found.number
    count = _waiting(carrier, location).count()
    try:
        number = provider.pickup(on=on, ready_at=ready_at, closes_at=closes_at, parcels=count, place=place)
    except CarrierTrouble as trouble:
        raise LabelProblem(_("The carrier could not be reached. Try again in a minute.")) from trouble
    try:
        with transaction.atomic():
            Pickup.objects.create(
                carrier=carrier, location=location, on=on, ready_at=ready_at, closes_at=closes_at, parcels=count,
                number=number,
            )  # fmt: skip
    except IntegrityError:
        return known.get().number
    return number


def _waiting(carrier: str, location: str):  # type: ignore[no-untyped-def]
    rows = Label.objects.select_related("shipment").defer("pdf").filter(
        state="made", manifest=None, shipment__carrier=carrier, shipment__state__in=["announced", "shipped"],
        shipment__reverse=False,
    )  # fmt: skip
    if location:
        rows = rows.filter(shipment__location=location)
    return rows.order_by("made_at")[:AT_ONCE]


def _handed(label: Label) -> Handed:
    to = PostalAddress.from_dict(label.recipient)
    return Handed(label.shipment.tracking_number, label.weight_g, to.country, to.postcode, label.carrier_ref)


def _provider(carrier: str) -> providers.Carrier:
    provider = providers.found().get(carrier)
    if provider is None:
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": carrier})
    return provider

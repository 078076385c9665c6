"""Parcels are announced to their carrier and get a label. The carrier is asked outside of every transaction."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping import providers
from nitka.sale.shipping.models import Label, Shipment
from nitka.sale.shipping.problems import LabelProblem, UnknownCarrierProblem, UnknownShipmentProblem
from nitka.sale.shipping.providers import CarrierRefusedProblem, CarrierTrouble, LabelOrder

State = Label.State


@transaction.atomic
def announce(
    *, reference: UUID, carrier: str, sender: PostalAddress, recipient: PostalAddress, weight_g: int, note: str = "",
    service: str = "", promised_on: date | None = None, option: str = "", location: str = "", pickup_point: str = "",
    reverse: bool = False, shipment_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Write down a parcel that shall get a label: a new one, or one that left already (`shipment_id`).

    `reverse`: from the shopper back to the shop; then `sender` is the shopper. `note` is printed on the label.
    Returns the shipment's id for `make_label`. Raises UnknownCarrierProblem.
    """
    if carrier not in providers.found():
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": carrier})
    row = Shipment.objects.filter(id=shipment_id, reference=reference).first() if shipment_id else None
    if row is None:
        row = Shipment.objects.create(
            reference=reference, carrier=carrier, state="announced", promised_on=promised_on, option=option,
            country=recipient.country, location=location, reverse=reverse,
        )  # fmt: skip
    Label.objects.get_or_create(
        shipment=row,
        defaults={
            "service": service, "sender": sender.as_dict(), "recipient": recipient.as_dict(), "weight_g": weight_g,
            "note": note[:60], "pickup_point": pickup_point,
        },
    )  # fmt: skip
    return row.id


def make_label(*, shipment_id: UUID) -> str:
    """Have the carrier make the label of an announced parcel; returns its number. The second time it is the same one.

    Outside of a transaction. Where the carrier is not reached the parcel stays announced and may be tried again: the
    key is the parcel's id, so no second label is paid. Raises UnknownShipmentProblem, LabelProblem, and
    CarrierRefusedProblem with the carrier's words.
    """
    label = Label.objects.select_related("shipment").defer("pdf").filter(shipment_id=shipment_id).first()
    if label is None:
        raise UnknownShipmentProblem(_("There is no such parcel."))
    if label.state == State.MADE:
        return label.shipment.tracking_number
    if label.state == State.CANCELLED:
        raise LabelProblem(_("This label was cancelled. Announce the parcel anew."))
    provider = providers.found().get(label.shipment.carrier)
    if provider is None:
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": label.shipment.carrier})
    try:
        made = provider.label(_order(label))
    except CarrierRefusedProblem as refusal:
        _fail(shipment_id, refusal.message)
        raise
    except CarrierTrouble as trouble:
        raise LabelProblem(_("The carrier could not be reached. Try again in a minute.")) from trouble
    return _keep(shipment_id, made)


@transaction.atomic
def _keep(shipment_id: UUID, made: providers.LabelMade) -> str:
    label = Label.objects.select_for_update().get(shipment_id=shipment_id)
    if label.state != State.MADE:
        Label.objects.filter(shipment_id=shipment_id).update(
            state=State.MADE, pdf=made.pdf, carrier_ref=made.carrier_ref, price_minor=made.minor,
            currency=made.currency, made_at=clock.now(), trouble="",
        )  # fmt: skip
        # A parcel that left under a typed number keeps it; the label was made for the paper.
        Shipment.objects.filter(id=shipment_id, tracking_number="").update(tracking_number=made.number)
    return made.number


@transaction.atomic
def _fail(shipment_id: UUID, why: str) -> None:
    Label.objects.filter(shipment_id=shipment_id).update(state=State.FAILED, trouble=why[:300])


def cancel_label(*, shipment_id: UUID) -> None:
    """Take a label back before the parcel leaves. Outside of a transaction. Does nothing the second time.

    Raises LabelProblem where the parcel left, is on a manifest, or the carrier does not let go of it.
    """
    label = Label.objects.select_related("shipment").defer("pdf").filter(shipment_id=shipment_id).first()
    if label is None:
        raise UnknownShipmentProblem(_("There is no such parcel."))
    if label.state == State.CANCELLED:
        return
    if label.shipment.state != "announced" or label.manifest_id:
        raise LabelProblem(_("This parcel has left, or is on a manifest. Its label cannot be taken back."))
    provider = providers.found().get(label.shipment.carrier)
    if provider is None:
        raise UnknownCarrierProblem(_("There is no carrier %(code)s here.") % {"code": label.shipment.carrier})
    try:
        let_go = label.state != State.MADE or provider.cancel_label(label.shipment.tracking_number, label.carrier_ref)
    except CarrierTrouble as trouble:
        raise LabelProblem(_("The carrier could not be reached. Try again in a minute.")) from trouble
    if not let_go:
        raise LabelProblem(_("The carrier does not take this label back. Ask them."))
    with transaction.atomic():
        if Shipment.objects.filter(id=shipment_id, state="announced").update(state="cancelled"):
            Label.objects.filter(shipment_id=shipment_id).update(state=State.CANCELLED)


def _order(label: Label) -> LabelOrder:
    return LabelOrder(
        key=label.shipment_id, service=label.service, sender=PostalAddress.from_dict(label.sender),
        recipient=PostalAddress.from_dict(label.recipient), weight_g=label.weight_g, note=label.note,
        pickup_point=label.pickup_point, promised_on=label.shipment.promised_on, reverse=label.shipment.reverse,
    )  # fmt: skip

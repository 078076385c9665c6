"""How parcels hang on a person: by what is in them. The proof of delivery stays."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.sale.shipping.models import CarrierEvent, Label, PromiseRow, Shipment, TrackingStep


@belongs("shipping.Shipment", _("Parcels"))
def parcels(party: Party) -> QuerySet[Shipment]:
    return Shipment.objects.filter(reference__in=party.references)


@belongs("shipping.TrackingStep", _("What the carrier said"))
def tracking(party: Party) -> QuerySet[TrackingStep]:
    return TrackingStep.objects.filter(shipment__reference__in=party.references)


@belongs("shipping.Label", _("Labels of parcels"))
def labels(party: Party) -> QuerySet[Label]:
    return Label.objects.filter(shipment__reference__in=party.references)


@belongs("shipping.CarrierEvent", _("Messages of carriers"))
def events(party: Party) -> QuerySet[CarrierEvent]:
    return CarrierEvent.objects.filter(shipment__reference__in=party.references)


@belongs("shipping.PromiseRow", _("Promised days of delivery"))
def promises(party: Party) -> QuerySet[PromiseRow]:
    return PromiseRow.objects.filter(reference__in=party.references)

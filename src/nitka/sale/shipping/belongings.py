"""How parcels hang on a person: by what is in them. The proof of delivery stays."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.sale.shipping.models import Shipment, TrackingStep


@belongs("shipping.Shipment", _("Parcels"))
def parcels(party: Party) -> QuerySet[Shipment]:
    return Shipment.objects.filter(reference__in=party.references)


@belongs("shipping.TrackingStep", _("What the carrier said"))
def tracking(party: Party) -> QuerySet[TrackingStep]:
    return TrackingStep.objects.filter(shipment__reference__in=party.references)

"""What shipping tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class ParcelShipped(Fact, kind="shipping.parcel_shipped", subject="reference"):
    """A parcel left; `reference` is the order."""

    reference: UUID
    shipment_id: UUID
    carrier: str


@dataclass(frozen=True, kw_only=True)
class ParcelDelivered(Fact, kind="shipping.parcel_delivered", subject="reference"):
    """A parcel was received."""

    reference: UUID
    shipment_id: UUID
    carrier: str

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
class ParcelOutForDelivery(Fact, kind="shipping.parcel_out_for_delivery", subject="reference"):
    """A parcel is in the van that brings it today."""

    reference: UUID
    shipment_id: UUID
    carrier: str


@dataclass(frozen=True, kw_only=True)
class ParcelDelivered(Fact, kind="shipping.parcel_delivered", subject="reference"):
    """A parcel was received."""

    reference: UUID
    shipment_id: UUID
    carrier: str


@dataclass(frozen=True, kw_only=True)
class ParcelReturned(Fact, kind="shipping.parcel_returned", subject="reference"):
    """A parcel came back to the shop, or goes there: refused, not fetched, or sent back by the shopper."""

    reference: UUID
    shipment_id: UUID
    carrier: str


@dataclass(frozen=True, kw_only=True)
class PromiseAtRisk(Fact, kind="shipping.promise_at_risk", subject="reference"):
    """A promised day will not be kept, noticed before it ends (`cause`: see `watching.py`); a new day was promised.
    Days are ISO texts."""

    reference: UUID
    promise_id: UUID
    shipment_id: UUID | None
    promised_on: str
    new_day: str
    cause: str

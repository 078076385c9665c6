"""What inventory tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class AvailabilityChanged(Fact, kind="inventory.availability_changed", subject="product_id"):
    """A variant went into another band (`none`, `few` = 1 to 5, `many`); told on a change of band only."""

    product_id: UUID
    variant_id: UUID
    band: str


@dataclass(frozen=True, kw_only=True)
class StockRanLow(Fact, kind="inventory.stock_ran_low", subject="product_id"):
    """What can be promised and is on its way fell to the reorder point; told once until it is above it again."""

    product_id: UUID
    variant_id: UUID
    available: int
    point: int

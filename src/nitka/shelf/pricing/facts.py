"""What pricing tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class PriceChanged(Fact, kind="pricing.price_changed", subject="product_id"):
    """A variant of the product got another price in the market, or lost it there."""

    product_id: UUID
    market: str

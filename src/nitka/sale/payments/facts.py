"""What payments tell. `reference` is what is paid for: an order."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class GatewayTold(Fact, kind="payments.gateway_told", subject="reference"):
    """A verified webhook was stored; whoever owns the reference settles."""

    reference: UUID
    payment_id: UUID


@dataclass(frozen=True, kw_only=True)
class MoneyReturned(Fact, kind="payments.money_returned", subject="reference"):
    """A refund went through at the gateway, or waits for a person (`by_hand`)."""

    reference: UUID
    payment_id: UUID
    refund_id: UUID
    minor: int
    currency: str
    by_hand: bool

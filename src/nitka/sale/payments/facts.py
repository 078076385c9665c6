"""What payments tell. `reference` is what is paid for: an order."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class GatewayTold(Fact, kind="payments.gateway_told", subject="reference"):
    """A gateway has news of a payment, and they are stored; whoever owns the reference settles."""

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


@dataclass(frozen=True, kw_only=True)
class CaptureAnswered(Fact, kind="payments.capture_answered", subject="reference"):
    """The gateway gave what was set aside (`taken`), or refused to."""

    reference: UUID
    payment_id: UUID
    capture_id: UUID
    minor: int
    currency: str
    taken: bool

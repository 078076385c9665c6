"""What returns tell. `case_kind` is return, exchange, replacement or complaint."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Fact, kind="returns.case_opened", subject="order_id", whose="customer_id"):
    """Somebody asked to return, exchange or replace pieces, or complained. `refund_minor`: what they were told."""

    order_id: UUID
    case_id: UUID
    code: str
    order_code: str
    customer_id: UUID | None
    case_kind: str
    pieces: int
    currency: str
    refund_minor: int
    legal: bool


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Fact, kind="returns.case_moved", subject="order_id", whose="customer_id"):
    """`step`: approved, refused, sent, received, graded, paid, new_goods or cancelled."""

    order_id: UUID
    case_id: UUID
    code: str
    order_code: str
    customer_id: UUID | None
    case_kind: str
    step: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Fact, kind="returns.case_closed", subject="order_id", whose="customer_id"):
    """All is done. `refunded_minor` goes back, `to` says where: original, credit or gift_card."""

    order_id: UUID
    case_id: UUID
    code: str
    order_code: str
    customer_id: UUID | None
    case_kind: str
    currency: str
    refunded_minor: int
    to: str

"""What companies tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Fact, kind="companies.approval_asked", subject="approval_id", whose="customer_id"):
    """Somebody wants to spend more for their company than they may."""

    approval_id: UUID
    company_id: UUID
    customer_id: UUID
    total_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ApprovalDecided(Fact, kind="companies.approval_decided", subject="approval_id", whose="customer_id"):
    """Somebody else of the company said yes or no."""

    approval_id: UUID
    company_id: UUID
    customer_id: UUID
    approved: bool
    total_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class QuoteAsked(Fact, kind="companies.quote_asked", subject="quote_id", whose="customer_id"):
    """Somebody asked for a price for their company."""

    quote_id: UUID
    code: str
    company_id: UUID
    customer_id: UUID
    pieces: int
    list_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class QuoteMoved(Fact, kind="companies.quote_moved", subject="quote_id", whose="customer_id"):
    """`step`: answered, accepted, declined, expired or ordered. `minor`: what was answered for all of it."""

    quote_id: UUID
    code: str
    company_id: UUID
    customer_id: UUID
    step: str
    minor: int
    currency: str
    valid_until: str  # the last day, as ISO text

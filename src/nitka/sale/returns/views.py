"""The values that returns give and take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces of one line, and why. `new_variant_id`: what they are exchanged for."""

    line_id: UUID
    pieces: int
    reason: str = ""
    new_variant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PossibleLine:
    """What can be asked for of one line. `left`: pieces that arrived and are not on their way back."""

    line_id: UUID
    left: int
    why_not: str
    until: datetime | None
    paid_minor: int  # for all that are left


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleKind:
    """What the policy says of one kind for this order, in words and values, in the active language."""

    kind: str
    name: str
    possible: bool
    why_not: str
    code: str  # the problem that a verb would raise, for machines
    until: datetime | None
    lines: tuple[PossibleLine, ...]
    terms: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    refund_to: tuple[tuple[str, str], ...]
    needs_photo: bool
    once_only: bool


@dataclass(frozen=True, slots=True)
class Possible:
    """Everything that can be asked for after the sale."""

    order_id: UUID
    kinds: tuple[PossibleKind, ...]

    @property
    def any(self) -> bool:
        return any(each.possible for each in self.kinds)

    def of(self, kind: str) -> PossibleKind | None:
        """One kind."""
        return next((each for each in self.kinds if each.kind == kind), None)


@dataclass(frozen=True, slots=True)
class LineSum:
    """Money of some pieces: what was paid for them, and of an exchange what the new ones cost more."""

    line_id: UUID
    pieces: int
    paid_minor: int
    restocking_minor: int
    difference_minor: int
    new_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """The money of a case, before it is opened and after: the same function says both. Minor units of `currency`."""

    currency: str
    lines: tuple[LineSum, ...]
    goods_minor: int
    restocking_minor: int
    label_minor: int
    delivery_minor: int
    over_ceiling_minor: int
    ceiling_minor: int | None
    refund_minor: int
    difference_minor: int

    @property
    def to_pay_minor(self) -> int:
        """What the shopper pays for an exchange."""
        return max(0, self.difference_minor)


@dataclass(frozen=True, slots=True)
class CaseLineView:
    """Pieces of a case."""

    id: UUID
    line_id: UUID
    variant_id: UUID | None
    title: str
    option_text: str
    picture: str
    sku: str
    pieces: int
    reason: str
    reason_text: str
    paid_minor: int
    new_variant_id: UUID | None
    new_text: str
    new_minor: int
    received: int
    grade: str
    grade_text: str


@dataclass(frozen=True, slots=True)
class CaseStepView:
    """A knot of the case's thread."""

    kind: str
    text: str
    at: datetime
    actor: str
    note: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case with all that its page shows. Money in minor units of `currency`."""

    id: UUID
    code: str
    kind: str
    kind_text: str
    state: str
    state_text: str
    order_id: UUID
    order_code: str
    customer_id: UUID | None
    legal: bool
    words: str
    answer: str
    terms: tuple[str, ...]
    currency: str
    goods_minor: int
    restocking_minor: int
    label_minor: int
    delivery_minor: int
    refund_minor: int
    difference_minor: int
    difference_paid: bool
    refund_to: str
    refund_to_text: str
    refunded_minor: int
    payment_id: UUID | None
    needs_goods: bool
    way_back: str
    tracking_number: str
    label_shipment_id: UUID | None
    new_shipment_id: UUID | None
    send_before: datetime | None
    requested_at: datetime
    lines: tuple[CaseLineView, ...]
    steps: tuple[CaseStepView, ...]
    photos: tuple[UUID, ...]

    @property
    def to_pay_minor(self) -> int:
        """What the shopper still has to pay for the exchange."""
        return 0 if self.difference_paid else max(0, self.difference_minor)

    @property
    def pieces(self) -> int:
        return sum(line.pieces for line in self.lines)

    @property
    def is_open(self) -> bool:
        return self.state not in ("closed", "refused", "cancelled")

    @property
    def can_cancel(self) -> bool:
        """Whether the shopper may call it off: until the goods are back, or new ones have left."""
        return self.state in ("requested", "approved", "sent") and self.new_shipment_id is None and not self.legal

    @property
    def can_send(self) -> bool:
        return self.state == "approved" and self.needs_goods

    @property
    def has_label(self) -> bool:
        """Whether there is a paper to put on the parcel."""
        return self.needs_goods and self.state in ("approved", "sent")

    @property
    def sends_new_goods(self) -> bool:
        return self.kind in ("exchange", "replacement")

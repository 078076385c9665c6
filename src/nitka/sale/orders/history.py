"""The values that an import of orders gives and gets: what another system knew of its sales."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from nitka.people.customers.queries import PostalAddress


class HistoryKind(StrEnum):
    """What an invoice of another system was: a sale, a credit note, or an entry of the books that sold nothing."""

    SALE = "sale"
    CREDIT = "credit"
    ADJUSTMENT = "adjustment"


class ImportedLine(NamedTuple):
    """A line as it was invoiced. `unit_text` is the unit price as it was written, `total_minor` is before
    `discount_minor` and rounded by `ground.money`; pieces and sums of credit notes are below zero."""

    sku: str
    title: str
    quantity: int
    unit_text: str
    unit_minor: int
    total_minor: int
    discount_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedOrder:
    """An invoice of another system, by its number there. Sums are minor units; `at` and all other moments are aware.

    `status` is the last thing known of a sale: placed, paid, shipped, delivered or cancelled.
    """

    number: str
    at: datetime
    lines: tuple[ImportedLine, ...]
    currency: str
    kind: HistoryKind = HistoryKind.SALE
    status: str = "delivered"
    customer_id: UUID | None = None
    email: str = ""
    name: str = ""
    phone: str = ""
    language: str = "en"
    market: str = ""
    country: str = ""
    shipping_address: PostalAddress = field(default_factory=PostalAddress)
    billing_address: PostalAddress = field(default_factory=PostalAddress)
    note: str = ""
    discount_minor: int = 0
    delivery_minor: int = 0
    fee_minor: int = 0
    tax_minor: int = 0
    tax_included: bool = True
    refunded_minor: int = 0
    paid: bool = True
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    coupon_codes: tuple[str, ...] = ()
    payment_name: str = ""
    delivery_name: str = ""
    # What else the file said, shown as it is: {"country": "Channel Islands", "customer": "12345"}.
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def goods_minor(self) -> int:
        return sum(line.total_minor - line.discount_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        tax = 0 if self.tax_included else self.tax_minor
        return self.goods_minor - self.discount_minor + self.delivery_minor + self.fee_minor + tax

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    def fingerprint(self) -> str:
        """A print of all that the file said; whom we take for the customer is not part of it."""
        said = tuple(getattr(self, name) for name in self.__slots__ if name != "customer_id")
        return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How many orders came, changed, or stood as they were, and the ids of the first two."""

    created: int
    updated: int
    unchanged: int
    touched: tuple[UUID, ...] = ()

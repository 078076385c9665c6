"""The values that orders give and take."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from nitka.ground import money
from nitka.people.customers.queries import PostalAddress
from nitka.sale.payments.queries import BankInstructions, CreditPart, Next, PaymentView, RefundView, Seen
from nitka.sale.shipping.queries import Duties, OptionView, PointView, ShipmentView
from nitka.shelf.pricing.queries import AppliedPromotion, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """What is copied of a variant beside its price, in the shopper's language."""

    variant_id: UUID
    product_id: UUID
    sku: str
    title: str
    option_text: str = ""
    picture: str = ""
    weight_g: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """Everything that was agreed, frozen: an order is made of this and of nothing else.

    `quote.delivery_minor` holds the price of delivery and `payment_fee_minor` together, for they are taxed as one.
    `lines` has a value for each line of the quote. `cart_version`: what the shopper saw.
    """

    cart_id: UUID | None
    cart_version: int = 0
    customer_id: UUID | None
    email: str
    language: str
    market: str
    country: str
    shipping_address: PostalAddress
    billing_address: PostalAddress
    quote: Quote
    lines: tuple[DraftLine, ...]
    delivery: OptionView
    payment_method: str
    payment_choice: str = ""
    payment_fee_minor: int = 0
    coupon_codes: tuple[str, ...] = ()
    note: str = ""
    told_us: dict[str, Any] = field(default_factory=dict)
    credit: tuple[CreditPart, ...] = ()
    seen: Seen | None = None  # from where it comes; None: nobody asks the rules of risk
    duties: Duties | None = None  # what was said of the border, where the goods cross one
    company_id: UUID | None = None  # for which it is bought
    po_number: str = ""  # how the company calls the purchase
    net_days: int | None = None  # of one on account: it is paid within so many days

    @property
    def credit_minor(self) -> int:
        return sum(part.minor for part in self.credit)

    @property
    def due_minor(self) -> int:
        return self.quote.total_minor - self.credit_minor


@dataclass(frozen=True, slots=True)
class Placed:
    """The answer to a shopper who placed an order. `next` says where they go: see payments' `Next`."""

    order_id: UUID
    code: str
    next: Next | None
    token: str  # opens the order's page without signing in
    status: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """The promise as it was given."""

    code: str
    name: str
    day_from: date
    day_to: date
    order_before: datetime | None
    source: str
    computed_at: datetime
    cause: str = ""  # why a later day took the place of the first one; "" while the first stands
    first_day: date | None = None  # what was promised before that
    choice: str = ""  # what the shopper made of it: wait, change
    point: PointView | None = None  # where it is fetched

    @property
    def given_day(self) -> date:
        """The last day that was promised first, by which the promise is judged."""
        return self.first_day or self.day_to


@dataclass(frozen=True, slots=True)
class DelayChoices:
    """What a shopper may choose when their day will not be kept. Options and days are there until the parcel leaves."""

    cause: str
    cause_text: str
    first_day: date | None
    new_day: date
    choice: str
    options: tuple[OptionView, ...]
    days: tuple[date, ...]
    can_cancel: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A line. `unit_text`: the unit price of history, as it was written; then `unit_minor` is the nearest to it."""

    id: UUID
    variant_id: UUID | None
    product_id: UUID | None
    sku: str
    title: str
    option_text: str
    picture: str
    quantity: int
    unit_minor: int
    list_minor: int
    discount_minor: int
    total_minor: int
    tax_rate: Decimal
    tax_minor: int
    weight_g: int
    unit_text: str
    shipped: int
    cancelled: int
    boxed: int
    gift: bool = False
    trial_until: date | None = None  # on trial at home: the day by which it goes back

    @property
    def to_send(self) -> int:
        """Pieces that have not left and are still wanted."""
        return max(0, self.quantity - self.shipped - self.cancelled)


@dataclass(frozen=True, slots=True)
class StepView:
    """A knot of the order's thread. `text` is in the active language."""

    kind: str
    text: str
    at: datetime
    actor: str
    note: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExpectedStep:
    """What will happen next: a ring on the thread. `on` is a promised day, if there is one."""

    kind: str
    text: str
    on: date | None


@dataclass(frozen=True, slots=True)
class TaxView:
    rate: Decimal
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    id: UUID
    name: str
    lines: dict[str, int]
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order with all that its page shows. `source` and `number`: of one that was brought from elsewhere."""

    id: UUID
    code: str
    token: str
    status: str
    status_text: str
    paid: bool
    customer_id: UUID | None
    email: str
    name: str
    phone: str
    language: str
    market: str
    country: str
    shipping_address: PostalAddress
    billing_address: PostalAddress
    note: str
    told_us: dict[str, Any]
    currency: str
    tax_included: bool
    goods_minor: int
    discount_minor: int
    delivery_minor: int
    payment_fee_minor: int
    tax_minor: int
    total_minor: int
    credit_minor: int  # of the total: paid by gift cards and store credit
    refunded_minor: int
    taxes: tuple[TaxView, ...]
    coupon_codes: tuple[str, ...]
    promise: PromiseView
    payment_method: str
    payment_name: str
    payment: PaymentView | None
    refunds: tuple[RefundView, ...]
    bank: BankInstructions | None
    hold_until: datetime | None
    created_at: datetime
    placed_at: datetime | None
    lines: tuple[LineView, ...]
    steps: tuple[StepView, ...]
    expected: tuple[ExpectedStep, ...]
    shipments: tuple[ShipmentView, ...]
    withdrawals: tuple[WithdrawalView, ...]
    can_cancel: bool
    can_withdraw: bool
    withdraw_until: datetime | None
    has_invoice: bool
    source: str
    number: str
    imported: dict[str, Any]
    review: str = ""  # pending: a person looks at the order before it is packed
    promotions: tuple[AppliedPromotion, ...] = ()
    duties: Duties | None = None  # the estimate that the shopper saw
    company_id: UUID | None = None
    po_number: str = ""
    due_on: date | None = None  # of one on account: the day by which the company pays

    @property
    def can_be_paid(self) -> bool:
        """Whether it stands, so that money may come for it."""
        return self.status not in ("awaiting", "failed", "cancelled", "credited", "adjusted")

    @property
    def due_minor(self) -> int:
        """What was left to pay by the main means."""
        return self.total_minor - self.credit_minor

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list."""

    id: UUID
    code: str
    status: str
    status_text: str
    paid: bool
    name: str
    email: str
    country: str
    market: str
    currency: str
    total_minor: int
    payment_method: str
    delivery_code: str
    promised_on: date | None
    placed_at: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """An invoice or credit note of an order."""

    kind: str
    number: str
    total_minor: int
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper in a list for the books."""

    number: str
    kind: str
    issued_on: date
    order_code: str
    corrects: str
    country: str
    vat_number: str
    tax_kind: str
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int

    def amount(self, minor: int) -> Decimal:
        """Minor units as a decimal number of the currency."""
        return Decimal(minor).scaleb(-money.exponent(self.currency))


@dataclass(frozen=True, slots=True, kw_only=True)
class PickOrder:
    """An order that waits in the warehouse, with the pieces that are still to be sent."""

    id: UUID
    code: str
    status: str
    name: str
    country: str
    delivery: str
    promised_on: date | None
    placed_at: datetime | None
    pieces: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine:
    """Pieces of one variant to fetch from one place, and for whom: (code of the order, pieces)."""

    variant_id: UUID
    sku: str
    title: str
    option_text: str
    picture: str
    location: str
    pieces: int
    orders: tuple[tuple[str, int], ...]

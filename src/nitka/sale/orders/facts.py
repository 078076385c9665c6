"""What orders tell."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Fact, kind="orders.order_placed", subject="order_id", whose="customer_id"):
    """The contract stands: a captured card, or an order by bank transfer or cash on delivery."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    cart_id: UUID | None
    market: str
    country: str
    language: str
    currency: str
    goods_minor: int
    total_minor: int
    pieces: int
    payment_method: str
    paid: bool


@dataclass(frozen=True, kw_only=True)
class OrderPaid(Fact, kind="orders.order_paid", subject="order_id", whose="customer_id"):
    """The whole amount is here. `with_placing`: in the same moment as the order was placed."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    market: str
    currency: str
    total_minor: int
    with_placing: bool


@dataclass(frozen=True, kw_only=True)
class OrderPacked(Fact, kind="orders.order_packed", subject="order_id", whose="customer_id"):
    order_id: UUID
    code: str
    customer_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class OrderShipped(Fact, kind="orders.order_shipped", subject="order_id", whose="customer_id"):
    """A parcel of the order left. `whole`: with it, nothing is left to be sent."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    shipment_id: UUID
    carrier: str
    whole: bool = True


@dataclass(frozen=True, kw_only=True)
class DeliveryDelayed(Fact, kind="orders.delivery_delayed", subject="order_id", whose="customer_id"):
    """The promised day will not be kept; the shopper is told before it ends. Days are ISO texts; `cause`: see
    `shipping`."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    promised_on: str
    new_day: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class DelayAnswered(Fact, kind="orders.delay_answered", subject="order_id", whose="customer_id"):
    """What the shopper made of a delay: wait, or change (another day or way; `new_day` is what holds now)."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    choice: str
    new_day: str


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(Fact, kind="orders.order_delivered", subject="order_id", whose="customer_id"):
    order_id: UUID
    code: str
    customer_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Fact, kind="orders.order_cancelled", subject="order_id", whose="customer_id"):
    """`reason`: a word of the house (`shopper`, `shop`, `overdue`, `sold_out`), never what a person wrote."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    market: str
    currency: str
    total_minor: int
    refund_minor: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderShortened(Fact, kind="orders.order_shortened", subject="order_id", whose="customer_id"):
    """Pieces that will not come were taken off the order; `minor` goes back for them."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    pieces: int
    minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class OrderCredited(Fact, kind="orders.order_credited", subject="order_id", whose="customer_id"):
    """A credit note was written in the system that the shop came from. `total_minor` and `pieces` are below zero."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    market: str
    currency: str
    total_minor: int
    pieces: int


@dataclass(frozen=True, kw_only=True)
class OrderRefunded(Fact, kind="orders.order_refunded", subject="order_id", whose="customer_id"):
    """Money of the order went back, or waits for a person who sends it (`by_hand`)."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    currency: str
    minor: int
    by_hand: bool


@dataclass(frozen=True, kw_only=True)
class OrderChanged(Fact, kind="orders.order_changed", subject="order_id", whose="customer_id"):
    """The shopper (or somebody for them) changed the order before it was packed. `what`: address, items or payment;
    `difference_minor`: above zero they paid it, below zero it went back."""

    order_id: UUID
    code: str
    customer_id: UUID | None
    change_id: UUID
    what: str
    currency: str
    difference_minor: int


@dataclass(frozen=True, kw_only=True)
class PaymentOverdue(Fact, kind="orders.payment_overdue", subject="order_id", whose="customer_id"):
    """A bank transfer has not come for some days; the shopper is reminded before the order is cancelled."""

    order_id: UUID
    code: str
    customer_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WithdrawalDeclared(Fact, kind="orders.withdrawal_declared", subject="order_id", whose="customer_id"):
    order_id: UUID
    code: str
    customer_id: UUID | None
    withdrawal_id: UUID
    whole: bool

"""What pricing is asked about, and what it answers: frozen values that any room may hand over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from nitka.shelf.pricing.arithmetic import TaxPart


@dataclass(frozen=True, slots=True)
class BasketLine:
    """So many pieces of one variant."""

    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """Goods that may be bought. `country` (and `region`: a state) is where they go; `delivery_minor` is in the market's
    way of tax, for the option `delivery_code`. `channel` is where they are bought: web, api.

    With `offers` the quote also says which public codes could be used. `no_gifts` are variants that cannot be given
    now, since they are sold out. `agreed` are prices of a quote, by variant: from so many pieces on, a piece at that
    price, whatever the lists say.
    """

    lines: tuple[BasketLine, ...]
    market: str
    country: str = ""
    region: str = ""
    channel: str = "web"
    coupon_codes: tuple[str, ...] = ()
    delivery_minor: int | None = None
    delivery_code: str = ""
    offers: bool = False
    no_gifts: tuple[UUID, ...] = ()
    agreed: Mapping[UUID, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who buys, as far as prices depend on it. `key` is `buyer_key(email)`; empty while nobody knows.

    `pricing.asked_of_buyers()` says which of labels, orders and company anything depends on: the rest may stay empty.

    `undecided` are references (orders) of this very basket whose payment is open: that they used a code for once does
    not count against the buyer, who may still go back and try again.
    """

    key: str = ""
    customer_id: UUID | None = None
    labels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    orders_count: int = 0
    company_id: UUID | None = None
    vat_number: str = ""
    country: str = ""
    market: str = ""
    undecided: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AppliedPromotion:
    """A promotion that counts, and what it takes off: all of it, or (beside a line) off that line.

    `code` is what was typed for it; empty for one that counts by itself. `kind` says what it gives: goods, gift or
    delivery.
    """

    id: UUID
    label: str
    code: str
    minor: int
    kind: str = "goods"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOff:
    """What a promotion takes off the price of delivery. `options`: of these only; empty: of any. `alone`: of those in
    its lane only the one that saves most counts. `left_minor`: no more than that is left to be given."""

    id: UUID
    label: str
    code: str
    lane: str
    alone: bool
    options: frozenset[str] = frozenset()
    percent: Decimal = Decimal(0)
    amount_minor: int = 0
    left_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """A line with its sums. `unit_minor`, `discount_minor` (of the whole line) and `total_minor` hold tax where the
    market shows prices with tax; `list_minor` is what a piece cost before a reduction. A `gift` is a line of its own
    that costs nothing.

    `public_minor` is what everybody pays for one piece; `lowest_minor` the lowest price of the days before a reduction.
    """

    variant_id: UUID
    quantity: int
    unit_minor: int
    list_minor: int
    discount_minor: int
    total_minor: int
    tax_rate: Decimal
    tax_minor: int
    tax_class: str = ""
    public_minor: int | None = None
    lowest_minor: int | None = None
    promotions: tuple[AppliedPromotion, ...] = ()
    gift: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponVerdict:
    """What became of a code: `applied`, or else the `reason` in words. Without a reason it is usable.

    `discount_minor` is what it takes (or would take) off the goods.
    """

    code: str
    applied: bool
    reason: str = ""
    discount_minor: int = 0
    ends: datetime | None = None
    label: str = ""

    @property
    def usable(self) -> bool:
        """Whether the shopper could use it now."""
        return not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a basket costs. Where `tax_included`: total = goods - discount + delivery; else tax is added to that.

    `delivery_minor` (after promotions) and its tax are zero while no delivery is chosen. `promotions` are all that
    count, `delivery_off` those that lower delivery, for `pricing.delivery_price`. `taxes` are net bases with their tax,
    by rate.
    `offers` are the public codes that were not asked for, where the basket wished for them: usable ones first, the best
    on top, then those that lack something, with the reason.
    `tax_kind` is domestic, oss, reverse_charge, export or exempt; `tax_note` is what an invoice must then say.
    `unpriced` are variants that have no price in the market: they are left out, and the basket cannot be sold so.
    """

    market: str
    country: str
    currency: str
    tax_included: bool
    lines: tuple[QuoteLine, ...]
    goods_minor: int
    discount_minor: int
    delivery_minor: int
    delivery_tax_minor: int
    tax_minor: int
    total_minor: int
    region: str = ""
    tax_kind: str = "domestic"
    tax_note: str = ""
    vat_number: str = ""
    taxes: tuple[TaxPart, ...] = ()
    coupons: tuple[CouponVerdict, ...] = ()
    offers: tuple[CouponVerdict, ...] = ()
    unpriced: tuple[UUID, ...] = field(default=())
    promotions: tuple[AppliedPromotion, ...] = ()
    delivery_off: tuple[DeliveryOff, ...] = ()

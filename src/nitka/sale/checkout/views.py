"""The values that checkout gives."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nitka.people.customers.queries import PostalAddress
from nitka.sale.companies.queries import ApprovalView, Member
from nitka.sale.payments.queries import AccountTerms, CreditPart, MethodView
from nitka.sale.shipping.queries import Duties, OptionView
from nitka.shelf.catalog.queries import MediaView
from nitka.shelf.pricing.queries import AppliedPromotion, CouponVerdict, Quote

MOST_PIECES = 99
MOST_PIECES_OF_COMPANIES = 9999


@dataclass(frozen=True, slots=True)
class CartContents:
    """What lies in a cart: variants and pieces."""

    cart_id: UUID
    market: str
    country: str
    pieces: tuple[tuple[UUID, int], ...]


@dataclass(frozen=True, slots=True)
class CartRef:
    """A cart and the token that opens it. `notice`: what the shopper should know, in the active language."""

    cart_id: UUID
    token: str
    line_id: UUID | None = None
    quantity: int = 0
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """What the header shows. The sum is of prices as the shopper last saw them."""

    count: int
    sum_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLineView:
    """One line. `price_changed_from`: what a piece cost when the shopper last saw it, if it costs something else now.

    `problem`: "" | "not_sold" | "sold_out" | "too_many" | "forbidden"; `message` says it in the active language.
    """

    id: UUID
    variant_id: UUID
    product_id: UUID | None
    sku: str
    slug: str
    title: str
    option_text: str
    picture: MediaView | None
    quantity: int
    unit_minor: int
    list_minor: int
    discount_minor: int
    total_minor: int
    price_changed_from: int | None
    available: int
    weight_g: int
    problem: str
    message: str
    promotions: tuple[AppliedPromotion, ...] = ()
    lowest_minor: int | None = None

    @property
    def is_cheaper_now(self) -> bool:
        return self.price_changed_from is not None and self.unit_minor < self.price_changed_from


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedLineView:
    """A line that was taken out and can be put back."""

    id: UUID
    variant_id: UUID
    title: str
    option_text: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftView:
    """Something that is given beside the goods, and why; `list_minor` is what it would cost."""

    variant_id: UUID
    title: str
    option_text: str
    picture: MediaView | None
    quantity: int
    label: str
    list_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CartView:
    """A cart with its sums. `total_minor` is without delivery; `delivery_options` is what is to be had for the country.

    `offers` are public codes that could be used, the best on top, then those that lack something, with why.
    `removed` is what the last removal took out (one line, or all of them). `version` goes up with every change.
    """

    cart_id: UUID | None
    token: str
    version: int
    market: str
    country: str
    currency: str
    tax_included: bool
    lines: tuple[CartLineView, ...]
    removed: tuple[RemovedLineView, ...]
    quote: Quote | None
    count: int
    goods_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    coupon_codes: tuple[str, ...]
    coupons: tuple[CouponVerdict, ...]
    offers: tuple[CouponVerdict, ...]
    free_delivery_missing_minor: int | None
    delivery_options: tuple[OptionView, ...]
    can_order: bool
    gifts: tuple[GiftView, ...] = ()

    @property
    def promotions(self) -> tuple[AppliedPromotion, ...]:
        """What makes goods cheaper, and is not shown as a gift."""
        return tuple(each for each in self.quote.promotions if each.kind == "goods") if self.quote else ()

    @property
    def is_empty(self) -> bool:
        return not self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutView:
    """All that the one page of checkout shows. `missing` names what is still needed before the order can be placed:
    email, address, delivery, payment, cart."""

    cart: CartView
    email: str
    phone: str
    name: str
    shipping_address: PostalAddress
    billing_address: PostalAddress | None
    note: str
    told_us: dict[str, Any]
    countries: tuple[str, ...]
    options: tuple[OptionView, ...]
    delivery: OptionView | None
    methods: tuple[MethodView, ...]
    method: MethodView | None
    payment_choice: str
    quote: Quote | None
    delivery_minor: int
    payment_fee_minor: int
    tax_minor: int
    total_minor: int
    due_minor: int  # of the total: left to pay by `method` once gift cards and store credit have paid
    credit: tuple[CreditPart, ...]
    use_credit: bool
    missing: tuple[str, ...]
    vat_number: str = ""
    duties: Duties | None = None  # at the border, where goods cross one
    members: tuple[Member, ...] = ()  # the companies that who is signed in may buy for
    member: Member | None = None  # the one that this is bought for
    account: AccountTerms | None = None  # what it may still owe
    po_number: str = ""
    needs_approval: bool = False  # it is more than they may spend, and nobody has said yes to it
    approval: ApprovalView | None = None  # what was asked and answered about these very goods
    quote_id: UUID | None = None

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def credit_minor(self) -> int:
        """What gift cards and store credit pay."""
        return self.total_minor - self.due_minor

    @property
    def paying(self) -> tuple[CreditPart, ...]:
        """What pays a part."""
        return tuple(part for part in self.credit if part.minor)

    @property
    def gift_cards(self) -> tuple[CreditPart, ...]:
        return tuple(part for part in self.credit if part.kind == "gift_card")

    @property
    def store_credit_minor(self) -> int:
        """What the shop owes who is signed in, in the cart's currency."""
        return sum(part.balance_minor for part in self.credit if part.kind == "store_credit")

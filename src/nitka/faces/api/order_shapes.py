"""An order as the API shows it."""

from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from nitka.faces.api.cart_shapes import Promotion
from nitka.faces.api.schemas import PickupPoint
from nitka.sale.orders.queries import OrderView


class OrderLine(Schema):
    id: UUID
    variant_id: UUID | None
    product_id: UUID | None
    sku: str
    title: str
    option_text: str
    quantity: int
    unit_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    shipped: int
    cancelled: int
    gift: bool
    trial_until: str | None = Field(description="On trial at home: the day by which it goes back.")


class Step(Schema):
    kind: str
    text: str
    at: str


class Parcel(Schema):
    id: UUID
    carrier: str
    tracking_number: str
    tracking_url: str
    promised_on: str | None
    shipped_at: str
    delivered_at: str | None


class PromiseGiven(Schema):
    code: str
    name: str
    day_from: str
    day_to: str
    first_day: str | None = Field(description="What was promised before a delay.")
    cause: str = Field(description="Why a later day took the place of the first one; empty while that stands.")
    choice: str = Field(description="What the shopper made of a delay: wait or change.")
    point: PickupPoint | None


class Address(Schema):
    name: str
    company: str
    line1: str
    line2: str
    postcode: str
    city: str
    region: str
    country: str
    phone: str


class Order(Schema):
    code: str
    status: str
    status_text: str
    paid: bool
    market: str
    currency: str
    tax_included: bool
    lines: list[OrderLine]
    goods_minor: int
    discount_minor: int
    delivery_minor: int
    payment_fee_minor: int
    tax_minor: int
    total_minor: int
    credit_minor: int = Field(description="Of the total: paid by gift cards and store credit.")
    due_minor: int
    refunded_minor: int
    coupon_codes: list[str]
    promotions: list[Promotion]
    payment_method: str
    shipping_address: Address
    promised_on: str
    promise: PromiseGiven
    steps: list[Step]
    parcels: list[Parcel]
    can_cancel: bool
    can_withdraw: bool
    withdraw_until: str | None
    has_invoice: bool
    under_review: bool = Field(description="A person looks at the order before it is packed.")


def values(view: OrderView) -> dict[str, Any]:
    """The fields that an order and its view have in common, and those that have to be put in words."""
    plain = {name: getattr(view, name) for name in Order.model_fields if hasattr(view, name)}
    return {
        **plain,
        "lines": [_line(line) for line in view.lines],
        "promotions": [Promotion.from_orm(each) for each in view.promotions],
        "shipping_address": Address.from_orm(view.shipping_address),
        "coupon_codes": list(view.coupon_codes),
        "promised_on": view.promise.day_to.isoformat(),
        "promise": _promise(view.promise),
        "steps": [Step(kind=step.kind, text=step.text, at=step.at.isoformat()) for step in view.steps],
        "parcels": [_parcel(parcel) for parcel in view.shipments],
        "withdraw_until": iso(view.withdraw_until),
        "under_review": view.review == "pending",
    }


def shown(view: OrderView) -> Order:
    """The order for its buyer."""
    return Order(**values(view))


def iso(moment: Any) -> str | None:
    """A day or a moment as text; None for none."""
    return moment.isoformat() if moment else None


def _line(line: Any) -> OrderLine:
    same = {name: getattr(line, name) for name in OrderLine.model_fields if name != "trial_until"}
    return OrderLine(**same, trial_until=iso(line.trial_until))


def _promise(promise: Any) -> PromiseGiven:
    return PromiseGiven(
        code=promise.code, name=promise.name, day_from=promise.day_from.isoformat(), day_to=promise.day_to.isoformat(),
        first_day=iso(promise.first_day), cause=promise.cause, choice=promise.choice,
        point=PickupPoint.from_orm(promise.point) if promise.point else None,
    )  # fmt: skip


def _parcel(parcel: Any) -> Parcel:
    return Parcel(
        id=parcel.id, carrier=parcel.carrier_name, tracking_number=parcel.tracking_number,
        tracking_url=parcel.tracking_url, promised_on=iso(parcel.promised_on), shipped_at=parcel.shipped_at.isoformat(),
        delivered_at=iso(parcel.delivered_at),
    )  # fmt: skip

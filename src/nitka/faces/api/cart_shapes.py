"""The cart as the API shows it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from nitka.faces.api.schemas import PickupPoint
from nitka.ground.problem import Problem
from nitka.sale.checkout import queries as carts
from nitka.sale.shipping import queries as shipping


class NoCart(Problem):
    code = "no_cart"
    status = 404


class Promotion(Schema):
    label: str
    code: str = Field(description="What was typed for it; empty for one that counts by itself.")
    minor: int
    kind: str = Field(description="goods, gift or delivery")


class Line(Schema):
    id: UUID
    variant_id: UUID
    sku: str
    title: str
    option_text: str
    quantity: int
    unit_minor: int
    list_minor: int
    lowest_minor: int | None = Field(description="The lowest price of the 30 days before a reduction.")
    discount_minor: int
    total_minor: int
    promotions: list[Promotion]
    price_changed_from: int | None
    available: int
    problem: str = Field(description="Empty, or not_sold, sold_out, too_many, forbidden.")
    message: str


class Gift(Schema):
    variant_id: UUID
    title: str
    option_text: str
    quantity: int
    label: str


class Coupon(Schema):
    code: str
    label: str
    applied: bool
    usable: bool
    reason: str = Field(description="Why it is not usable, in words.")
    discount_minor: int


class CreditPart(Schema):
    id: UUID
    kind: str = Field(description="gift_card or store_credit")
    name: str
    pays_minor: int
    balance_minor: int


class Duties(Schema):
    """What is asked at the border, as far as it can be known before."""

    country: str
    currency: str
    duty_minor: int
    tax_minor: int
    tax_collected: bool
    paid_by_shop: bool
    rough: bool


class Delivery(Schema):
    code: str
    name: str
    price_minor: int
    kind: str = Field(description="home, or pickup: then say `pickup_point`, one of `points`.")
    points: list[PickupPoint]
    arrives_from: str
    arrives_on: str
    order_before: str | None


class Method(Schema):
    code: str
    name: str
    text: str
    fee_minor: int
    choices: list[str]


class Cart(Schema):
    token: str = Field(description="Opens the cart; keep it like a key.")
    version: int
    market: str
    currency: str
    tax_included: bool
    lines: list[Line]
    gifts: list[Gift]
    goods_minor: int
    discount_minor: int
    delivery_minor: int
    payment_fee_minor: int
    tax_minor: int
    tax_kind: str = Field(description="domestic, oss, reverse_charge, export or exempt")
    tax_note: str
    vat_number: str
    total_minor: int
    due_minor: int = Field(description="Left to pay by `payment` once gift cards have paid.")
    credit: list[CreditPart]
    promotions: list[Promotion]
    coupon_codes: list[str]
    coupons: list[Coupon] = Field(description="Codes on the cart, and what became of them.")
    offers: list[Coupon] = Field(description="Public codes that could be used, then those that lack something.")
    free_delivery_missing_minor: int | None
    duties: Duties | None
    delivery_options: list[Delivery]
    delivery: str | None
    payment_methods: list[Method]
    payment: str | None
    missing: list[str] = Field(description="What is still needed before the order can be placed.")
    notice: str = ""


def shown(token: str, language: str, notice: str = "") -> Cart:
    """The cart of that token. Raises NoCart."""
    view = carts.checkout(token, language)
    if view is None:
        raise NoCart(_("There is no cart with this token. It may have become an order, or be too old."))
    cart, points, quote = view.cart, _points(view), view.quote or view.cart.quote
    same = ("version", "market", "currency", "tax_included", "goods_minor", "discount_minor",
            "free_delivery_missing_minor")  # fmt: skip
    summed = ("delivery_minor", "payment_fee_minor", "tax_minor", "total_minor", "due_minor", "vat_number")
    return Cart(
        token=token, notice=notice, **{name: getattr(cart, name) for name in same},
        **{name: getattr(view, name) for name in summed},
        lines=[Line.from_orm(line) for line in cart.lines], gifts=[Gift.from_orm(gift) for gift in cart.gifts],
        tax_kind=quote.tax_kind if quote else "domestic", tax_note=quote.tax_note if quote else "",
        credit=[_credit(part) for part in view.credit if part.kind == "gift_card"],
        promotions=[Promotion.from_orm(each) for each in (quote.promotions if quote else ())],
        coupon_codes=list(cart.coupon_codes), coupons=[Coupon.from_orm(each) for each in cart.coupons],
        offers=[Coupon.from_orm(each) for each in cart.offers],
        duties=Duties.from_orm(view.duties) if view.duties else None,
        delivery_options=[_delivery(option, points.get(option.code, ())) for option in view.options],
        delivery=view.delivery.code if view.delivery else None,
        payment_methods=[_method(method) for method in view.methods],
        payment=view.method.code if view.method else None, missing=list(view.missing),
    )  # fmt: skip


def _points(view: Any) -> dict[str, Any]:
    """Option → the points near the address, for options that are fetched."""
    return {
        option.code: shipping.points_near(
            carrier=option.carrier, country=view.cart.country, postcode=view.shipping_address.postcode
        )
        for option in view.options if option.kind == "pickup"
    }  # fmt: skip


def _credit(part: Any) -> CreditPart:
    return CreditPart(
        id=part.account_id, kind=part.kind, name=part.name, pays_minor=part.minor, balance_minor=part.balance_minor
    )


def _delivery(option: Any, points: Any) -> Delivery:
    promise = option.promise
    return Delivery(
        code=option.code, name=option.name, price_minor=option.price_minor, kind=option.kind,
        points=[PickupPoint.from_orm(each) for each in points], arrives_from=promise.day_from.isoformat(),
        arrives_on=promise.day_to.isoformat(),
        order_before=promise.order_before.isoformat() if promise.order_before else None,
    )  # fmt: skip


def _method(method: Any) -> Method:
    return Method(
        code=method.code, name=method.name, text=method.text, fee_minor=method.fee_minor,
        choices=[choice.code for choice in method.choices],
    )  # fmt: skip

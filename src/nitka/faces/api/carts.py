"""The cart, and the way to an order."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import ConfigDict, Field

from nitka.faces.api.schemas import FALLBACK, REFUSALS, Country, Language, MarketCode, Text, market_or_default
from nitka.ground.problem import Problem
from nitka.ground.web.idempotency import HEADER, idempotent
from nitka.ground.web.limits import rate_limit
from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as carts
from nitka.sale.payments.queries import Seen
from nitka.sale.shipping import queries as shipping

router = Router()
MOST_PIECES = 99


class KeyNeeded(Problem):
    """Placing an order asks for an Idempotency-Key, so that a retry is never a second order."""

    code = "idempotency_key_needed"
    status = 400


class NoCart(Problem):
    code = "no_cart"
    status = 404


class Address(Schema):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Anna Nowak", "line1": "ul. Długa 5", "postcode": "80-001",
                                         "city": "Gdańsk", "country": "PL", "phone": "+48512345678"}]}
    )  # fmt: skip
    name: Text
    company: Text = ""
    line1: Text
    line2: Text = ""
    postcode: Text = ""
    city: Text = ""
    region: Text = ""
    country: Country
    phone: Text = ""

    def value(self) -> PostalAddress:
        return PostalAddress(**self.model_dump())


class NewCart(Schema):
    market: MarketCode = ""
    language: Language = FALLBACK
    variant_id: UUID = Field(description="A cart begins with its first goods.")
    quantity: int = Field(1, ge=1, le=MOST_PIECES)


class NewLine(Schema):
    variant_id: UUID
    quantity: int = Field(1, ge=1, le=MOST_PIECES)


class LineChange(Schema):
    quantity: int = Field(ge=0, le=MOST_PIECES, description="0 takes the line out; `restore` brings it back.")


class Code(Schema):
    code: Text


class Details(Schema):
    """Any part of the form; what is left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": "anna@example.com", "delivery": "two_days", "payment": "bank_transfer"}]
        }
    )
    email: Text | None = None
    name: Text | None = None
    phone: Text | None = None
    country: Country | None = Field(None, description="Alone, for prices of delivery before the address is known.")
    shipping_address: Address | None = None
    billing_address: Address | None = None
    delivery: Text | None = None
    pickup_point: Text | None = Field(None, description="Where it is fetched, for a delivery of kind pickup.")
    payment: Text | None = None
    payment_choice: Text | None = None
    note: Text | None = None


class OrderRequest(Schema):
    return_url: str = Field(
        "", max_length=500, description="Where a gateway sends the shopper; may hold {code} and {token}."
    )
    seen_total_minor: int | None = Field(None, description="The total that the shopper saw; a higher one is refused.")


class Line(Schema):
    id: UUID
    variant_id: UUID
    sku: str
    title: str
    option_text: str
    quantity: int
    unit_minor: int
    discount_minor: int
    total_minor: int
    price_changed_from: int | None
    available: int
    problem: str
    message: str


class PickupPoint(Schema):
    code: str
    name: str
    line1: str
    postcode: str
    city: str
    country: str
    hours: str


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
    goods_minor: int
    discount_minor: int
    delivery_minor: int
    payment_fee_minor: int
    tax_minor: int
    total_minor: int
    coupon_codes: list[str]
    free_delivery_missing_minor: int | None
    delivery_options: list[Delivery]
    delivery: str | None
    payment_methods: list[Method]
    payment: str | None
    missing: list[str] = Field(description="What is still needed before the order can be placed.")
    notice: str = ""


class Next(Schema):
    kind: str = Field(description="done, redirect or instructions")
    url: str = ""
    text: str = ""


class PlacedOrder(Schema):
    code: str
    token: str = Field(description="Opens the order: GET /orders/{code}?token=…")
    status: str
    next: Next | None


def shown(token: str, language: str, notice: str = "") -> Cart:
    """The cart as the API shows it."""
    view = carts.checkout(token, language)
    if view is None:
        raise NoCart(_("There is no cart with this token. It may have become an order, or be too old."))
    cart, points = view.cart, _points(view)
    return Cart(
        token=token, version=cart.version, market=cart.market, currency=cart.currency, tax_included=cart.tax_included,
        lines=[Line.from_orm(line) for line in cart.lines], goods_minor=cart.goods_minor,
        discount_minor=cart.discount_minor, delivery_minor=view.delivery_minor,
        payment_fee_minor=view.payment_fee_minor, tax_minor=view.tax_minor, total_minor=view.total_minor,
        coupon_codes=list(cart.coupon_codes), free_delivery_missing_minor=cart.free_delivery_missing_minor,
        delivery_options=[_delivery(option, points.get(option.code, ())) for option in view.options],
        delivery=view.delivery.code if view.delivery else None,
        payment_methods=[_method(method) for method in view.methods],
        payment=view.method.code if view.method else None, missing=list(view.missing), notice=notice,
    )  # fmt: skip


def _points(view: Any) -> dict[str, Any]:
    """Option → the points near the address, for options that are fetched."""
    return {
        option.code: shipping.points_near(
            carrier=option.carrier, country=view.cart.country, postcode=view.shipping_address.postcode
        )
        for option in view.options if option.kind == "pickup"
    }  # fmt: skip


def _point(point: Any) -> dict[str, str]:
    return {name: getattr(point, name) for name in PickupPoint.model_fields}


def _delivery(option: Any, points: Any) -> Delivery:
    promise = option.promise
    return Delivery(
        code=option.code, name=option.name, price_minor=option.price_minor, kind=option.kind,
        points=[PickupPoint(**_point(each)) for each in points], arrives_from=promise.day_from.isoformat(),
        arrives_on=promise.day_to.isoformat(),
        order_before=promise.order_before.isoformat() if promise.order_before else None,
    )  # fmt: skip


def _method(method: Any) -> Method:
    return Method(
        code=method.code, name=method.name, text=method.text, fee_minor=method.fee_minor,
        choices=[choice.code for choice in method.choices],
    )  # fmt: skip


@router.post("/carts", response={201: Cart, **REFUSALS}, summary="Begin a cart with its first goods")
@rate_limit("cart", "120/m", store="memory")
@decorate_view(idempotent)
def begin(request: HttpRequest, new: NewCart) -> Any:
    ref = checkout.add_to_cart(
        token=None, variant_id=new.variant_id, quantity=new.quantity, market=market_or_default(new.market),
        language=new.language, channel="api",
    )  # fmt: skip
    return Status(201, shown(ref.token, new.language, ref.notice))


@router.get("/carts/{token}", response={200: Cart, **REFUSALS}, summary="A cart with today's prices")
def read(request: HttpRequest, token: str, language: Language = FALLBACK) -> Any:
    return shown(token, language)


@router.post("/carts/{token}/lines", response={200: Cart, **REFUSALS}, summary="Add goods; a line of them grows")
@decorate_view(idempotent)
def add(request: HttpRequest, token: str, new: NewLine, language: Language = FALLBACK) -> Any:
    view = carts.checkout(token, language)
    if view is None:
        return shown(token, language)
    ref = checkout.add_to_cart(
        token=token, variant_id=new.variant_id, quantity=new.quantity, market=view.cart.market, language=language
    )
    return shown(ref.token, language, ref.notice)


@router.patch("/carts/{token}/lines/{line_id}", response={200: Cart, **REFUSALS}, summary="Change the pieces of a line")
@decorate_view(idempotent)
def change(request: HttpRequest, token: str, line_id: UUID, new: LineChange, language: Language = FALLBACK) -> Any:
    ref = checkout.change_line(token=token, line_id=line_id, quantity=new.quantity)
    return shown(token, language, ref.notice)


@router.delete("/carts/{token}/lines/{line_id}", response={200: Cart, **REFUSALS}, summary="Take a line out")
@decorate_view(idempotent)
def remove(request: HttpRequest, token: str, line_id: UUID, language: Language = FALLBACK) -> Any:
    checkout.remove_line(token=token, line_id=line_id)
    return shown(token, language)


@router.post("/carts/{token}/restore", response={200: Cart, **REFUSALS}, summary="Undo the last removal")
@decorate_view(idempotent)
def restore(request: HttpRequest, token: str, language: Language = FALLBACK) -> Any:
    checkout.restore_cart(token=token)
    return shown(token, language)


@router.post("/carts/{token}/coupons", response={200: Cart, **REFUSALS}, summary="Use a coupon")
@rate_limit("coupon", "20/m")
@decorate_view(idempotent)
def use_coupon(request: HttpRequest, token: str, new: Code, language: Language = FALLBACK) -> Any:
    checkout.apply_coupon(token=token, code=new.code)
    return shown(token, language)


@router.delete("/carts/{token}/coupons/{code}", response={200: Cart, **REFUSALS}, summary="Take a coupon off")
@decorate_view(idempotent)
def drop_coupon(request: HttpRequest, token: str, code: str, language: Language = FALLBACK) -> Any:
    checkout.drop_coupon(token=token, code=code)
    return shown(token, language)


@router.patch("/carts/{token}", response={200: Cart, **REFUSALS}, summary="Who buys, how it comes and is paid")
@decorate_view(idempotent)
def details(request: HttpRequest, token: str, new: Details, language: Language = FALLBACK) -> Any:
    given = new.model_dump(exclude_unset=True, exclude={"shipping_address", "billing_address"})
    for name in ("shipping_address", "billing_address"):
        address = getattr(new, name)
        if address is not None:
            given[name] = address.value()
    checkout.fill_in(token=token, language=language, **given)
    return shown(token, language)


@router.post("/carts/{token}/order", response={201: PlacedOrder, **REFUSALS}, summary="Order with obligation to pay")
@rate_limit("order", "30/m")
def order(request: HttpRequest, token: str, wanted: OrderRequest) -> Any:
    key = request.headers.get(HEADER, "")
    if not key or len(key) > 200 or not key.isprintable():
        raise KeyNeeded(_("Send an Idempotency-Key of at most 200 printable characters with an order."))
    placed = checkout.place(
        token=token,
        key=f"api:{key}",
        return_url=wanted.return_url,
        seen_total_minor=wanted.seen_total_minor,
        seen=Seen(),  # who calls is a server: its address and device say nothing of the shopper
    )
    step = placed.next
    following = Next(kind=step.kind, url=step.url or "", text=step.text or "") if step else None
    return Status(201, PlacedOrder(code=placed.code, token=placed.token, status=placed.status, next=following))

"""Orders, for whoever holds their token."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from nitka.faces.api.schemas import REFUSALS
from nitka.ground.web.limits import rate_limit
from nitka.sale.orders import queries as orders

router = Router()


class OrderLine(Schema):
    variant_id: UUID | None
    sku: str
    title: str
    option_text: str
    quantity: int
    unit_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int


class Step(Schema):
    kind: str
    text: str
    at: str


class Parcel(Schema):
    carrier: str
    tracking_number: str
    tracking_url: str
    promised_on: str | None
    shipped_at: str
    delivered_at: str | None


class Order(Schema):
    code: str
    status: str
    paid: bool
    currency: str
    tax_included: bool
    lines: list[OrderLine]
    goods_minor: int
    discount_minor: int
    delivery_minor: int
    payment_fee_minor: int
    tax_minor: int
    total_minor: int
    refunded_minor: int
    payment_method: str
    promised_on: str
    steps: list[Step]
    parcels: list[Parcel]


@router.get("/orders/{code}", response={200: Order, **REFUSALS}, summary="An order and what became of it")
@rate_limit("order-read", "120/m", store="memory")
def order(request: HttpRequest, code: str, token: str) -> Any:
    view = orders.order_by_token(token)
    if view is None or view.code != code.upper():
        raise Http404
    plain = {name: getattr(view, name) for name in Order.model_fields if hasattr(view, name)}
    return {
        **plain,
        "lines": [OrderLine.from_orm(line) for line in view.lines],
        "promised_on": view.promise.day_to.isoformat(),
        "steps": [Step(kind=step.kind, text=step.text, at=step.at.isoformat()) for step in view.steps],
        "parcels": [_parcel(parcel) for parcel in view.shipments],
    }


def _parcel(parcel: Any) -> Parcel:
    return Parcel(
        carrier=parcel.carrier_name, tracking_number=parcel.tracking_number, tracking_url=parcel.tracking_url,
        promised_on=parcel.promised_on.isoformat() if parcel.promised_on else None,
        shipped_at=parcel.shipped_at.isoformat(),
        delivered_at=parcel.delivered_at.isoformat() if parcel.delivered_at else None,
    )  # fmt: skip

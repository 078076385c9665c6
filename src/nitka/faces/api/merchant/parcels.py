"""Carriers, labels and tracking."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.orders import found
from nitka.faces.api.order_shapes import iso
from nitka.faces.api.schemas import Text, file_answer, file_response
from nitka.sale.orders import actions
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as known

router = Router()


class Carrier(Schema):
    code: str
    name: str


class Tracked(Schema):
    kind: str
    text: str
    place: str
    at: str


class Parcel(Schema):
    id: UUID
    carrier: str
    tracking_number: str
    tracking_url: str
    state: str
    label: str = Field(description="State of its label, if it has one.")
    location: str
    promised_on: str | None
    expected_on: str | None
    shipped_at: str
    delivered_at: str | None
    steps: list[Tracked]


class Labelling(Schema):
    carrier: Text
    service: Text = ""
    pieces: dict[UUID, int] | None = Field(None, description="By line; null: all to be sent.", max_length=200)
    location: Text = ""
    weight_g: int | None = Field(None, ge=1, le=1_000_000, description="What the scales show; null: that of the goods.")


class Made(Schema):
    shipment_id: UUID


class Gone(Schema):
    cancelled: bool


@reads(router, "/carriers", "orders.view", list[Carrier], "Carriers that can be chosen")
def carriers(request: HttpRequest) -> Any:
    return [Carrier(code=code, name=name) for code, name in known.carriers().items()]


@reads(router, "/orders/{code}/parcels", "orders.view", list[Parcel], "Parcels of an order with their tracking")
def parcels(request: HttpRequest, code: str) -> Any:
    return [_shown(each) for each in known.shipments_of(found(code).id)]


@deed(router, "/orders/{code}/labels", "orders.ship", Made, "Have the carrier make a label", status=201, outside=True)
def label(request: HttpRequest, code: str, wanted: Labelling) -> Any:
    order = found(code)
    shipment_id = actions.label_order(
        order_id=order.id, carrier=wanted.carrier, service=wanted.service, lines=wanted.pieces,
        location=wanted.location, weight_g=wanted.weight_g,
    )  # fmt: skip
    noted(request, "order.label", order.code, carrier=wanted.carrier)
    return Status(201, Made(shipment_id=shipment_id))


@reads(
    router, "/labels/{shipment_id}.pdf", "orders.view", None, "A label as PDF",
    openapi_extra=file_response("application/pdf"),
)  # fmt: skip
def pdf(request: HttpRequest, shipment_id: UUID) -> HttpResponse:
    content = known.label_pdf(shipment_id)
    if content is None:
        raise Http404
    return file_answer(content, "application/pdf", f"{shipment_id}.pdf")


@deed(router, "/labels/{shipment_id}", "orders.ship", Gone, "Take a label back", method="DELETE", outside=True)
def take_back(request: HttpRequest, shipment_id: UUID) -> Any:
    shipping.cancel_label(shipment_id=shipment_id)
    noted(request, "carrier.cancel_label", str(shipment_id))
    return Gone(cancelled=True)


def _shown(each: Any) -> Parcel:
    days = ("promised_on", "expected_on", "shipped_at", "delivered_at")
    dates: dict[str, Any] = {name: iso(getattr(each, name)) for name in days}
    plain = ("id", "carrier", "tracking_number", "tracking_url", "state", "label", "location")
    steps = [Tracked(kind=step.kind, text=step.text, place=step.place, at=step.at.isoformat()) for step in each.steps]
    return Parcel(**{name: getattr(each, name) for name in plain}, **dates, steps=steps)

"""Purchase orders, what is on its way, and suppliers."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.order_shapes import iso
from nitka.faces.api.schemas import Country, Currency, Text
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as known

router = Router()
SCOPE = "catalog.edit"
_ONE = "/purchases/{purchase_id}"
_INBOUND = _ONE + "/inbound"
Pieces = dict[UUID, Annotated[int, Field(ge=0, le=10_000_000)]]
Minor = Annotated[int, Field(ge=0, le=1_000_000_000_000)]


class Supplier(Schema):
    code: str = Field(pattern="^[a-z0-9_-]{1,40}$")
    name: Text
    country: Country
    currency: Currency
    email: Text = ""
    language: str = Field("en", pattern="^[a-z]{2}$")
    lead_days: int = Field(14, ge=0, le=1000)
    active: bool = True


class PurchaseLine(Schema):
    variant_id: UUID
    pieces: int
    cost_minor: int
    announced: int
    received: int


class InboundLine(Schema):
    variant_id: UUID
    pieces: int
    received: int
    damaged: int
    landed_minor: int = Field(description="All of them, with their share of the way.")


class Inbound(Schema):
    id: UUID
    state: str
    carrier: str
    tracking_number: str
    expected_on: str
    freight_minor: int
    duty_minor: int
    other_minor: int
    lines: list[InboundLine]


class Purchase(Schema):
    id: UUID
    number: str
    supplier: str
    location: str
    currency: str
    state: str
    note: str
    expected_on: str | None
    lines: list[PurchaseLine]
    inbound: list[Inbound]


class PurchaseRow(Schema):
    id: UUID
    number: str
    supplier: str
    location: str
    state: str
    expected_on: str | None


class Draft(Schema):
    supplier: Text
    location: Text
    pieces: Pieces = Field(description="By variant.", min_length=1, max_length=1000)
    note: Text = ""


class Change(Schema):
    pieces: Pieces = Field({}, description="By variant; 0: the line goes.", max_length=1000)
    costs: dict[UUID, Minor] = Field({}, description="Cost of a piece by variant, in minor units.", max_length=1000)
    note: Text | None = None


class Announcing(Schema):
    expected_on: date
    pieces: Pieces | None = Field(None, description="By variant; null: all not announced yet.", max_length=1000)
    carrier: Text = ""
    tracking_number: str = Field("", max_length=60, pattern=r"^[^\x00]*$")
    freight_minor: Minor = 0
    duty_minor: Minor = 0
    other_minor: Minor = 0
    split_by: Literal["value", "weight"] = "value"


class Arrived(Schema):
    good: Pieces = Field(description="By variant.", max_length=1000)
    damaged: Pieces = Field({}, max_length=1000)


@reads(router, "/suppliers", SCOPE, list[Supplier], "Suppliers")
def suppliers(request: HttpRequest) -> Any:
    return [Supplier.from_orm(each) for each in known.suppliers()]


@deed(router, "/suppliers", SCOPE, Supplier, "Make or change a supplier", method="PUT")
def put_supplier(request: HttpRequest, new: Supplier) -> Any:
    inventory.put_supplier(**new.model_dump())
    noted(request, "supplier.put", new.code)
    return new


@reads(router, "/purchases", SCOPE, Listed[PurchaseRow], "Purchase orders, newest first")
def many(request: HttpRequest, state: Text = "", cursor: Cursor = "", page_size: Size = 50) -> Any:
    rows = known.purchase_rows()
    rows = rows.filter(state=state) if state else rows
    return listed(rows, cursor, page_size, by="-number", shape=_row)


@reads(router, _ONE, SCOPE, Purchase, "One purchase order")
def one(request: HttpRequest, purchase_id: UUID) -> Any:
    return _shown(purchase_id)


@deed(router, "/purchases", SCOPE, Purchase, "Draft a purchase order", status=201)
def draft(request: HttpRequest, new: Draft) -> Any:
    made = inventory.draft_purchase(supplier=new.supplier, location=new.location, lines=new.pieces, note=new.note)
    return Status(201, _done(request, "purchase.draft", made))


@deed(router, _ONE, SCOPE, Purchase, "Change a draft", method="PATCH")
def change(request: HttpRequest, purchase_id: UUID, new: Change) -> Any:
    _shown(purchase_id)
    inventory.change_purchase(purchase_id=purchase_id, lines=new.pieces, costs=new.costs, note=new.note)
    return _done(request, "purchase.change", purchase_id)


@deed(router, _ONE + "/send", SCOPE, Purchase, "Send it to the supplier")
def send(request: HttpRequest, purchase_id: UUID) -> Any:
    _shown(purchase_id)
    inventory.send_purchase(purchase_id=purchase_id)
    return _done(request, "purchase.send", purchase_id)


@deed(router, _ONE + "/cancel", SCOPE, Purchase, "Nothing more of it is expected")
def cancel(request: HttpRequest, purchase_id: UUID) -> Any:
    _shown(purchase_id)
    inventory.cancel_purchase(purchase_id=purchase_id)
    return _done(request, "purchase.cancel", purchase_id)


@deed(router, _INBOUND, SCOPE, Purchase, "The supplier sent goods", status=201)
def announce(request: HttpRequest, purchase_id: UUID, new: Announcing) -> Any:
    _shown(purchase_id)
    values = new.model_dump(exclude={"pieces"})
    inventory.announce_inbound(purchase_id=purchase_id, lines=new.pieces, **values)
    return Status(201, _done(request, "purchase.announce", purchase_id))


@deed(router, _INBOUND + "/{shipment_id}/receive", SCOPE, Purchase, "Goods arrived; more may follow")
def receive(request: HttpRequest, purchase_id: UUID, shipment_id: UUID, came: Arrived) -> Any:
    if shipment_id not in {each.id for each in _shown(purchase_id).inbound}:
        raise Http404
    inventory.receive_inbound(shipment_id=shipment_id, good=came.good, damaged=came.damaged)
    return _done(request, "purchase.receive", purchase_id)


def _done(request: HttpRequest, verb: str, purchase_id: UUID) -> Purchase:
    shown = _shown(purchase_id)
    noted(request, verb, shown.number)
    return shown


def _shown(purchase_id: UUID) -> Purchase:
    found = known.purchase(purchase_id)
    if found is None:
        raise Http404
    plain = ("id", "number", "location", "currency", "state", "note")
    return Purchase(
        **{name: getattr(found, name) for name in plain}, supplier=found.supplier.code,
        expected_on=iso(found.expected_on), lines=[PurchaseLine.from_orm(line) for line in found.lines],
        inbound=[_inbound(each) for each in found.inbound],
    )  # fmt: skip


def _inbound(each: Any) -> Inbound:
    plain = ("id", "state", "carrier", "tracking_number", "freight_minor", "duty_minor", "other_minor")
    return Inbound(
        **{name: getattr(each, name) for name in plain}, expected_on=each.expected_on.isoformat(),
        lines=[InboundLine.from_orm(line) for line in each.lines],
    )  # fmt: skip


def _row(row: Any) -> PurchaseRow:
    return PurchaseRow(
        id=row.id, number=str(row.number), supplier=row.supplier.code, location=row.location.code, state=row.state,
        expected_on=iso(row.expected_on),
    )  # fmt: skip

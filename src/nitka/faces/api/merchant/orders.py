"""Orders: list, read, pack, send in parts, deliver, cancel, refund, shorten."""

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from nitka.faces.api.merchant.guard import actor, deed, noted, reads
from nitka.faces.api.merchant.order_shapes import MerchantOrder, OrderRow, row, shown
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.schemas import Moment, Text
from nitka.ground.ids import read_code
from nitka.sale.orders import actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView

router = Router()
_ORDER = "/orders/{code}"
Pieces = dict[UUID, int]


class Asking(Schema):
    search: Text = ""
    status: list[str] = Field([], max_length=12)
    paid: bool | None = None
    market: Text = ""
    country: Text = ""
    since: Moment | None = Field(None, description="Placed at that moment or later.")
    until: Moment | None = Field(None, description="Placed before that moment.")
    cursor: Cursor = ""
    page_size: Size = 50


class Sending(Schema):
    carrier: Text = Field(description="Code of the carrier; GET /admin/carriers lists them.")
    tracking_number: str = Field("", max_length=60, pattern=r"^[^\x00]*$", description="Empty: the carrier gives one.")
    pieces: Pieces | None = Field(None, description="By line; null: all that is still to be sent.", max_length=200)
    location: Text = Field("", description="Where they lay; empty: wherever they were held.")
    shipment_id: UUID | None = Field(None, description="A parcel that has a label already.")


class Cancelling(Schema):
    note: Text = Field("", description="For the shopper to read.")


class Shortening(Schema):
    pieces: Pieces = Field(description="Pieces by line that will not be sent.", min_length=1, max_length=200)
    note: Text = ""
    key: str = Field(min_length=1, max_length=60, pattern=r"^[ -~]+$", description="Shortens once, however often sent.")


class Refunding(Schema):
    minor: int = Field(ge=1, le=2_000_000_000)
    to: Literal["original", "credit", "gift_card"] | UUID = Field("original", description="Or the id of a payment.")
    reason: Text = ""
    key: str = Field(min_length=1, max_length=60, pattern=r"^[ -~]+$", description="Refunds once, however often sent.")


class Refunded(Schema):
    minor: int
    currency: str
    to: str
    order: MerchantOrder


class Confirming(Schema):
    minor: int | None = Field(None, ge=1, le=2_000_000_000, description="A part; null: all that is due.")


@reads(router, "/orders", "orders.view", Listed[OrderRow], "Orders, newest first")
def many(request: HttpRequest, asked: Query[Asking]) -> Any:
    rows = orders.order_rows(
        search=asked.search, status=asked.status, paid=asked.paid, market=asked.market, country=asked.country,
        since=asked.since, until=asked.until,
    ).exclude(placed_at=None)  # fmt: skip
    return listed(rows, asked.cursor, asked.page_size, by="-placed_at", shape=row)


@reads(router, _ORDER, "orders.view", MerchantOrder, "One order")
def one(request: HttpRequest, code: str) -> Any:
    return shown(found(code))


@deed(router, _ORDER + "/pack", "orders.ship", MerchantOrder, "The goods are in the box")
def pack(request: HttpRequest, code: str) -> Any:
    order = found(code)
    actions.pack_order(order_id=order.id, actor=actor(request))
    return _done(request, "order.pack", order)


@deed(router, _ORDER + "/ship", "orders.ship", MerchantOrder, "A parcel left, with all or some of the pieces")
def ship(request: HttpRequest, code: str, sent: Sending) -> Any:
    order = found(code)
    parcel = actions.ship_order(
        order_id=order.id, carrier=sent.carrier, tracking_number=sent.tracking_number, lines=sent.pieces,
        location=sent.location, shipment_id=sent.shipment_id, actor=actor(request),
    )  # fmt: skip
    return _done(request, "order.ship", order, carrier=sent.carrier, shipment=str(parcel))


@deed(router, _ORDER + "/deliver", "orders.ship", MerchantOrder, "The shopper has it")
def deliver(request: HttpRequest, code: str) -> Any:
    order = found(code)
    if actions.deliver_order(order_id=order.id, actor=actor(request)):
        noted(request, "order.deliver", order.code)
    return shown(found(code))


@deed(router, _ORDER + "/confirm-payment", "orders.cancel", MerchantOrder, "The bank transfer has come")
def confirm(request: HttpRequest, code: str, came: Confirming) -> Any:
    order = found(code)
    actions.confirm_bank_payment(order_id=order.id, minor=came.minor, actor=actor(request))
    return _done(request, "order.confirm_payment", order, minor=came.minor)


@deed(router, _ORDER + "/cancel", "orders.cancel", MerchantOrder, "Call it off; what was paid goes back")
def cancel(request: HttpRequest, code: str, why: Cancelling) -> Any:
    order = found(code)
    if actions.cancel_order(order_id=order.id, actor=actor(request), reason="shop", note=why.note) is not None:
        noted(request, "order.cancel", order.code)
    return shown(found(code))


@deed(router, _ORDER + "/shorten", "orders.cancel", MerchantOrder, "Take pieces off that will not be sent")
def shorten(request: HttpRequest, code: str, less: Shortening) -> Any:
    order = found(code)
    actions.shorten_order(
        order_id=order.id, pieces=less.pieces, key=f"api:{less.key}", note=less.note, actor=actor(request)
    )  # fmt: skip
    return _done(request, "order.shorten", order, pieces={str(line): n for line, n in less.pieces.items()})


@deed(router, _ORDER + "/refunds", "orders.cancel", Refunded, "Send money back", status=201)
def refund(request: HttpRequest, code: str, back: Refunding) -> Any:
    order = found(code)
    done = actions.refund_order(
        order_id=order.id, minor=back.minor, key=f"api:{back.key}", to=back.to, reason=back.reason,
        actor=actor(request),
    )  # fmt: skip
    noted(request, "order.refund", order.code, minor=back.minor, to=str(back.to))
    answer = Refunded(minor=done.minor, currency=done.currency, to=str(done.to), order=shown(found(code)))
    return Status(201, answer)


def found(code: str) -> OrderView:
    """The order of that code, or a 404."""
    order = orders.order_by_code(read_code(code)) if "\x00" not in code else None
    if order is None:
        raise Http404
    return order


def _done(request: HttpRequest, verb: str, order: OrderView, **detail: Any) -> MerchantOrder:
    noted(request, verb, order.code, **detail)
    return shown(found(order.code))

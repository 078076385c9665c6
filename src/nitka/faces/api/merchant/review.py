"""Orders that a person must look at before they are packed."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from nitka.faces.api.merchant.guard import actor, deed, noted, reads
from nitka.faces.api.merchant.order_shapes import MerchantOrder, OrderRow, row, shown
from nitka.faces.api.merchant.orders import found
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.schemas import Text
from nitka.sale.orders import actions
from nitka.sale.orders import queries as orders
from nitka.sale.payments import queries as money

router = Router()


class Risk(Schema):
    score: int
    action: str
    reasons: list[str]


class Waiting(Schema):
    order: OrderRow
    risk: Risk | None


class Refusing(Schema):
    note: Text = Field(min_length=1, description="For the shopper to read.")


@reads(router, "/review", "orders.view", Listed[Waiting], "The queue, the oldest on top")
def queue(request: HttpRequest, cursor: Cursor = "", page_size: Size = 50) -> Any:
    return listed(orders.review_rows(), cursor, page_size, by="placed_at", shape=_waiting)


@deed(router, "/review/{code}/clear", "orders.cancel", MerchantOrder, "The order is fine")
def clear(request: HttpRequest, code: str) -> Any:
    order = found(code)
    actions.clear_review(order_id=order.id, actor=actor(request))
    noted(request, "order.clear_review", order.code)
    return shown(found(code))


@deed(router, "/review/{code}/refuse", "orders.cancel", MerchantOrder, "It is not sent; what was paid goes back")
def refuse(request: HttpRequest, code: str, no: Refusing) -> Any:
    order = found(code)
    actions.refuse_review(order_id=order.id, actor=actor(request), note=no.note)
    noted(request, "order.refuse_review", order.code, note=no.note)
    return shown(found(code))


def _waiting(each: Any) -> Waiting:
    seen = money.risk_of(each.id)
    risk = Risk(score=seen.score, action=seen.action, reasons=list(seen.reasons)) if seen else None
    return Waiting(order=row(each), risk=risk)

"""Orders as the merchant's programs see them."""

from typing import Any
from uuid import UUID

from ninja import Schema

from nitka.faces.api.order_shapes import Address, Order, iso, values
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import queries as money


class OrderRow(Schema):
    id: UUID
    code: str
    status: str
    paid: bool
    name: str
    email: str
    country: str
    market: str
    currency: str
    total_minor: int
    payment_method: str
    delivery_code: str
    promised_on: str | None
    placed_at: str | None


class Payment(Schema):
    id: UUID
    provider: str
    state: str
    minor: int
    captured_minor: int
    refunded_minor: int
    currency: str
    provider_ref: str


class MerchantOrder(Order):
    id: UUID
    customer_id: UUID | None
    email: str
    name: str
    phone: str
    language: str
    note: str
    billing_address: Address
    review: str
    payments: list[Payment]
    placed_at: str | None


def row(each: Any) -> OrderRow:
    """A row of a list."""
    view = orders.order_row(each)
    dates: dict[str, Any] = {"promised_on": iso(view.promised_on), "placed_at": iso(view.placed_at)}
    return OrderRow(**{name: getattr(view, name) for name in OrderRow.model_fields if name not in dates}, **dates)


def shown(view: OrderView) -> MerchantOrder:
    """One order with whose it is and how it was paid."""
    more = ("id", "customer_id", "email", "name", "phone", "language", "note", "review")
    return MerchantOrder(
        **values(view), **{name: getattr(view, name) for name in more}, placed_at=iso(view.placed_at),
        billing_address=Address.from_orm(view.billing_address),
        payments=[Payment.from_orm(each) for each in money.payments_of(view.id)],
    )  # fmt: skip

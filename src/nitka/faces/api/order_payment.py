"""Paying an order: what its payment waits for, and coming back from a gateway."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from nitka.faces.api.order_opening import opened
from nitka.faces.api.order_shapes import Order, shown
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language
from nitka.ground.web.idempotency import idempotent_outside
from nitka.ground.web.limits import rate_limit
from nitka.sale.checkout import actions as checkout
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments

router = Router()


class Form(Schema):
    """A gateway's own form, for a page of yours: `data` is what its script asks for, such as keys and secrets."""

    kind: str
    data: dict[str, str]
    script_hosts: list[str]
    frame_hosts: list[str]
    connect_hosts: list[str]


class Transfer(Schema):
    holder: str
    iban: str
    bic: str
    bank: str
    minor: int
    currency: str
    message: str


class Waiting(Schema):
    method: str
    state: str = Field(description="none, started, action, authorised, captured, failed, cancelled or refunded")
    minor: int
    currency: str
    redirect_url: str = Field(description="Where the payer goes on at the gateway, if there is such a page.")
    form: Form | None
    transfer: Transfer | None


@router.get("/orders/{code}/payment", response={200: Waiting, **REFUSALS}, summary="What the payment waits for")
@rate_limit("payment-read", "60/m", store="memory")
def payment(request: HttpRequest, code: str, token: str, return_url: str = "", language: Language = FALLBACK) -> Any:
    found = opened(code, token)
    made = found.payment
    return Waiting(
        method=found.payment_method, state=made.state if made else "none", minor=made.minor if made else 0,
        currency=found.currency, redirect_url=made.resume_url if made else "", form=_form(found, return_url),
        transfer=Transfer.from_orm(found.bank) if found.bank else None,
    )  # fmt: skip


@router.post("/orders/{code}/finish", response={200: Order, **REFUSALS}, summary="The payer is back: settle")
@rate_limit("order-finish", "60/m")
@decorate_view(idempotent_outside)
def finish(request: HttpRequest, code: str, token: str, language: Language = FALLBACK) -> Any:
    """Whatever the gateway's address said: the gateway itself is asked, and the truth shown."""
    checkout.finish(order_id=opened(code, token).id)
    return shown(opened(code, token))


def _form(found: OrderView, return_url: str) -> Form | None:
    if found.payment is None or not found.payment.has_page:
        return None
    page = payments.page_of(payment_id=found.payment.id, return_url=return_url)
    if page is None:
        return None
    return Form(
        kind=found.payment.provider, data=dict(page.data), script_hosts=list(page.script_hosts),
        frame_hosts=list(page.frame_hosts), connect_hosts=list(page.connect_hosts),
    )  # fmt: skip

"""What a shopper changes of an order until it is packed, as far as the merchant's policy goes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from nitka.faces.api.order_opening import opened
from nitka.faces.api.order_shapes import Order, shown
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Address, Language, Text
from nitka.ground.web.idempotency import idempotent, idempotent_outside
from nitka.ground.web.limits import rate_limit
from nitka.sale.orders import actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import Swap, parties

router = Router()
MOST_LINES = 200


class Possible(Schema):
    allowed: bool
    why_not: str
    until: str = Field(description="packed or shipped")
    times: int | None = Field(description="How often for one order; null: as often as wanted.")
    reasons: list[str]
    reason_needed: bool


class Change(Schema):
    id: UUID
    kind: str
    state: str = Field(description="open (waits for its money), done or failed")
    difference_minor: int
    at: str


class Changes(Schema):
    cancel: Possible
    address: Possible
    items: Possible
    payment: Possible
    done: list[Change]


class Choice(Schema):
    variant_id: UUID
    text: str
    unit_minor: int
    more_minor: int = Field(description="What a piece costs more; below zero: less.")


class LineChoices(Schema):
    line_id: UUID
    variants: list[Choice]


class SwapWish(Schema):
    line_id: UUID
    variant_id: UUID
    pieces: int = Field(1, ge=1, le=10_000)


class ItemChange(Schema):
    swaps: list[SwapWish] = Field(min_length=1, max_length=MOST_LINES)

    def values(self) -> tuple[Swap, ...]:
        """As the verb takes them."""
        return tuple(Swap(each.line_id, each.variant_id, each.pieces) for each in self.swaps)


class Difference(Schema):
    currency: str
    difference_minor: int = Field(description="Above zero is to pay, below zero goes back.")


class AddressChange(Schema):
    address: Address
    insisted: bool = Field(False, description="Postcode and region are right as they stand, though they look wrong.")


class Cancelling(Schema):
    why: Text = Field("", description="One of the reasons of GET /changes, where there are any.")


class Withdrawal(Schema):
    name: Text = Field(min_length=1)
    pieces: dict[UUID, int] = Field({}, description="Pieces by line; empty: the whole order.", max_length=MOST_LINES)


@router.get("/orders/{code}/changes", response={200: Changes, **REFUSALS}, summary="What can be changed, and what was")
def possible(request: HttpRequest, code: str, token: str, language: Language = FALLBACK) -> Any:
    return changes_of(opened(code, token).id)


@router.get("/orders/{code}/variants", response={200: list[LineChoices], **REFUSALS}, summary="Variants to choose from")
def variants(request: HttpRequest, code: str, token: str, language: Language = FALLBACK) -> Any:
    return choices_of(opened(code, token).id)


@router.post("/orders/{code}/items/difference", response={200: Difference, **REFUSALS}, summary="What a change costs")
@rate_limit("order-change", "60/m")
def difference(request: HttpRequest, code: str, token: str, wish: ItemChange, language: Language = FALLBACK) -> Any:
    found = opened(code, token)
    return Difference(currency=found.currency, difference_minor=orders.swap_difference(found.id, wish.values()))


@router.post("/orders/{code}/items", response={200: Order, **REFUSALS}, summary="Other variants of the same things")
@rate_limit("order-change", "60/m")
@decorate_view(idempotent_outside)
def items(request: HttpRequest, code: str, token: str, wish: ItemChange, language: Language = FALLBACK) -> Any:
    """What costs less goes back to how the order was paid. Who holds a link cannot pay more with it: that is for who is
    signed in, or for the merchant's API."""
    found = opened(code, token)
    actions.change_items(order_id=found.id, swaps=wish.values(), by=parties.holder(token))
    return shown(opened(code, token))


@router.post("/orders/{code}/address", response={200: Order, **REFUSALS}, summary="Send it elsewhere in the country")
@rate_limit("order-change", "60/m")
@decorate_view(idempotent)
def address(request: HttpRequest, code: str, token: str, new: AddressChange, language: Language = FALLBACK) -> Any:
    found = opened(code, token)
    actions.change_address(
        order_id=found.id, address=new.address.value(), by=parties.holder(token), insisted=new.insisted
    )  # fmt: skip
    return shown(opened(code, token))


@router.post("/orders/{code}/cancel", response={200: Order, **REFUSALS}, summary="Call it off; what was paid goes back")
@rate_limit("order-change", "60/m")
@decorate_view(idempotent)
def cancel(request: HttpRequest, code: str, token: str, asked: Cancelling, language: Language = FALLBACK) -> Any:
    found = opened(code, token)
    actions.cancel_order(order_id=found.id, reason="shopper", by=parties.holder(token), why=asked.why)
    return shown(opened(code, token))


@router.post("/orders/{code}/withdrawal", response={200: Order, **REFUSALS}, summary="Withdraw from the contract")
@rate_limit("order-change", "60/m")
@decorate_view(idempotent)
def withdraw(request: HttpRequest, code: str, token: str, said: Withdrawal, language: Language = FALLBACK) -> Any:
    """The right of directive 2011/83/EU, article 11a. It is confirmed by mail."""
    found = opened(code, token)
    actions.declare_withdrawal(order_id=found.id, name=said.name, lines=said.pieces)
    return shown(opened(code, token))


def changes_of(order_id: UUID) -> Changes:
    """What can be changed of an order, and what was."""
    can = orders.possible(order_id)
    made = [
        Change(id=each.id, kind=each.kind, state=each.state, difference_minor=each.difference_minor,
               at=each.at.isoformat())
        for each in orders.changes_of(order_id)
    ]  # fmt: skip
    return Changes(
        **{kind: _possible(getattr(can, kind)) for kind in Changes.model_fields if kind != "done"}, done=made
    )


def choices_of(order_id: UUID) -> list[LineChoices]:
    """The variants that each line can become."""
    return [
        LineChoices(line_id=line_id, variants=[Choice.from_orm(each) for each in some])
        for line_id, some in orders.item_choices(order_id).items()
    ]


def _possible(each: orders.Possible) -> Possible:
    rule = each.policy
    return Possible(
        allowed=each.allowed, why_not=each.why_not, until=rule.until, times=rule.times, reasons=list(rule.reasons),
        reason_needed=rule.reason_needed,
    )  # fmt: skip

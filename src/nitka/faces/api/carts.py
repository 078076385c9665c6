"""The cart, and the way to an order."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from nitka.faces.api.cart_forms import Code, Details, LineChange, ManyLines, NewCart, NewLine, OrderRequest
from nitka.faces.api.cart_shapes import Cart, shown
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language, market_or_default
from nitka.ground.problem import Problem
from nitka.ground.web.idempotency import HEADER, idempotent
from nitka.ground.web.limits import rate_limit
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as carts
from nitka.sale.checkout.actions import Wanted
from nitka.sale.payments.queries import Seen

router = Router()


class KeyNeeded(Problem):
    """Placing an order asks for an Idempotency-Key, so that a retry is never a second order."""

    code = "idempotency_key_needed"
    status = 400


class Next(Schema):
    kind: str = Field(description="done, redirect, page (see GET /orders/{code}/payment), instructions or wait")
    url: str = ""
    text: str = ""


class PutLine(Schema):
    sku: str
    pieces: int
    put: int
    state: str = Field(description="ok, short (fewer than asked for), sold_out, not_sold, unknown or unread")


class Many(Schema):
    token: str
    lines: list[PutLine]


class PlacedOrder(Schema):
    code: str
    token: str = Field(description="Opens the order: GET /orders/{code}?token=…")
    status: str
    next: Next | None


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


@router.post("/quick-order", response={201: Many, **REFUSALS}, summary="Begin a cart by SKUs, or add to one")
@rate_limit("cart-many", "30/m", store="memory")
@decorate_view(idempotent)
def add_many(request: HttpRequest, new: ManyLines) -> Any:
    """Nothing is refused as a whole: each line says what became of it."""
    if new.cart:
        shown(new.cart, new.language)  # a token that opens nothing begins no cart
    done = checkout.put_many(
        token=new.cart or None, wanted=[Wanted(each.sku, each.pieces) for each in new.lines],
        market=market_or_default(new.market), language=new.language,
    )  # fmt: skip
    lines = [PutLine(sku=each.sku, pieces=each.pieces, put=each.put, state=each.state) for each in done.lines]
    return Status(201, Many(token=done.token, lines=lines))


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


@router.post("/carts/{token}/coupons", response={200: Cart, **REFUSALS}, summary="Use a code of a promotion")
@rate_limit("coupon", "20/m")
@decorate_view(idempotent)
def use_coupon(request: HttpRequest, token: str, new: Code, language: Language = FALLBACK) -> Any:
    checkout.apply_coupon(token=token, code=new.code)
    return shown(token, language)


@router.delete("/carts/{token}/coupons/{code}", response={200: Cart, **REFUSALS}, summary="Take a code off")
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
        seen_due_minor=wanted.seen_due_minor,
        seen=Seen(),  # who calls is a server: its address and device say nothing of the shopper
    )
    step = placed.next
    following = Next(kind=step.kind, url=step.url or "", text=step.text or "") if step else None
    return Status(201, PlacedOrder(code=placed.code, token=placed.token, status=placed.status, next=following))

"""Wish lists of other storefronts: opened by the secret that the first wish gives, like a cart by its token."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field, StringConstraints

from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language, MarketCode, Text, market_or_default
from nitka.ground.web.idempotency import idempotent
from nitka.ground.web.limits import rate_limit
from nitka.growth.wishes import actions as wishes
from nitka.growth.wishes import queries
from nitka.growth.wishes.queries import Owner

router = Router()
Secret = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_-]{16,40}$")]


class Wish(Schema):
    id: UUID
    product_id: UUID
    variant_id: UUID | None
    note: str
    market: str
    currency: str
    price_minor: int | None = Field(description="What it cost on the day it was wished for.")
    added_at: datetime


class WishList(Schema):
    id: UUID
    name: str = Field(description="Empty for the first list.")
    share_token: str = Field(description="Reads the list: GET /wish-lists/shared/{share_token}. Empty: not shared.")
    wishes: list[Wish]


class WishLists(Schema):
    token: str = Field(description="Opens the lists from now on. Keep it like a key.")
    lists: list[WishList]


class SharedWish(Schema):
    product_id: UUID
    variant_id: UUID | None
    note: str


class SharedList(Schema):
    name: str
    wishes: list[SharedWish]


class NewWish(Schema):
    product_id: UUID
    variant_id: UUID | None = None
    list_id: UUID | None = None
    token: Secret | None = Field(None, description="Of the lists that there are; without one a list is begun.")
    market: MarketCode = ""
    language: Language = FALLBACK


class Change(Schema):
    note: Text | None = None
    list_id: UUID | None = None


@router.post("/wishes", response={201: WishLists, **REFUSALS}, summary="Wish for a product")
@rate_limit("wish", "120/m", store="memory")
@decorate_view(idempotent)
def add(request: HttpRequest, new: NewWish) -> Any:
    made = wishes.add_wish(
        owner=Owner(device=new.token or ""), product_id=new.product_id, variant_id=new.variant_id,
        list_id=new.list_id, market=market_or_default(new.market), language=new.language,
    )  # fmt: skip
    return Status(201, _shown(made.device))


@router.get("/wish-lists/shared/{share_token}", response={200: SharedList, **REFUSALS}, summary="A shared list")
def shared(request: HttpRequest, share_token: Secret) -> Any:
    found = queries.shared_list(share_token)
    if found is None:
        raise Http404
    return SharedList(name=found.name, wishes=[SharedWish.from_orm(each) for each in found.wishes])


@router.get("/wish-lists/{token}", response={200: WishLists, **REFUSALS}, summary="The lists of this token")
def read(request: HttpRequest, token: Secret) -> Any:
    return _shown(token)


@router.patch("/wish-lists/{token}/wishes/{wish_id}", response={200: WishLists, **REFUSALS}, summary="Note, or move")
def change(request: HttpRequest, token: Secret, wish_id: UUID, new: Change) -> Any:
    wishes.change_wish(owner=Owner(device=token), wish_id=wish_id, note=new.note, list_id=new.list_id)
    return _shown(token)


@router.delete("/wish-lists/{token}/wishes/{wish_id}", response={200: WishLists, **REFUSALS}, summary="Take it off")
def drop(request: HttpRequest, token: Secret, wish_id: UUID) -> Any:
    wishes.drop_wish(owner=Owner(device=token), wish_id=wish_id)
    return _shown(token)


@router.post("/wish-lists/{token}/{list_id}/share", response={200: WishLists, **REFUSALS}, summary="Share a list")
def share(request: HttpRequest, token: Secret, list_id: UUID) -> Any:
    wishes.share_list(owner=Owner(device=token), list_id=list_id)
    return _shown(token)


@router.delete("/wish-lists/{token}/{list_id}/share", response={200: WishLists, **REFUSALS}, summary="Close it again")
def unshare(request: HttpRequest, token: Secret, list_id: UUID) -> Any:
    wishes.unshare_list(owner=Owner(device=token), list_id=list_id)
    return _shown(token)


def _shown(token: str) -> WishLists:
    found = queries.lists_of(Owner(device=token))
    if not found:
        raise Http404
    return WishLists(token=token, lists=[WishList.from_orm(each) for each in found])

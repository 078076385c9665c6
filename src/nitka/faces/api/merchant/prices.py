"""Prices of markets, and price lists."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.schemas import MarketCode, Moment, Text
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as known

router = Router()
Minor = Annotated[int, Field(ge=0, le=1_000_000_000_000)]
Code = Annotated[str, Field(pattern="^[a-z0-9_-]{1,40}$")]


class Price(Schema):
    variant_id: UUID
    market: str
    minor: int | None = Field(None, ge=0, le=1_000_000_000_000, description="null: not sold there any more.")
    compare_at_minor: int | None = Field(None, ge=0, le=1_000_000_000_000)


class Prices(Schema):
    prices: list[Price] = Field(min_length=1, max_length=5000)


class Written(Schema):
    changed: int


class PriceList(Schema):
    id: UUID
    code: str
    name: str
    kind: str
    market: str
    labels: list[str]
    groups: list[str]
    companies: list[UUID]
    percent_off: Decimal | None
    starts_at: datetime | None
    ends_at: datetime | None
    active: bool


class ListDraft(Schema):
    name: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")
    market: MarketCode
    kind: Literal["list", "sale"] = "list"
    labels: list[Text] = []
    groups: list[Text] = []
    companies: list[UUID] = []
    percent_off: Decimal | None = Field(None, gt=0, lt=100, max_digits=5, decimal_places=2)
    contract: bool = False
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    active: bool = True


class ListPrice(Schema):
    variant_id: UUID
    from_pieces: int = Field(1, ge=1, le=1_000_000)
    minor: int | None = Field(None, ge=0, le=1_000_000_000_000, description="null: this step goes.")


class ListPrices(Schema):
    prices: list[ListPrice] = Field(min_length=1, max_length=5000)


@reads(router, "/prices", "catalog.edit", Listed[Price], "Prices of a market")
def many(request: HttpRequest, market: MarketCode, cursor: Cursor = "", page_size: Size = 100) -> Any:
    rows = known.price_rows().filter(market_id=market)
    return listed(rows, cursor, page_size, by="changed_at", shape=_price)


@deed(router, "/prices", "catalog.edit", Written, "Write prices", method="PUT")
def put(request: HttpRequest, new: Prices) -> Any:
    changed = pricing.set_prices(
        prices=[(each.variant_id, each.market, each.minor, each.compare_at_minor) for each in new.prices]
    )  # fmt: skip
    noted(request, "prices.set", "prices", rows=len(new.prices))
    return Written(changed=changed)


@reads(router, "/price-lists", "settings.edit", list[PriceList], "Price lists and sales")
def lists(request: HttpRequest) -> Any:
    return [_list(row) for row in known.list_rows()[:1000]]


@deed(router, "/price-lists/{code}", "settings.edit", PriceList, "Make or change a price list", method="PUT")
def put_list(request: HttpRequest, code: Code, new: ListDraft) -> Any:
    pricing.put_list(code=code, **new.model_dump())
    noted(request, "price_list.put", code)
    return _list(_found(code))


@deed(router, "/price-lists/{code}/prices", "settings.edit", Written, "Write prices of a list", method="PUT")
def put_list_prices(request: HttpRequest, code: Code, new: ListPrices) -> Any:
    written = pricing.set_list_prices(
        list_id=_found(code).id, prices=[(each.variant_id, each.from_pieces, each.minor) for each in new.prices]
    )  # fmt: skip
    noted(request, "price_list.prices", code, rows=len(new.prices))
    return Written(changed=written)


@deed(router, "/price-lists/{code}", "settings.edit", Written, "End a price list for good", method="DELETE")
def drop_list(request: HttpRequest, code: Code) -> Any:
    pricing.drop_list(list_id=_found(code).id)
    noted(request, "price_list.drop", code)
    return Written(changed=1)


def _found(code: str) -> Any:
    row = known.list_rows().filter(code=code).first()
    if row is None:
        raise Http404
    return row


def _price(row: Any) -> Price:
    return Price(
        variant_id=row.variant_id, market=row.market_id, minor=row.minor, compare_at_minor=row.compare_at_minor
    )  # fmt: skip


def _list(row: Any) -> PriceList:
    plain = {name: getattr(row, name) for name in PriceList.model_fields if name != "market"}
    return PriceList(**plain, market=row.market_id)

"""Promotions and their codes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.schemas import Language, Moment, Text
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as known

router = Router()
_ONE = "/promotions/{promotion_id}"
Amount = int


class Draft(Schema):
    """`benefit` and `conditions` are data, as a promotion of the back office shows them; amounts by currency."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Spring", "benefit": {"kind": "percent", "percent": "10"},
                                         "code": "SPRING10", "public": True}]}
    )  # fmt: skip
    name: str = Field(max_length=120, pattern=r"^[^\x00]*$")
    benefit: dict[str, Any]
    conditions: dict[str, Any] = {}
    label: dict[Language, Text] = {}
    lane: Text = ""
    priority: int = Field(100, ge=-1000, le=1000)
    stops_lane: bool = False
    exclusive: bool = False
    code: str = Field("", max_length=40, pattern=r"^[^\x00]*$")
    code_most: int | None = Field(None, ge=1, le=2_000_000_000)
    needs_code: bool = False
    public: bool = False
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    most: int | None = Field(None, ge=1, le=2_000_000_000, description="How often in all.")
    most_each: int | None = Field(None, ge=1, le=100, description="How often for one buyer.")
    budgets: dict[str, Amount] = Field({}, description="Most that it gives away, in minor units by currency.")
    active: bool = True


class Budget(Schema):
    most_minor: int
    spent_minor: int


class Promotion(Schema):
    id: UUID
    name: str
    benefit: dict[str, Any]
    conditions: dict[str, Any]
    label: dict[str, str]
    lane: str
    priority: int
    code: str
    needs_code: bool
    public: bool
    starts_at: datetime | None
    ends_at: datetime | None
    most: int | None
    most_each: int | None
    budgets: dict[str, Budget]
    active: bool
    codes: int
    uses: int


class PromotionRow(Schema):
    id: UUID
    name: str
    active: bool
    starts_at: datetime | None
    ends_at: datetime | None
    uses: int


class CodesWanted(Schema):
    number: int = Field(ge=1, le=10_000)
    prefix: str = Field("", max_length=12, pattern=r"^[A-Za-z0-9-]*$")
    uses: int = Field(1, ge=1, le=1_000_000)
    batch: str = Field("", max_length=40, pattern=r"^[^\x00]*$")


class Codes(Schema):
    codes: list[str]


@reads(router, "/promotions", "settings.edit", Listed[PromotionRow], "Promotions, changed last on top")
def many(request: HttpRequest, cursor: Cursor = "", page_size: Size = 50) -> Any:
    return listed(known.promotion_rows(), cursor, page_size, by="-changed_at", shape=PromotionRow.from_orm)


@reads(router, _ONE, "settings.edit", Promotion, "One promotion")
def one(request: HttpRequest, promotion_id: UUID) -> Any:
    return _shown(promotion_id)


@deed(router, "/promotions", "settings.edit", Promotion, "Make a promotion", status=201)
def make(request: HttpRequest, new: Draft) -> Any:
    made = pricing.put_promotion(**new.model_dump())
    noted(request, "promotion.put", new.name[:120])
    return Status(201, _shown(made))


@deed(router, _ONE, "settings.edit", Promotion, "Change all of a promotion", method="PUT")
def change(request: HttpRequest, promotion_id: UUID, new: Draft) -> Any:
    _shown(promotion_id)
    pricing.put_promotion(promotion_id=promotion_id, **new.model_dump())
    noted(request, "promotion.put", new.name[:120])
    return _shown(promotion_id)


@deed(router, _ONE + "/end", "settings.edit", Promotion, "Let it count no more")
def end(request: HttpRequest, promotion_id: UUID) -> Any:
    shown = _shown(promotion_id)
    pricing.end_promotion(promotion_id=promotion_id)
    noted(request, "promotion.end", shown.name)
    return _shown(promotion_id)


@deed(router, _ONE + "/codes", "settings.edit", Codes, "Make codes that nobody can guess", status=201)
def generate(request: HttpRequest, promotion_id: UUID, wanted: CodesWanted) -> Any:
    made = pricing.generate_codes(promotion_id=promotion_id, **wanted.model_dump())
    noted(request, "promotion.codes", str(promotion_id), number=len(made))
    return Status(201, Codes(codes=list(made)))


def _shown(promotion_id: UUID) -> Promotion:
    found = known.promotion(promotion_id)
    if found is None:
        raise Http404
    budgets = {code: Budget(most_minor=most, spent_minor=spent) for code, (most, spent) in found.budgets.items()}
    plain = {name: getattr(found, name) for name in Promotion.model_fields if name != "budgets"}
    return Promotion(**plain, budgets=budgets)

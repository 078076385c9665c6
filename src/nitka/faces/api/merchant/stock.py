"""Stock: levels, the ledger, and what moves it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.merchant.prices import Written
from nitka.faces.api.schemas import Text
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as known

router = Router()
SCOPE = "catalog.edit"
Place = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
Pieces = Annotated[int, Field(ge=1, le=10_000_000)]


class Location(Schema):
    code: str
    name: str
    country: str
    zone: str


class Level(Schema):
    variant_id: UUID
    sku: str
    location: str
    on_hand: int
    reserved: int
    available: int
    damaged: int


class Move(Schema):
    location: str
    kind: str
    grade: str
    pieces: int
    reference: UUID | None
    reason: str
    at: str


class Count(Schema):
    variant_id: UUID
    location: Place
    on_hand: int = Field(ge=0, le=10_000_000)


class Counts(Schema):
    levels: list[Count] = Field(min_length=1, max_length=5000)


class Adjusting(Schema):
    variant_id: UUID
    location: Place
    by: int = Field(ge=-10_000_000, le=10_000_000)
    reason: Text = Field(min_length=1)


class Receiving(Schema):
    location: Place
    pieces: dict[UUID, Pieces] = Field(description="By variant.", min_length=1, max_length=1000)
    grade: Literal["good", "damaged"] = "good"
    reason: Text = ""


class Transferring(Schema):
    variant_id: UUID
    pieces: Pieces
    source: Place
    target: Place
    reason: Text = ""


class Grading(Schema):
    variant_id: UUID
    location: Place
    pieces: Pieces
    to: Literal["good", "damaged", "gone"]
    reason: Text = Field(min_length=1)


class Standing(Schema):
    levels: list[Level]


@reads(router, "/locations", "orders.view", list[Location], "Places that hold goods")
def locations(request: HttpRequest) -> Any:
    return [Location.from_orm(each) for each in known.locations()]


@reads(router, "/stock", SCOPE, Listed[Level], "Levels")
def levels(request: HttpRequest, location: Place = "", cursor: Cursor = "", page_size: Size = 100) -> Any:
    rows = known.level_rows()
    rows = rows.filter(location__code=location) if location else rows
    return listed(rows, cursor, page_size, by="variant_id", shape=_level)


@reads(router, "/stock/variants/{variant_id}", SCOPE, Standing, "Levels of a variant")
def one(request: HttpRequest, variant_id: UUID) -> Any:
    return _standing([variant_id])


@reads(router, "/stock/variants/{variant_id}/moves", SCOPE, list[Move], "The latest lines of the ledger")
def moves(request: HttpRequest, variant_id: UUID) -> Any:
    return [
        Move(location=each.location, kind=each.kind, grade=each.grade, pieces=each.pieces, reference=each.reference,
             reason=each.reason, at=each.at.isoformat())
        for each in known.moves_of(variant_id, limit=200)
    ]  # fmt: skip


@deed(router, "/stock", SCOPE, Written, "Write what lies where", method="PUT")
def count(request: HttpRequest, new: Counts) -> Any:
    changed = inventory.set_stock(levels=[(each.variant_id, each.location, each.on_hand) for each in new.levels])
    noted(request, "stock.set", "stock", rows=len(new.levels))
    return Written(changed=changed)


@deed(router, "/stock/adjust", SCOPE, Standing, "Pieces were found, broken, or counted anew")
def adjust(request: HttpRequest, new: Adjusting) -> Any:
    inventory.adjust_stock(**new.model_dump())
    noted(request, "stock.adjust", str(new.variant_id), by=new.by, location=new.location)
    return _standing([new.variant_id])


@deed(router, "/stock/receive", SCOPE, Standing, "Goods arrived")
def receive(request: HttpRequest, new: Receiving) -> Any:
    inventory.receive(lines=new.pieces, location=new.location, reason=new.reason, grade=new.grade)
    noted(request, "stock.receive", new.location, rows=len(new.pieces))
    return _standing(list(new.pieces))


@deed(router, "/stock/transfer", SCOPE, Standing, "Carry pieces from one place to another")
def transfer(request: HttpRequest, new: Transferring) -> Any:
    inventory.transfer(**new.model_dump())
    noted(request, "stock.transfer", str(new.variant_id), pieces=new.pieces, source=new.source, target=new.target)
    return _standing([new.variant_id])


@deed(router, "/stock/grade", SCOPE, Standing, "Grade pieces anew")
def grade(request: HttpRequest, new: Grading) -> Any:
    inventory.grade_stock(**new.model_dump())
    noted(request, "stock.grade", str(new.variant_id), pieces=new.pieces, to=new.to)
    return _standing([new.variant_id])


def _standing(variant_ids: list[UUID]) -> Standing:
    rows = known.level_rows().filter(variant_id__in=variant_ids)
    return Standing(levels=[_level(row) for row in rows])


def _level(row: Any) -> Level:
    return Level(
        variant_id=row.variant_id, sku=row.variant.sku, location=row.location.code, on_hand=row.on_hand,
        reserved=row.reserved, available=row.on_hand - row.reserved, damaged=row.damaged,
    )  # fmt: skip

"""Rates of tax, and where the merchant is registered."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.prices import Written
from nitka.faces.api.schemas import Country, Text
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as known

router = Router()


class Rate(Schema):
    country: Country
    region: str = Field("", max_length=10, pattern=r"^[A-Z0-9-]*$")
    tax_class: str = Field(pattern="^[a-z0-9_-]{1,40}$")
    rate: Decimal = Field(ge=0, le=100, max_digits=6, decimal_places=3, description="In per cent.")
    valid_from: date
    source: Text = ""


class KnownRate(Schema):
    id: UUID
    country: str
    region: str
    tax_class: str
    rate: Decimal
    valid_from: date
    source: str


class Rates(Schema):
    rates: list[Rate] = Field(min_length=1, max_length=2000)


class Place(Schema):
    kind: Literal["home", "local", "oss", "small", "exempt"]
    country: Country
    region: str = Field("", max_length=10, pattern=r"^[A-Z0-9-]*$")
    number: str = Field("", max_length=30, pattern=r"^[^\x00]*$")
    valid_from: date | None = None


class KnownPlace(Schema):
    id: UUID
    kind: str
    country: str
    region: str
    number: str
    valid_from: date
    valid_to: date | None


class Put(Schema):
    id: UUID


@reads(router, "/taxes/rates", "settings.edit", list[KnownRate], "All rates")
def rates(request: HttpRequest, country: Text = "") -> Any:
    rows = known.tax_rate_rows()
    return [KnownRate.from_orm(row) for row in (rows.filter(country=country) if country else rows)]


@deed(router, "/taxes/rates", "settings.edit", Written, "Write rates; the same day again is corrected", method="PUT")
def put_rates(request: HttpRequest, new: Rates) -> Any:
    rows = [pricing.RateRow(**each.model_dump()) for each in new.rates]
    written = pricing.put_tax_rates(rates=rows)
    noted(request, "tax.rates", "taxes", rows=len(rows))
    return Written(changed=written)


@deed(router, "/taxes/rates/{rate_id}", "settings.edit", Written, "Take a rate out", method="DELETE")
def drop_rate(request: HttpRequest, rate_id: UUID) -> Any:
    pricing.drop_tax_rate(rate_id=rate_id)
    noted(request, "tax.drop_rate", str(rate_id))
    return Written(changed=1)


@reads(router, "/taxes/places", "settings.edit", list[KnownPlace], "Where the merchant is registered")
def places(request: HttpRequest) -> Any:
    return [KnownPlace.from_orm(row) for row in known.tax_place_rows()]


@deed(router, "/taxes/places", "settings.edit", Put, "Register somewhere", status=201)
def put_place(request: HttpRequest, new: Place) -> Any:
    made = pricing.put_tax_place(**new.model_dump())
    noted(request, "tax.put_place", f"{new.kind} {new.country}")
    return Status(201, Put(id=made))


@deed(router, "/taxes/places/{place_id}", "settings.edit", Written, "The registration ended", method="DELETE")
def end_place(request: HttpRequest, place_id: UUID, on: date | None = None) -> Any:
    pricing.end_tax_place(place_id=place_id, on=on)
    noted(request, "tax.end_place", str(place_id))
    return Written(changed=1)

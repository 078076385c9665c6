"""Shapes that all parts of the API share."""

import base64
from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from nitka.ground import money
from nitka.ground.locale import FALLBACK, LANGUAGES
from nitka.people.customers.queries import PostalAddress
from nitka.shelf.pricing import queries as pricing

# PostgreSQL keeps no NUL; half a surrogate is refused by pydantic already.
Text = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Language = Annotated[str, Field(pattern="^(" + "|".join(LANGUAGES) + ")$", examples=["en"])]
MarketCode = Annotated[str, Field(pattern="^[a-z0-9_-]{0,20}$", examples=["eu"])]


def _of_iso(code: str) -> str:
    """Raises ValueError, a 422, for three letters that are no currency."""
    money.exponent(code)
    return code


def _in_utc(moment: datetime) -> datetime:
    """PostgreSQL knows no zones 16 hours or more from Greenwich. Raises ValueError, a 422, outside the calendar."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("no moment of the calendar") from None


Moment = Annotated[datetime, AfterValidator(_in_utc), Field(description="Without a zone: UTC.")]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$"), AfterValidator(_of_iso)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$", examples=["PL"])]


class Problem(Schema):
    """application/problem+json (RFC 9457): `code` is stable, `title` is a sentence for people."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "urn:nitka:problem:out_of_stock", "title": "Only 2 pieces are left.", "status": 409,
                 "code": "out_of_stock", "context": {"available": 2}}
            ]
        }
    )  # fmt: skip

    type: str
    title: str
    status: int
    code: str
    context: dict[str, Any] | None = None


class Address(Schema):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Anna Nowak", "line1": "ul. Długa 5", "postcode": "80-001",
                                         "city": "Gdańsk", "country": "PL", "phone": "+48512345678"}]}
    )  # fmt: skip
    name: Text
    company: Text = ""
    line1: Text
    line2: Text = ""
    postcode: Text = ""
    city: Text = ""
    region: Text = ""
    country: Country
    phone: Text = ""

    def value(self) -> PostalAddress:
        """As the domains take it."""
        return PostalAddress(**self.model_dump())


class PickupPoint(Schema):
    carrier: str
    code: str
    name: str
    line1: str
    postcode: str
    city: str
    country: str
    hours: str


# What any endpoint may refuse with.
REFUSALS: dict[int, Any] = dict.fromkeys((400, 404, 409, 422, 429), Problem)


def file_response(kind: str) -> dict[str, Any]:
    """What OpenAPI says of an answer that is a file."""
    return {"responses": {200: {"description": "The file", "content": {kind: {"schema": {"type": "string"}}}}}}


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file for nobody's cache."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def market_or_default(code: str) -> str:
    """The market of that code; the first one for none. Raises a 400 for a code that no market has."""
    known = pricing.markets()
    if not code and known:
        return known[0].code
    if code not in {each.code for each in known}:
        raise HttpError(400, f"There is no market {code!r}. GET /api/v1/markets lists them.")
    return code


def cursor_of(page: int) -> str:
    """An opaque cursor for a page."""
    return base64.urlsafe_b64encode(f"page:{page}".encode()).decode().rstrip("=")


def page_of(cursor: str) -> int:
    """The page of a cursor; the first for none. Raises a 400 for what is no cursor of ours."""
    if not cursor:
        return 1
    try:
        kind, _colon, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
        if kind == "page" and number.isdecimal() and 1 <= int(number) <= 10_000:
            return int(number)
    except ValueError:
        pass
    raise HttpError(400, "This cursor is not one of ours. Begin without one.")


__all__ = [
    "FALLBACK",
    "REFUSALS",
    "Address",
    "Country",
    "Currency",
    "Language",
    "MarketCode",
    "PickupPoint",
    "Problem",
    "Text",
]

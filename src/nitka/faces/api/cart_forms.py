"""What is sent for a cart."""

from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from nitka.faces.api.schemas import FALLBACK, Address, Country, Language, MarketCode, Text

MOST_PIECES = 99


class NewCart(Schema):
    market: MarketCode = ""
    language: Language = FALLBACK
    variant_id: UUID = Field(description="A cart begins with its first goods.")
    quantity: int = Field(1, ge=1, le=MOST_PIECES)


class NewLine(Schema):
    variant_id: UUID
    quantity: int = Field(1, ge=1, le=MOST_PIECES)


class SkuLine(Schema):
    sku: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$", description="Or the number of a bar code.")
    pieces: int = Field(1, ge=1, le=MOST_PIECES)


class ManyLines(Schema):
    cart: Text = Field("", description="Token of a cart; empty begins a new one.")
    market: MarketCode = ""
    language: Language = FALLBACK
    lines: list[SkuLine] = Field(min_length=1, max_length=500)


class LineChange(Schema):
    quantity: int = Field(ge=0, le=MOST_PIECES, description="0 takes the line out; `restore` brings it back.")


class Code(Schema):
    code: Text


class Details(Schema):
    """Any part of the form; what is left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": "anna@example.com", "delivery": "two_days", "payment": "bank_transfer"}]
        }
    )
    email: Text | None = None
    name: Text | None = None
    phone: Text | None = None
    country: Country | None = Field(None, description="Alone, for prices of delivery before the address is known.")
    shipping_address: Address | None = None
    billing_address: Address | None = None
    vat_number: Text | None = Field(
        None,
        description="Of a firm, with its country in front; empty takes it out. Its register is asked later.",
    )
    delivery: Text | None = None
    pickup_point: Text | None = Field(None, description="Where it is fetched, for a delivery of kind pickup.")
    payment: Text | None = None
    payment_choice: Text | None = None
    note: Text | None = None


class OrderRequest(Schema):
    return_url: str = Field(
        "", max_length=500, description="Where a gateway sends the shopper; may hold {code} and {token}."
    )
    seen_total_minor: int | None = Field(None, description="The total that the shopper saw; a higher one is refused.")
    seen_due_minor: int | None = Field(None, description="What was left to pay after gift cards, likewise.")

"""Companies: what was agreed with them, and the quotes that they ask for."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from nitka.faces.api.merchant.guard import actor, deed, noted, reads
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.order_shapes import iso
from nitka.faces.api.schemas import Currency, Text
from nitka.people.customers import queries as customers
from nitka.sale.companies import actions
from nitka.sale.companies import queries as companies
from nitka.sale.companies.queries import QuoteView

router = Router()
Minor = Annotated[int, Field(ge=0, le=2_000_000_000)]
_TERMS = "/companies/{company_id}/terms"
_QUOTE = "/quotes/{code}"


class Terms(Schema):
    net_days: int = Field(ge=0, le=365)
    limit_minor: Minor = Field(description="How much may be owed; 0: nothing on account.")
    currency: Currency
    approval_over_minor: int | None = Field(None, ge=0, le=2_000_000_000, description="Above it, somebody says yes.")
    po_required: bool = False


class QuoteRow(Schema):
    code: str
    company_id: UUID
    state: str
    currency: str
    valid_until: str | None
    asked_at: str


class QuoteLine(Schema):
    id: UUID
    variant_id: UUID
    sku: str
    title: str
    option_text: str
    pieces: int
    list_minor: int
    asked_minor: int | None
    answered_minor: int | None


class Quote(Schema):
    code: str
    company_id: UUID
    customer_id: UUID
    state: str
    market: str
    currency: str
    words: str
    answer: str
    valid_until: str | None
    asked_at: str
    order_id: UUID | None
    lines: list[QuoteLine]


class Answering(Schema):
    prices: dict[UUID, Minor] = Field(description="A piece, by line of the quote.", min_length=1, max_length=500)
    valid_until: date
    answer: Text = ""


class Declining(Schema):
    answer: Text = Field("", description="For the company to read.")


@reads(router, _TERMS, "customers.view", Terms, "What was agreed with a company")
def terms(request: HttpRequest, company_id: UUID) -> Any:
    found = companies.terms(company_id)
    if found is None:
        raise Http404
    return Terms.from_orm(found)


@deed(router, _TERMS, "settings.edit", Terms, "Agree terms with a company", method="PUT")
def put_terms(request: HttpRequest, company_id: UUID, new: Terms) -> Any:
    if customers.company(company_id) is None:
        raise Http404
    actions.set_terms(company_id=company_id, **new.model_dump())
    noted(request, "company.terms", str(company_id), **new.model_dump())
    return terms_of(company_id)


@reads(router, "/quotes", "orders.view", Listed[QuoteRow], "Quotes, newest first")
def many(request: HttpRequest, state: Text = "", cursor: Cursor = "", page_size: Size = 50) -> Any:
    return listed(companies.quote_rows(state), cursor, page_size, by="-asked_at", shape=_row)


@reads(router, _QUOTE, "orders.view", Quote, "One quote")
def one(request: HttpRequest, code: str) -> Any:
    return quote_shown(found_quote(code))


@deed(router, _QUOTE + "/answer", "orders.cancel", Quote, "Offer a price for each line, until a day")
def answer(request: HttpRequest, code: str, offer: Answering) -> Any:
    quote = found_quote(code)
    actions.answer_quote(
        quote_id=quote.id, prices=offer.prices, valid_until=offer.valid_until, answer=offer.answer,
        actor=actor(request),
    )  # fmt: skip
    noted(request, "quote.answer", quote.code)
    return quote_shown(found_quote(code))


@deed(router, _QUOTE + "/decline", "orders.cancel", Quote, "No")
def decline(request: HttpRequest, code: str, no: Declining) -> Any:
    quote = found_quote(code)
    actions.decline_quote(quote_id=quote.id, answer=no.answer, actor=actor(request))
    noted(request, "quote.decline", quote.code)
    return quote_shown(found_quote(code))


def terms_of(company_id: UUID) -> Terms:
    """The terms after a change."""
    return Terms.from_orm(companies.terms(company_id))


def found_quote(code: str) -> QuoteView:
    """The quote of that code, or a 404."""
    quote = companies.quote_by_code(code) if "\x00" not in code else None
    if quote is None:
        raise Http404
    return quote


def quote_shown(quote: QuoteView) -> Quote:
    """One quote."""
    plain = {name: getattr(quote, name) for name in Quote.model_fields}
    return Quote(**{
        **plain, "valid_until": iso(quote.valid_until), "asked_at": quote.asked_at.isoformat(),
        "lines": [QuoteLine.from_orm(line) for line in quote.lines],
    })  # fmt: skip


def _row(row: Any) -> QuoteRow:
    return QuoteRow(
        code=row.code, company_id=row.company_id, state=row.state, currency=row.currency,
        valid_until=iso(row.valid_until), asked_at=row.asked_at.isoformat(),
    )  # fmt: skip

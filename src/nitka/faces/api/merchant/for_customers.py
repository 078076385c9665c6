"""What a storefront of one's own asks for a customer who is signed in there and buys for a company."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from nitka.faces.api.cart_shapes import Cart
from nitka.faces.api.cart_shapes import shown as cart_shown
from nitka.faces.api.merchant.companies import Quote, found_quote, quote_shown
from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.schemas import FALLBACK, Language, Text
from nitka.sale.checkout import actions as checkout
from nitka.sale.companies import actions
from nitka.sale.companies import queries as companies
from nitka.sale.companies.queries import Member

router = Router()
SCOPE = "customers.edit"
_WHO = "/customers/{customer_id}"
Token = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
Pieces = Annotated[int, Field(ge=1, le=1_000_000)]
Minor = Annotated[int, Field(ge=1, le=2_000_000_000)]


class Membership(Schema):
    company_id: UUID
    company_name: str
    company_code: str
    role: str
    limit_minor: int | None
    may_approve: bool


class BuyingFor(Schema):
    cart: Token
    company_id: UUID | None = Field(None, description="null: for themselves.")
    po_number: str = Field("", max_length=60, pattern=r"^[^\x00]*$")


class AskingForYes(Schema):
    cart: Token
    words: Text = ""


class Approval(Schema):
    id: UUID
    company_id: UUID
    customer_id: UUID
    total_minor: int
    currency: str
    state: str
    words: str
    answer: str
    asked_at: datetime


class Deciding(Schema):
    approve: bool
    answer: Text = ""


class AskingForPrice(Schema):
    cart: Token
    wishes: dict[UUID, Minor] = Field({}, description="A price for a piece, by variant.", max_length=500)
    words: Text = ""


class Accepting(Schema):
    cart: Token | None = Field(None, description="null: a new cart.")


class ReorderList(Schema):
    id: UUID
    name: str
    company_id: UUID | None
    lines: dict[str, int] = Field(description="Pieces by variant.")


class Keeping(Schema):
    name: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")
    company_id: UUID | None = None
    lines: dict[UUID, Pieces] = Field(description="Pieces by variant.", min_length=1, max_length=500)


class Kept(Schema):
    id: UUID


@reads(router, _WHO + "/companies", "customers.view", list[Membership], "The companies that they act for")
def memberships(request: HttpRequest, customer_id: UUID) -> Any:
    return [Membership.from_orm(each) for each in companies.memberships(customer_id)]


@deed(router, _WHO + "/buys-for", SCOPE, Cart, "Buy for a company, with its own number")
def buy_for(request: HttpRequest, customer_id: UUID, new: BuyingFor, language: Language = FALLBACK) -> Any:
    checkout.buy_for(
        token=new.cart, customer_id=customer_id, company_id=new.company_id, po_number=new.po_number
    )  # fmt: skip
    noted(request, "company.buys_for", str(customer_id), company=str(new.company_id or ""))
    return cart_shown(new.cart, language)


@reads(router, _WHO + "/approvals", "customers.view", list[Approval], "What they may decide, and what they asked")
def approvals(request: HttpRequest, customer_id: UUID) -> Any:
    found = [each for member in companies.memberships(customer_id) for each in companies.approvals_for(member)]
    return [Approval.from_orm(each) for each in found]


@deed(router, _WHO + "/approvals", SCOPE, Approval, "Ask those who may approve this cart", status=201)
def ask_for_yes(request: HttpRequest, customer_id: UUID, new: AskingForYes) -> Any:
    asked = checkout.ask_for_approval(token=new.cart, customer_id=customer_id, words=new.words)
    noted(request, "approval.ask", str(asked))
    return Status(201, _approval(asked))


@deed(router, _WHO + "/approvals/{approval_id}", SCOPE, Approval, "Let somebody spend it, or not")
def decide(request: HttpRequest, customer_id: UUID, approval_id: UUID, new: Deciding) -> Any:
    _approval(approval_id)
    actions.decide_approval(approval_id=approval_id, by=customer_id, approve=new.approve, answer=new.answer)
    noted(request, "approval.decide", str(approval_id), approve=new.approve)
    return _approval(approval_id)


@reads(router, _WHO + "/quotes", "customers.view", list[Quote], "Quotes of the companies that they act for")
def quotes(request: HttpRequest, customer_id: UUID) -> Any:
    members = companies.memberships(customer_id)
    return [quote_shown(each) for member in members for each in companies.quotes_of_company(member.company_id)]


@deed(router, _WHO + "/quotes", SCOPE, Quote, "Ask for a price of what is in the cart", status=201)
def ask_for_price(request: HttpRequest, customer_id: UUID, new: AskingForPrice) -> Any:
    code = checkout.ask_for_quote(token=new.cart, customer_id=customer_id, wishes=new.wishes, words=new.words)
    noted(request, "quote.ask", code)
    return Status(201, quote_shown(found_quote(code)))


@deed(router, _WHO + "/quotes/{code}/accept", SCOPE, Cart, "Put its goods into a cart at its prices")
def accept(request: HttpRequest, customer_id: UUID, code: str, new: Accepting, language: Language = FALLBACK) -> Any:
    ref = checkout.accept_quote(token=new.cart, customer_id=customer_id, quote=found_quote(code))
    noted(request, "quote.accept", code)
    return cart_shown(ref.token, language)


@reads(router, _WHO + "/lists", "customers.view", list[ReorderList], "Lists for ordering again")
def lists(request: HttpRequest, customer_id: UUID) -> Any:
    return [_list(each) for each in companies.lists_of(customer_id, _companies(customer_id))]


@deed(router, _WHO + "/lists", SCOPE, Kept, "Keep a list", status=201)
def keep(request: HttpRequest, customer_id: UUID, new: Keeping) -> Any:
    if new.company_id and new.company_id not in _companies(customer_id):
        raise Http404
    made = actions.keep_list(customer_id=customer_id, **new.model_dump())
    noted(request, "list.keep", str(made))
    return Status(201, Kept(id=made))


@deed(router, _WHO + "/lists/{list_id}", SCOPE, Kept, "Delete a list", method="DELETE")
def drop(request: HttpRequest, customer_id: UUID, list_id: UUID) -> Any:
    if companies.list_for(list_id, customer_id, _companies(customer_id)) is None:
        raise Http404
    actions.drop_list(list_id=list_id)
    noted(request, "list.drop", str(list_id))
    return Kept(id=list_id)


def _companies(customer_id: UUID) -> tuple[UUID, ...]:
    members: tuple[Member, ...] = companies.memberships(customer_id)
    return tuple(member.company_id for member in members)


def _approval(approval_id: UUID) -> Approval:
    found = companies.approval(approval_id)
    if found is None:
        raise Http404
    return Approval.from_orm(found)


def _list(each: Any) -> ReorderList:
    return ReorderList(
        id=each.id,
        name=each.name,
        company_id=each.company_id,
        lines={str(variant): pieces for variant, pieces in each.lines.items()},
    )

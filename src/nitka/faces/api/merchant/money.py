"""Gift cards, bank statements, refunds by hand, and where our books and a gateway's differ."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Base64Bytes, Field

from nitka.faces.api.merchant.guard import actor, deed, noted, reads
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.order_shapes import iso
from nitka.faces.api.schemas import FALLBACK, Currency, Language, Moment, Text
from nitka.sale.orders import actions as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as known

router = Router()
Key = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[ -~]+$", description="Does it once.")]
Minor = Annotated[int, Field(ge=1, le=2_000_000_000)]


class GiftCard(Schema):
    id: UUID
    hint: str = Field(description="The end of its code.")
    currency: str
    balance_minor: int
    is_open: bool
    expires_at: str | None
    created_at: str


class NewCard(Schema):
    minor: Minor
    currency: Currency
    recipient: Text = Field("", description="Gets the code by mail.")
    language: Language = FALLBACK
    words: Text = ""
    expires_at: Moment | None = None
    key: Key


class IssuedCard(Schema):
    id: UUID
    code: str = Field(description="Shown this once; empty where the key made the card before.")


class Closing(Schema):
    reason: Text = Field(min_length=1)


class Lapsed(Schema):
    lapsed_minor: int


class Granting(Schema):
    customer_id: UUID
    minor: Minor
    currency: Currency
    reason: Text = ""
    key: Key


class Account(Schema):
    account_id: UUID


class Statement(Schema):
    name: Text
    currency: Currency = "EUR"
    content: Annotated[Base64Bytes, Field(max_length=6 * 1024 * 1024, description="CAMT.053 or CSV, in base64.")]


class Booked(Schema):
    booked: int
    left: int
    known: int


class StatementLine(Schema):
    id: UUID
    booked_on: str
    minor: int
    currency: str
    payer: str
    text: str
    state: str
    outcome: str


class Assigning(Schema):
    order: Text = Field(description="The order's code.")


class Outcome(Schema):
    outcome: str


class Finding(Schema):
    id: UUID
    kind: str
    provider: str
    provider_ref: str
    reference: UUID | None
    payment_id: UUID | None
    expected_minor: int
    expected_currency: str
    got_minor: int
    got_currency: str
    found_at: str


class Looked(Schema):
    note: Text = ""


@reads(router, "/gift-cards", "settings.edit", Listed[GiftCard], "Gift cards, newest first")
def cards(request: HttpRequest, search: Text = "", cursor: Cursor = "", page_size: Size = 50) -> Any:
    return listed(known.gift_card_rows(search=search), cursor, page_size, by="-created_at", shape=_card)


@deed(router, "/gift-cards", "settings.edit", IssuedCard, "Make a gift card", status=201, keyed=False)
def issue(request: HttpRequest, new: NewCard) -> Any:
    values = new.model_dump(exclude={"key"})
    made = payments.issue_gift_card(**values, key=f"api:{new.key}", actor=actor(request))
    noted(request, "gift_card.issue", str(made.account_id), minor=new.minor, currency=new.currency)
    return Status(201, IssuedCard(id=made.account_id, code=made.code))


@deed(router, "/gift-cards/{card_id}/close", "settings.edit", Lapsed, "Call a gift card back")
def close(request: HttpRequest, card_id: UUID, why: Closing) -> Any:
    found = known.credit_account(card_id)
    if found is None or found.kind != "gift_card":
        raise Http404
    lapsed = payments.close_gift_card(account_id=card_id, reason=why.reason, actor=actor(request))
    noted(request, "gift_card.close", str(card_id), minor=lapsed)
    return Lapsed(lapsed_minor=lapsed)


@deed(router, "/credit", "orders.cancel", Account, "Give a customer store credit", status=201)
def grant(request: HttpRequest, new: Granting) -> Any:
    values = new.model_dump(exclude={"key"})
    account_id = payments.grant_credit(**values, key=f"api:{new.key}", actor=actor(request))
    noted(request, "credit.grant", str(new.customer_id), minor=new.minor, currency=new.currency)
    return Status(201, Account(account_id=account_id))


@deed(router, "/statements", "orders.cancel", Booked, "Read a bank statement and book it", status=201)
def statement(request: HttpRequest, new: Statement) -> Any:
    done = orders.import_statement(raw=new.content, name=new.name, currency=new.currency, actor=actor(request))
    noted(request, "statement.import", new.name[:120], booked=done.booked)
    return Status(201, Booked.from_orm(done))


@reads(router, "/statements/lines", "orders.cancel", Listed[StatementLine], "Lines of statements, newest on top")
def lines(request: HttpRequest, state: Text = "", cursor: Cursor = "", page_size: Size = 50) -> Any:
    return listed(known.line_rows(state), cursor, page_size, by="-booked_on", shape=_line)


@deed(router, "/statements/lines/{line_id}/assign", "orders.cancel", Outcome, "Book a line on an order")
def assign(request: HttpRequest, line_id: UUID, to: Assigning) -> Any:
    if known.statement_line(line_id) is None:
        raise Http404
    outcome = orders.assign_line(line_id=line_id, code=to.order, actor=actor(request))
    noted(request, "statement.assign", to.order[:120], line=str(line_id))
    return Outcome(outcome=outcome)


@deed(router, "/refunds/{refund_id}/sent", "orders.cancel", Outcome, "The money of a refund by hand was sent")
def sent(request: HttpRequest, refund_id: UUID) -> Any:
    if not known.by_hand_rows().filter(id=refund_id).exists():
        raise Http404
    orders.tick_off_refund(refund_id=refund_id)
    noted(request, "refund.sent", str(refund_id))
    return Outcome(outcome="done")


@reads(router, "/findings", "orders.cancel", list[Finding], "Charges without orders, orders without charges")
def findings(request: HttpRequest) -> Any:
    return [_finding(each) for each in known.open_findings()]


@deed(router, "/findings/{finding_id}/close", "orders.cancel", Outcome, "Somebody looked at it")
def close_finding(request: HttpRequest, finding_id: UUID, seen: Looked) -> Any:
    if finding_id not in {each.id for each in known.open_findings()}:
        raise Http404
    payments.close_finding(finding_id=finding_id, actor=actor(request), note=seen.note)
    noted(request, "money.close", str(finding_id))
    return Outcome(outcome="closed")


def _card(row: Any) -> GiftCard:
    plain = ("id", "hint", "currency", "balance_minor", "is_open")
    return GiftCard(
        **{name: getattr(row, name) for name in plain}, expires_at=iso(row.expires_at),
        created_at=row.created_at.isoformat(),
    )  # fmt: skip


def _line(row: Any) -> StatementLine:
    plain = {name: getattr(row, name) for name in StatementLine.model_fields if name != "booked_on"}
    return StatementLine(**plain, booked_on=row.booked_on.isoformat())


def _finding(each: Any) -> Finding:
    plain = {name: getattr(each, name) for name in Finding.model_fields if name != "found_at"}
    return Finding(**plain, found_at=each.found_at.isoformat())

"""Returns, exchanges, replacements and complaints: list, decide, receive, grade, settle."""

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from nitka.faces.api.merchant.guard import deed, noted, reads
from nitka.faces.api.merchant.orders import found as order_of
from nitka.faces.api.merchant.paging import Cursor, Listed, Size, listed
from nitka.faces.api.order_returns import AfterSale, Request, open_case
from nitka.faces.api.return_shapes import Case, case, kinds, wanted
from nitka.faces.api.schemas import Text
from nitka.ground.web.idempotency import key_of
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as known
from nitka.sale.returns.queries import CaseView

router = Router()
_CASE = "/returns/{code}"


class CaseRow(Schema):
    code: str
    order_code: str
    kind: str
    state: str
    requested_at: str


class Asking(Schema):
    search: Text = ""
    state: list[str] = Field([], max_length=8)
    kind: Text = ""
    cursor: Cursor = ""
    page_size: Size = 50


class ForCustomer(Request):
    confirmed: bool = Field(False, description="The customer has seen what will happen, and said yes.")


class Refusing(Schema):
    why: Text = Field(min_length=1, description="For the shopper to read.")


class Receiving(Schema):
    pieces: dict[UUID, int] | None = Field(None, description="What was in it, by line of the case; null: all of it.")


class Grading(Schema):
    grades: dict[UUID, Literal["as_new", "used", "damaged"]] = Field(
        {}, description="By line of the case; a line that is not named is as new."
    )


class Settling(Schema):
    minor: int | None = Field(None, ge=0, le=2_000_000_000, description="Less than was agreed; then say why.")
    why: Text = ""


class Sending(Schema):
    carrier: Text
    tracking_number: str = Field("", max_length=60, pattern=r"^[^\x00]*$")


class Answering(Schema):
    answer: Text = Field(min_length=1)
    minor: int = Field(0, ge=0, le=2_000_000_000)
    to: Text = Field("original", description="original, credit or gift_card")


@reads(router, "/returns", "orders.view", Listed[CaseRow], "Cases, newest first")
def many(request: HttpRequest, asked: Query[Asking]) -> Any:
    rows = known.case_rows(search=asked.search, states=asked.state, kind=asked.kind)
    return listed(rows, asked.cursor, asked.page_size, by="-requested_at", shape=_row)


@reads(router, _CASE, "orders.view", Case, "One case")
def one(request: HttpRequest, code: str) -> Any:
    return case(_found(code))


@reads(router, "/orders/{code}/returns", "orders.view", AfterSale, "What can be asked for, and what was")
def possible(request: HttpRequest, code: str) -> Any:
    order = order_of(code)
    offered = kinds(known.what_is_possible(order))
    return AfterSale(kinds=offered, cases=[case(each) for each in known.cases_of_order(order)])


@deed(router, "/orders/{code}/returns", "orders.cancel", Case, "Open a case for the customer", status=201)
def ask(request: HttpRequest, code: str, asked: ForCustomer) -> Any:
    order, key = order_of(code), key_of(request)
    told: dict[str, Any] = {
        "order_id": order.id, "lines": wanted(asked.lines), "by": _party(request), "words": asked.words,
        "photos": asked.photos, "confirmed": asked.confirmed, "key": f"{order.id}:admin:{key}"[:120] if key else "",
    }  # fmt: skip
    case_id = open_case(asked.kind, asked.refund_to, told)
    noted(request, "return.open", order.code, kind=asked.kind)
    made = known.case(case_id)
    if made is None:
        raise Http404
    return Status(201, case(made))


@deed(router, _CASE + "/approve", "orders.cancel", Case, "Yes")
def approve(request: HttpRequest, code: str) -> Any:
    shown = _found(code)
    returns.approve(case_id=shown.id, by=_party(request))
    return _done(request, "return.approve", shown)


@deed(router, _CASE + "/refuse", "orders.cancel", Case, "No, and why")
def refuse(request: HttpRequest, code: str, no: Refusing) -> Any:
    shown = _found(code)
    returns.refuse(case_id=shown.id, by=_party(request), why=no.why)
    return _done(request, "return.refuse", shown, why=no.why)


@deed(router, _CASE + "/cancel", "orders.cancel", Case, "The shopper keeps it after all")
def cancel(request: HttpRequest, code: str) -> Any:
    shown = _found(code)
    returns.cancel_case(case_id=shown.id, by=_party(request))
    return _done(request, "return.cancel", shown)


@deed(router, _CASE + "/receive", "orders.ship", Case, "The parcel is here")
def receive(request: HttpRequest, code: str, came: Receiving) -> Any:
    shown = _found(code)
    returns.mark_received(case_id=shown.id, by=_party(request), pieces=came.pieces)
    return _done(request, "return.receive", shown)


@deed(router, _CASE + "/grade", "orders.ship", Case, "How each piece came back")
def grade(request: HttpRequest, code: str, seen: Grading) -> Any:
    shown = _found(code)
    returns.grade(case_id=shown.id, by=_party(request), grades=seen.grades)
    return _done(request, "return.grade", shown, grades={str(line): one for line, one in seen.grades.items()})


@deed(router, _CASE + "/settle", "orders.cancel", Case, "The money goes back")
def settle(request: HttpRequest, code: str, back: Settling) -> Any:
    shown = _found(code)
    returns.settle(case_id=shown.id, by=_party(request), minor=back.minor, why=back.why)
    return _done(request, "return.settle", shown, minor=back.minor)


@deed(router, _CASE + "/send", "orders.ship", Case, "The new pieces left")
def send(request: HttpRequest, code: str, sent: Sending) -> Any:
    shown = _found(code)
    returns.send_new_goods(
        case_id=shown.id, by=_party(request), carrier=sent.carrier, tracking_number=sent.tracking_number
    )  # fmt: skip
    return _done(request, "return.send", shown, carrier=sent.carrier)


@deed(router, _CASE + "/answer", "orders.cancel", Case, "Answer a complaint, with money or without")
def answer(request: HttpRequest, code: str, said: Answering) -> Any:
    shown = _found(code)
    returns.answer_complaint(case_id=shown.id, by=_party(request), answer=said.answer, minor=said.minor, to=said.to)
    return _done(request, "return.answer", shown, minor=said.minor)


def _party(request: HttpRequest) -> returns.Party:
    return returns.staff(request.program.user_id)  # type: ignore[attr-defined]


def _found(code: str) -> CaseView:
    shown = known.case_by_code(code) if "\x00" not in code else None
    if shown is None:
        raise Http404
    return shown


def _done(request: HttpRequest, verb: str, shown: CaseView, **detail: Any) -> Case:
    noted(request, verb, shown.code, **detail)
    return case(_found(shown.code))


def _row(row: Any) -> CaseRow:
    return CaseRow(
        code=row.code, order_code=row.order_code, kind=row.kind, state=row.state,
        requested_at=row.requested_at.isoformat(),
    )  # fmt: skip

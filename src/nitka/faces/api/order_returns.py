"""After the sale: what may be asked for, asking for it, and following it. The policy is shown before the request."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Base64Bytes, Field

from nitka.faces.api.order_opening import opened
from nitka.faces.api.return_shapes import Case, Money, Pieces, PossibleKind, case, kinds, money, wanted
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language, Text, file_answer, file_response
from nitka.ground.web.idempotency import idempotent, idempotent_outside, key_of
from nitka.ground.web.limits import rate_limit
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as known
from nitka.sale.returns.queries import CaseView

router = Router()
Kind = Literal["return", "exchange", "replacement", "complaint"]
Photo = Annotated[Base64Bytes, Field(max_length=16 * 1024 * 1024)]
_ORDER = "/orders/{code}/returns"
_CASE = _ORDER + "/{case_code}"


class AfterSale(Schema):
    kinds: list[PossibleKind]
    cases: list[Case]


class Reckoned(Schema):
    kind: Kind
    lines: list[Pieces] = Field(max_length=200)
    refund_to: Text = Field("original", description="original, credit or gift_card, as the policy allows.")


class Request(Reckoned):
    words: str = Field("", max_length=4000, pattern=r"^[^\x00]*$")
    photos: list[Photo] = Field([], max_length=5, description="JPEG, PNG or WebP in base64; 5 MB in all.")


class Sent(Schema):
    tracking_number: str = Field("", max_length=60, pattern=r"^[^\x00]*$")


class Paying(Schema):
    mean: str = Field(pattern="^[a-z_]{1,40}$", description="The code of a means of payment that answers at once.")
    choice: Text = ""
    return_url: str = Field("", max_length=500)


class Payable(Schema):
    kind: str
    url: str
    case: Case


@router.get(_ORDER, response={200: AfterSale, **REFUSALS}, summary="What can be asked for, and what was")
def possible(request: HttpRequest, code: str, token: str, language: Language = FALLBACK) -> Any:
    found = opened(code, token)
    return AfterSale(
        kinds=kinds(known.what_is_possible(found)), cases=[case(each) for each in known.cases_of_order(found)]
    )  # fmt: skip


@router.post(_ORDER + "/reckoning", response={200: Money, **REFUSALS}, summary="What it would come to")
@rate_limit("reckoning", "120/m", store="memory")
def reckon(request: HttpRequest, code: str, token: str, asked: Reckoned, language: Language = FALLBACK) -> Any:
    """Exactly what the request would write, with the same refusals, but for photos."""
    sums = known.money_of(
        order=opened(code, token), kind=asked.kind, lines=wanted(asked.lines), refund_to=asked.refund_to
    )  # fmt: skip
    return money(sums)


@router.post(_ORDER, response={201: Case, **REFUSALS}, summary="Return, exchange, replace or complain")
@rate_limit("return", "60/h")
@decorate_view(idempotent)
def ask(request: HttpRequest, code: str, token: str, asked: Request, language: Language = FALLBACK) -> Any:
    """Show terms and reckoning first: this is the customer's own yes."""
    found, key = opened(code, token), key_of(request)
    told: dict[str, Any] = {
        "order_id": found.id, "lines": wanted(asked.lines), "by": returns.holder(token), "words": asked.words,
        "photos": asked.photos, "confirmed": True, "key": f"{found.id}:api:{key}"[:120] if key else "",
    }  # fmt: skip
    return Status(201, case(_case(open_case(asked.kind, asked.refund_to, told))))


def open_case(kind: str, refund_to: str, told: dict[str, Any]) -> UUID:
    """The verb of that kind."""
    if kind == "return":
        return returns.request_return(refund_to=refund_to, **told)
    if kind == "exchange":
        return returns.request_exchange(refund_to=refund_to, **told)
    return returns.request_replacement(**told) if kind == "replacement" else returns.complain(**told)


@router.get(_CASE, response={200: Case, **REFUSALS}, summary="How it stands, and what is to do")
def follow(request: HttpRequest, code: str, case_code: str, token: str, language: Language = FALLBACK) -> Any:
    return case(_of(opened(code, token), case_code))


@router.post(_CASE + "/sent", response={200: Case, **REFUSALS}, summary="The parcel is on its way back")
@decorate_view(idempotent)
def sent(request: HttpRequest, code: str, case_code: str, token: str, told: Sent, language: Language = FALLBACK) -> Any:
    found = _of(opened(code, token), case_code)
    returns.mark_sent(case_id=found.id, by=returns.holder(token), tracking_number=told.tracking_number)
    return case(_case(found.id))


@router.post(_CASE + "/cancel", response={200: Case, **REFUSALS}, summary="Call it off")
@decorate_view(idempotent)
def cancel(request: HttpRequest, code: str, case_code: str, token: str, language: Language = FALLBACK) -> Any:
    found = _of(opened(code, token), case_code)
    returns.cancel_case(case_id=found.id, by=returns.holder(token))
    return case(_case(found.id))


@router.post(_CASE + "/pay", response={200: Payable, **REFUSALS}, summary="Pay the difference of an exchange")
@rate_limit("order-pay", "30/m")
@decorate_view(idempotent_outside)
def pay(request: HttpRequest, code: str, case_code: str, token: str, how: Paying, language: Language = FALLBACK) -> Any:
    found = _of(opened(code, token), case_code)
    begun = returns.pay_difference(
        case_id=found.id, by=returns.holder(token), mean=how.mean, choice=how.choice, return_url=how.return_url
    )  # fmt: skip
    return Payable(kind=begun.kind, url=begun.url, case=case(_case(found.id)))


@router.post(_CASE + "/finish", response={200: Case, **REFUSALS}, summary="The payer is back: settle")
@rate_limit("order-finish", "60/m")
@decorate_view(idempotent_outside)
def finish(request: HttpRequest, code: str, case_code: str, token: str, language: Language = FALLBACK) -> Any:
    found = _of(opened(code, token), case_code)
    if found.payment_id:
        returns.ask_gateway(payment_id=found.payment_id)
    return case(_case(found.id))


@router.get(
    _CASE + "/{name}.pdf", response=REFUSALS, openapi_extra=file_response("application/pdf"),
    summary="The carrier's label, or the slip that lies in the parcel",
)  # fmt: skip
@rate_limit("paper", "60/m", store="memory")
def paper(request: HttpRequest, code: str, case_code: str, name: Literal["label", "slip"], token: str) -> HttpResponse:
    found = _of(opened(code, token), case_code)
    pdf = known.label_pdf(found.id) if name == "label" else known.slip_pdf(found.id)
    if pdf is None or not found.needs_goods:
        raise Http404
    return file_answer(pdf, "application/pdf", f"{found.code}-{name}.pdf")


def _of(order: OrderView, code: str) -> CaseView:
    found = known.case_by_code(code, order) if "\x00" not in code else None
    if found is None:
        raise Http404
    return found


def _case(case_id: UUID) -> CaseView:
    found = known.case(case_id)
    if found is None:
        raise Http404
    return found

"""Invoices and credit notes of an order."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from nitka.faces.api.order_opening import opened
from nitka.faces.api.schemas import REFUSALS, Text, file_answer, file_response
from nitka.ground.web.limits import rate_limit
from nitka.sale.orders import queries as orders

router = Router()


class Paper(Schema):
    kind: str
    number: str
    total_minor: int
    issued_at: str


@router.get("/orders/{code}/papers", response={200: list[Paper], **REFUSALS}, summary="Invoice and credit notes")
def papers(request: HttpRequest, code: str, token: str) -> Any:
    return [
        Paper(kind=each.kind, number=each.number, total_minor=each.total_minor, issued_at=each.issued_at.isoformat())
        for each in orders.papers_of(opened(code, token).id)
    ]


@router.get(
    "/orders/{code}/paper.pdf", response=REFUSALS, openapi_extra=file_response("application/pdf"),
    summary="One paper as PDF, its structured form inside (Factur-X)",
)  # fmt: skip
@rate_limit("paper", "60/m", store="memory")
def pdf(request: HttpRequest, code: str, token: str, number: Text = "") -> HttpResponse:
    """The invoice; with `number` that paper of the order."""
    found = opened(code, token)
    return file_answer(orders.invoice_pdf(found.id, number), "application/pdf", f"{found.code}.pdf")


@router.get(
    "/orders/{code}/paper.xml", response=REFUSALS, openapi_extra=file_response("application/xml"),
    summary="One paper as XML (UBL or CII, EN 16931)",
)  # fmt: skip
@rate_limit("paper", "60/m", store="memory")
def xml(
    request: HttpRequest, code: str, token: str, number: Text = "", form: Literal["ubl", "cii"] = "ubl"
) -> HttpResponse:
    found = opened(code, token)
    return file_answer(orders.invoice_xml(found.id, number, form), "application/xml", f"{found.code}.xml")

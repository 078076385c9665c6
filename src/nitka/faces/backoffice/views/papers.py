"""Invoices and credit notes: those of a month, and each as PDF or for other programs."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.views.order import found
from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content

HEADER = ("number", "kind", "date", "order", "corrects", "country", "vat_number", "tax_kind", "currency", "net", "tax",
          "total")  # fmt: skip


@require_GET
@staff("orders.view")
def show(request: HttpRequest) -> HttpResponse:
    """The papers of a month, with their sums by currency; credit notes take away."""
    month = _month(request)
    rows = orders.papers_of_month(month, content.shop().zone)
    sums: dict[str, list[int]] = {}
    for row in rows:
        into = sums.setdefault(row.currency, [0, 0, 0])
        for place, minor in enumerate((row.net_minor, row.tax_minor, row.total_minor)):
            into[place] += minor
    return page(request, "backoffice/papers.html", {"rows": rows, "sums": sums, "month": f"{month:%Y-%m}"})


@require_GET
@staff("orders.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same as a table, for the books."""
    month = _month(request)
    rows = orders.papers_of_month(month, content.shop().zone)
    return spreadsheets.answer(
        f"papers-{month:%Y-%m}", HEADER,
        (
            (row.number, row.kind, row.issued_on.isoformat(), row.order_code, row.corrects, row.country, row.vat_number,
             row.tax_kind, row.currency, *map(row.amount, (row.net_minor, row.tax_minor, row.total_minor)))
            for row in rows
        ),
    )  # fmt: skip


@require_GET
@staff("orders.view")
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """A paper of the order (`?number=`; without it the invoice) as PDF."""
    return _file(orders.invoice_pdf, code, request.GET.get("number", ""), "pdf")


@require_GET
@staff("orders.view")
def xml(request: HttpRequest, code: str) -> HttpResponse:
    """The same as UBL, for Peppol and for programs of the books."""
    return _file(orders.invoice_xml, code, request.GET.get("number", ""), "xml")


def _file(draw: Callable[..., bytes], code: str, number: str, ending: str) -> HttpResponse:
    order = found(code)
    try:
        made = draw(order.id, number)
    except Problem as problem:
        raise Http404(problem.message) from problem
    response = HttpResponse(made, content_type=f"application/{ending}")
    name = (number or order.code).replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
    return response


def _month(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.today(content.shop().zone).replace(day=1)

"""Invoice and packing slip as PDF, drawn on demand from what was copied at the sale."""

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.ground.web.pages import render_text
from nitka.ground.web.papers import draw
from nitka.sale.orders import mails, steps, viewing
from nitka.sale.orders.invoicing import issuing
from nitka.sale.orders.invoicing.cii import cii
from nitka.sale.orders.invoicing.document import Document, Party
from nitka.sale.orders.invoicing.ubl import ubl
from nitka.sale.orders.models import Invoice, Order
from nitka.sale.orders.problems import NoInvoiceYetProblem, UnknownOrderProblem
from nitka.sale.orders.views import OrderView, PaperRow
from nitka.shelf.content import queries as content

_STYLE = Path(__file__).parent / "jinja2" / "orders" / "papers" / "paper.css"


def invoice_pdf(order_id: UUID, number: str = "") -> bytes:
    """See `queries.invoice_pdf`."""
    from drafthorse.pdf import attach_xml  # it and what it needs are imported for papers alone

    paper = paper_of(order_id, number)
    title = f"{paper.seller.name}: {paper.number}"
    about = {"author": paper.seller.name, "keywords": "Factur-X", "title": title, "subject": title,
             "creator": "Nitka", "producer": "WeasyPrint"}  # fmt: skip
    with translation.override(paper.language):
        html = render_text("orders/papers/invoice.html", _invoice_context(paper))
        drawn = draw(html, style=_STYLE, pdf_variant="pdf/a-3b")
    made: bytes = attach_xml(drawn, cii(paper), "EN 16931", about, paper.language)
    return made


def invoice_xml(order_id: UUID, number: str = "", form: str = "ubl") -> bytes:
    """See `queries.invoice_xml`."""
    paper = paper_of(order_id, number)
    return ubl(paper) if form == "ubl" else cii(paper)


def paper_of(order_id: UUID, number: str = "") -> Document:
    """The paper of that number; without one the invoice, which is written now where it was not yet."""
    if number:
        row = Invoice.objects.filter(order_id=order_id, text=number).first()
        if row is None:
            raise NoInvoiceYetProblem(_("There is no such paper."))
        return issuing.document_of(row)
    with transaction.atomic():
        order = steps.lock(order_id)
        if order is None:
            raise UnknownOrderProblem(_("There is no such order."))
        return issuing.document_of(issuing.issue(order))


def of_month(month: date, zone: str) -> tuple[PaperRow, ...]:
    """See `queries.papers_of_month`."""
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    bounds = [clock.at_local(day, time(0), zone) for day in (first, after)]
    rows = Invoice.objects.filter(issued_at__gte=bounds[0], issued_at__lt=bounds[1]).order_by("issued_at", "id")
    return tuple(_row(row.kind, issuing.document_of(row)) for row in rows)


def _row(kind: str, paper: Document) -> PaperRow:
    sign = -1 if kind == Invoice.Kind.CREDIT_NOTE else 1
    return PaperRow(
        number=paper.number, kind=kind, issued_on=paper.issued_on, order_code=paper.order_code,
        corrects=paper.corrects, country=paper.ship_to.country, vat_number=paper.buyer.vat_number,
        tax_kind=paper.tax_kind, currency=paper.currency, net_minor=sign * paper.net_minor,
        tax_minor=sign * paper.tax_minor, total_minor=sign * paper.total_minor,
    )  # fmt: skip


def packing_slip_pdf(order_id: UUID) -> bytes:
    """See `queries.packing_slip_pdf`."""
    row = Order.objects.filter(id=order_id).first()
    if row is None:
        raise UnknownOrderProblem(_("There is no such order."))
    with translation.override(row.language):
        order = viewing.view_of(row)
        context = {**_shared(order), "seller": content.shop().address_lines(row.language)}
        return draw(render_text("orders/papers/packing_slip.html", context), style=_STYLE)


def _shared(order: OrderView) -> dict[str, Any]:
    zone = content.shop().zone
    placed = order.placed_at or order.created_at
    return {
        "order": order, "language": order.language, "units": "metric", "shop": content.shop(),
        "placed_on": locale.format_date(clock.local(placed, zone).date(), order.language, "medium"),
        "address": mails.address_lines(order, order.language),
    }  # fmt: skip


def _invoice_context(paper: Document) -> dict[str, Any]:
    language = paper.language
    return {
        "paper": paper, "language": language, "units": "metric", "shop": content.shop(),
        "is_credit": paper.kind == Invoice.Kind.CREDIT_NOTE,
        "issued_on": locale.format_date(paper.issued_on, language, "medium"),
        "ordered_on": locale.format_date(paper.ordered_on, language, "medium"),
        "due_on": locale.format_date(date.fromisoformat(paper.due_on), language, "medium") if paper.due_on else "",
        "seller": _lines_of(paper.seller, language), "buyer": _lines_of(paper.buyer, language),
        "rates": [locale.format_percent(Decimal(part.rate), language) for part in paper.taxes],
        "line_rates": [locale.format_percent(Decimal(line.rate), language) for line in paper.lines],
        "is_transfer": paper.payment_method in ("bank_transfer", "on_account") and paper.due_minor > 0,
    }  # fmt: skip


def _lines_of(party: Party, language: str) -> list[str]:
    country = locale.cldr(language).territories.get(party.country, party.country)
    town = f"{party.postcode} {party.city}".strip()
    return [each for each in (party.name, party.person, party.line1, party.line2, town, party.region, country) if each]

"""Numbers without gaps, and papers that nobody changes afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.orders import placing, steps, words
from nitka.sale.orders.invoicing.document import Document, DocumentLine, rate_text, shares
from nitka.sale.orders.invoicing.entities import entity_of, seller_of
from nitka.sale.orders.invoicing.from_order import invoice_of
from nitka.sale.orders.models import Invoice, InvoiceSeries, LegalEntity, Order
from nitka.sale.orders.problems import NoInvoiceYetProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Status

Kind = Invoice.Kind


@transaction.atomic
def issue_invoice(*, order_id: UUID) -> str:
    """Give the order its invoice, once, and return its number. NoInvoiceYetProblem before it is paid or shipped."""
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    return issue(order).text


def issue(order: Order) -> Invoice:
    """The invoice of an order whose row is locked. A rollback takes the number back with it, so there are no gaps."""
    known = Invoice.objects.filter(order_id=order.id, kind=Kind.INVOICE).first()
    if known:
        return known
    placing.refuse_history(order)
    if not order.paid and order.status not in (Status.PART_SHIPPED, Status.SHIPPED, Status.DELIVERED):
        raise NoInvoiceYetProblem(_("The invoice is made when the order is paid or shipped."))
    entity = entity_of(order.market)
    with translation.override(order.language):
        return _write(order, entity, invoice_of(order, seller_of(entity)))


@transaction.atomic
def issue_credit_note(
    *, order_id: UUID, minor: int, key: str, reason: str = "refunded", lines: Mapping[UUID, int] | None = None
) -> str | None:
    """Take back so much (with tax) of the order's invoice; returns the number of the credit note.

    The same key writes one credit note. `reason` is a word of the house. `lines`: pieces by line, where the money is
    for goods. None where there is no invoice to correct, or nothing is left of it.
    """
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    known = Invoice.objects.filter(key=key).first()
    if known:
        return known.text
    papers = list(Invoice.objects.filter(order_id=order.id).order_by("issued_at", "id"))
    invoice = next((each for each in papers if each.kind == Kind.INVOICE), None)
    if invoice is None:
        return None
    earlier = [document_of(each) for each in papers if each.kind == Kind.CREDIT_NOTE]
    minor = min(minor, invoice.total_minor - sum(each.total_minor for each in earlier))
    if minor <= 0:
        return None
    with translation.override(order.language):
        paper = _credit(order, document_of(invoice), earlier, minor, reason, lines)
        entity = LegalEntity.objects.filter(code=invoice.entity).first()
        return _write(order, entity, paper, corrects=invoice, key=key).text


def _credit(
    order: Order, invoice: Document, earlier: list[Document], minor: int, reason: str,
    lines: Mapping[UUID, int] | None,
) -> Document:  # fmt: skip
    rows = {row.id: row for row in placing.line_rows(order.id)} if lines else {}
    weights: dict[str, int] = {}
    named = []
    for line_id, pieces in (lines or {}).items():
        row = rows[line_id]
        gross = row.total_minor + (0 if order.tax_included else row.tax_minor)
        rate = rate_text(row.tax_rate)
        weights[rate] = weights.get(rate, 0) + gross * pieces // row.quantity
        named.append(f"{pieces} × {row.title}")
    taken = tuple(part for each in earlier for part in each.taxes)
    taxes = shares(minor, invoice.taxes, taken, weights)
    title = ", ".join(named) or words.credit_reason(reason)
    return replace(
        invoice, kind="credit_note", corrects=invoice.number, reason=words.credit_reason(reason), taxes=taxes,
        total_minor=minor, paid_minor=minor,
        lines=tuple(
            DocumentLine(
                title=title, pieces=1, unit_minor=shown, total_minor=shown, net_minor=part.base_minor,
                tax_minor=part.tax_minor, rate=part.rate,
            )
            for part in taxes
            for shown in [part.gross_minor if invoice.tax_included else part.base_minor]
        ),
    )  # fmt: skip


def _write(
    order: Order, entity: LegalEntity | None, paper: Document, corrects: Invoice | None = None, key: str | None = None
) -> Invoice:
    day = clock.today(seller_of(entity).zone)
    code, number = entity.code if entity else "", _next(entity.code if entity else "", paper.kind, day.year)
    text = f"{_prefix(entity, paper.kind)}{day.year}/{number:05d}"
    document = replace(paper, number=text, issued_on=day)
    return Invoice.objects.create(
        order_id=order.id, kind=paper.kind, entity=code, year=day.year, number=number, text=text, corrects=corrects,
        key=key, total_minor=paper.total_minor, document=document.as_dict(),
    )  # fmt: skip


def _next(entity: str, kind: str, year: int) -> int:
    InvoiceSeries.objects.bulk_create([InvoiceSeries(entity=entity, kind=kind, year=year)], ignore_conflicts=True)
    series = InvoiceSeries.objects.select_for_update().get(entity=entity, kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _prefix(entity: LegalEntity | None, kind: str) -> str:
    if kind == Kind.CREDIT_NOTE:
        return (entity.credit_prefix if entity else "") or "CN-"
    return entity.invoice_prefix if entity else ""


def document_of(row: Invoice) -> Document:
    """The paper as it was issued. One from before papers were kept is written anew from its order."""
    if row.document:
        return Document.from_dict(row.document)
    order = Order.objects.get(id=row.order_id)
    seller = seller_of(entity_of(order.market))
    with translation.override(order.language):
        day = clock.local(row.issued_at, seller.zone).date()
        return replace(invoice_of(order, seller), number=row.text, issued_on=day)

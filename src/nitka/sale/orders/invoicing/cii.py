"""The invoice as UN/CEFACT Cross Industry Invoice, the XML inside of Factur-X and ZUGFeRD (profile EN 16931)."""

from datetime import UTC, datetime
from decimal import Decimal

from drafthorse.models.accounting import ApplicableTradeTax, CategoryTradeTax, TradeAllowanceCharge
from drafthorse.models.document import Document as Invoice
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration, TradeParty
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem

from nitka.sale.orders.invoicing.codes import (
    CARD,
    TYPE_CODES,
    category,
    exemption,
    means_of_payment,
    price_of,
    subtotal_lines,
)
from nitka.sale.orders.invoicing.document import Document, DocumentLine, Party

PROFILE = "urn:cen.eu:en16931:2017"


def cii(paper: Document) -> bytes:
    """The XML, checked against the schema of Factur-X 1.0.07."""
    made = Invoice()
    made.context.guideline_parameter.id = PROFILE
    made.header.id = paper.number
    made.header.type_code = TYPE_CODES[paper.kind]
    made.header.issue_date_time = datetime.combine(paper.issued_on, datetime.min.time(), UTC)
    for text in filter(None, (paper.tax_note, paper.reason)):
        note = IncludedNote()
        note.content = text
        made.header.notes.add(note)
    _party(made.trade.agreement.seller, paper.seller)
    _party(made.trade.agreement.buyer, paper.buyer)
    made.trade.agreement.buyer_order.issuer_assigned_id = paper.order_code
    _party(made.trade.delivery.ship_to, paper.ship_to, registered=False)
    made.trade.delivery.event.occurrence = datetime.combine(paper.issued_on, datetime.min.time(), UTC)
    for place, line in enumerate(subtotal_lines(paper), start=1):
        made.trade.items.add(_item(place, line, paper))
    _settle(made, paper)
    xml: bytes = made.serialize(schema="FACTUR-X_EN16931")
    return xml


def _party(target: TradeParty, party: Party, *, registered: bool = True) -> None:
    target.name = party.name
    if registered and party.person:
        target.contact.person_name = party.person
    target.address.postcode = party.postcode
    target.address.line_one = party.line1
    target.address.line_two = party.line2
    target.address.city_name = party.city
    target.address.country_id = party.country
    if registered and party.vat_number:
        target.tax_registrations.add(TaxRegistration(id=("VA", party.vat_number)))


def _item(place: int, line: DocumentLine, paper: Document) -> LineItem:
    item = LineItem()
    item.document.line_id = str(place)
    item.product.name = line.title
    if line.sku:
        item.product.seller_assigned_id = line.sku
    if line.detail:
        item.product.description = line.detail
    price, basis = price_of(line, paper)
    item.agreement.net.amount = price
    item.agreement.net.basis_quantity = (basis, "C62")
    item.delivery.billed_quantity = (Decimal(line.pieces), "C62")
    item.settlement.trade_tax.type_code = "VAT"
    item.settlement.trade_tax.category_code = category(paper, Decimal(line.rate))
    item.settlement.trade_tax.rate_applicable_percent = Decimal(line.rate)
    item.settlement.monetary_summation.total_amount = paper.amount(line.net_minor)
    return item


def _settle(made: Invoice, paper: Document) -> None:
    settlement = made.trade.settlement
    settlement.currency_code = paper.currency
    settlement.payment_reference = paper.order_code
    means = PaymentMeans()
    means.type_code = means_of_payment(paper.payment_method)
    if means.type_code != CARD and paper.seller.iban:
        means.payee_account.iban = paper.seller.iban.replace(" ", "")
    settlement.payment_means.add(means)
    for part in paper.taxes:
        tax = ApplicableTradeTax()
        tax.calculated_amount = paper.amount(part.tax_minor)
        tax.basis_amount = paper.amount(part.base_minor)
        tax.type_code = "VAT"
        tax.category_code = category(paper, Decimal(part.rate))
        tax.rate_applicable_percent = Decimal(part.rate)
        if reason := exemption(paper, Decimal(part.rate)):
            tax.exemption_reason = reason
        settlement.trade_tax.add(tax)
    charges = [line for line in paper.lines if line.is_charge]
    for line in charges:
        settlement.allowance_charge.add(_charge(line, paper))
    if paper.due_minor:
        settlement.terms.add(PaymentTerms(description=paper.payment or paper.order_code))
    if paper.corrects:
        settlement.invoice_referenced_document.issuer_assigned_id = paper.corrects
    _sums(settlement.monetary_summation, paper, sum(line.net_minor for line in charges))


def _charge(line: DocumentLine, paper: Document) -> TradeAllowanceCharge:
    charge = TradeAllowanceCharge()
    charge.indicator = True
    charge.actual_amount = paper.amount(line.net_minor)
    charge.reason = line.title
    tax = CategoryTradeTax()
    tax.type_code = "VAT"
    tax.category_code = category(paper, Decimal(line.rate))
    tax.rate_applicable_percent = Decimal(line.rate)
    charge.trade_tax.add(tax)
    return charge


def _sums(sums: object, paper: Document, charges_minor: int) -> None:
    net = sum(line.net_minor for line in paper.lines)
    values = {
        "line_total": paper.amount(net - charges_minor), "charge_total": paper.amount(charges_minor),
        "allowance_total": Decimal(0), "tax_basis_total": paper.amount(net),
        "tax_total": (paper.amount(paper.tax_minor), paper.currency), "grand_total": paper.amount(paper.total_minor),
        "prepaid_total": paper.amount(paper.paid_minor), "due_amount": paper.amount(paper.due_minor),
    }  # fmt: skip
    for name, value in values.items():
        setattr(sums, name, value)

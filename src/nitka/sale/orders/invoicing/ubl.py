"""The invoice as OASIS UBL 2.1 in the dress of Peppol BIS Billing 3.0 (EN 16931)."""

from decimal import Decimal
from xml.etree import ElementTree as Xml

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

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC, _CBC = f"{_UBL}CommonAggregateComponents-2", f"{_UBL}CommonBasicComponents-2"
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
Xml.register_namespace("cac", _CAC)
Xml.register_namespace("cbc", _CBC)


class _Writer:
    """Elements in the order that the schema asks for."""

    def __init__(self, paper: Document) -> None:
        self.paper = paper

    def group(self, parent: Xml.Element, name: str) -> Xml.Element:
        return Xml.SubElement(parent, f"{{{_CAC}}}{name}")

    def text(self, parent: Xml.Element, name: str, value: str, **attributes: str) -> None:
        if value:
            Xml.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = value

    def money(self, parent: Xml.Element, name: str, minor: int) -> None:
        self.text(parent, name, f"{self.paper.amount(minor)}", currencyID=self.paper.currency)

    def tax(self, parent: Xml.Element, name: str, rate: Decimal) -> None:
        group = self.group(parent, name)
        self.text(group, "ID", category(self.paper, rate))
        self.text(group, "Percent", str(rate))
        if name == "TaxCategory" and parent.tag.endswith("TaxSubtotal"):
            self.text(group, "TaxExemptionReason", exemption(self.paper, rate))
        self.text(self.group(group, "TaxScheme"), "ID", "VAT")


def ubl(paper: Document) -> bytes:
    """The XML of an invoice or credit note."""
    is_credit = paper.kind == "credit_note"
    name = "CreditNote" if is_credit else "Invoice"
    root = Xml.Element(f"{{{_UBL}{name}-2}}{name}")
    write = _Writer(paper)
    write.text(root, "CustomizationID", CUSTOMIZATION)
    write.text(root, "ProfileID", PROCESS)
    write.text(root, "ID", paper.number)
    write.text(root, "IssueDate", paper.issued_on.isoformat())
    if not is_credit and paper.due_minor:
        write.text(root, "DueDate", paper.due_on or paper.issued_on.isoformat())
    write.text(root, f"{name}TypeCode", TYPE_CODES[paper.kind])
    write.text(root, "Note", " · ".join(filter(None, (paper.tax_note, paper.reason))))
    write.text(root, "DocumentCurrencyCode", paper.currency)
    write.text(root, "BuyerReference", paper.order_code)
    write.text(write.group(root, "OrderReference"), "ID", paper.po_number or paper.order_code)
    if paper.corrects:
        group = write.group(write.group(root, "BillingReference"), "InvoiceDocumentReference")
        write.text(group, "ID", paper.corrects)
    _party(write, write.group(write.group(root, "AccountingSupplierParty"), "Party"), paper.seller)
    _party(write, write.group(write.group(root, "AccountingCustomerParty"), "Party"), paper.buyer)
    delivery = write.group(root, "Delivery")
    write.text(delivery, "ActualDeliveryDate", paper.issued_on.isoformat())
    _address(write, write.group(write.group(delivery, "DeliveryLocation"), "Address"), paper.ship_to)
    _payment(write, root)
    _sums(write, root)
    for place, line in enumerate(subtotal_lines(paper), start=1):
        _line(write, root, place, line, name)
    made: bytes = Xml.tostring(root, "utf-8", xml_declaration=True)
    return made


def _party(write: _Writer, parent: Xml.Element, party: Party) -> None:
    if party.email:
        write.text(parent, "EndpointID", party.email, schemeID="EM")
    write.text(write.group(parent, "PartyName"), "Name", party.name)
    _address(write, write.group(parent, "PostalAddress"), party)
    if party.vat_number:
        tax = write.group(parent, "PartyTaxScheme")
        write.text(tax, "CompanyID", party.vat_number)
        write.text(write.group(tax, "TaxScheme"), "ID", "VAT")
    legal = write.group(parent, "PartyLegalEntity")
    write.text(legal, "RegistrationName", party.name)
    write.text(legal, "CompanyID", party.register_number)
    if party.person:
        write.text(write.group(parent, "Contact"), "Name", party.person)


def _address(write: _Writer, group: Xml.Element, party: Party) -> None:
    write.text(group, "StreetName", party.line1)
    write.text(group, "AdditionalStreetName", party.line2)
    write.text(group, "CityName", party.city)
    write.text(group, "PostalZone", party.postcode)
    write.text(group, "CountrySubentity", party.region)
    write.text(write.group(group, "Country"), "IdentificationCode", party.country)


def _payment(write: _Writer, root: Xml.Element) -> None:
    paper = write.paper
    code = means_of_payment(paper.payment_method)
    means = write.group(root, "PaymentMeans")
    write.text(means, "PaymentMeansCode", code)
    write.text(means, "PaymentID", paper.order_code)
    if code != CARD and paper.seller.iban:
        account = write.group(means, "PayeeFinancialAccount")
        write.text(account, "ID", paper.seller.iban.replace(" ", ""))
        write.text(account, "Name", paper.seller.name)
        if paper.seller.bic:
            write.text(write.group(account, "FinancialInstitutionBranch"), "ID", paper.seller.bic)


def _sums(write: _Writer, root: Xml.Element) -> None:
    paper = write.paper
    goods = subtotal_lines(paper)
    charges = [line for line in paper.lines if line.is_charge and line not in goods]
    for line in charges:
        charge = write.group(root, "AllowanceCharge")
        write.text(charge, "ChargeIndicator", "true")
        write.text(charge, "AllowanceChargeReason", line.title)
        write.money(charge, "Amount", line.net_minor)
        write.tax(charge, "TaxCategory", Decimal(line.rate))
    total = write.group(root, "TaxTotal")
    write.money(total, "TaxAmount", paper.tax_minor)
    for part in paper.taxes:
        group = write.group(total, "TaxSubtotal")
        write.money(group, "TaxableAmount", part.base_minor)
        write.money(group, "TaxAmount", part.tax_minor)
        write.tax(group, "TaxCategory", Decimal(part.rate))
    sums = write.group(root, "LegalMonetaryTotal")
    write.money(sums, "LineExtensionAmount", sum(line.net_minor for line in goods))
    write.money(sums, "TaxExclusiveAmount", paper.net_minor)
    write.money(sums, "TaxInclusiveAmount", paper.total_minor)
    write.money(sums, "ChargeTotalAmount", sum(line.net_minor for line in charges))
    write.money(sums, "PrepaidAmount", paper.paid_minor)
    write.money(sums, "PayableAmount", paper.due_minor)


def _line(write: _Writer, root: Xml.Element, place: int, line: DocumentLine, name: str) -> None:
    group = write.group(root, f"{name}Line")
    write.text(group, "ID", str(place))
    quantity = "CreditedQuantity" if name == "CreditNote" else "InvoicedQuantity"
    write.text(group, quantity, str(line.pieces), unitCode="C62")
    write.money(group, "LineExtensionAmount", line.net_minor)
    item = write.group(group, "Item")
    write.text(item, "Description", line.detail)
    write.text(item, "Name", line.title)
    if line.sku:
        write.text(write.group(item, "SellersItemIdentification"), "ID", line.sku)
    write.tax(item, "ClassifiedTaxCategory", Decimal(line.rate))
    price, basis = price_of(line, write.paper)
    priced = write.group(group, "Price")
    write.text(priced, "PriceAmount", f"{price}", currencyID=write.paper.currency)
    write.text(priced, "BaseQuantity", f"{basis}", unitCode="C62")

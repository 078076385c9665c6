"""From an order's rows to the paper that is written of it."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import placing, viewing
from nitka.sale.orders.invoicing.document import Document, DocumentLine, DocumentTax, Party, rate_text
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.payments import queries as payments
from nitka.shelf.content.queries import Shop


def invoice_of(order: Order, seller: Shop) -> Document:
    """The invoice of the whole order, in the active language; its number and day are still to be given."""
    lines = [*map(_line, placing.line_rows(order.id)), *_charges(order)]
    placed = clock.local(order.placed_at or order.created_at, seller.zone).date()
    return Document(
        kind="invoice", number="", issued_on=placed, language=order.language, order_code=order.code, ordered_on=placed,
        currency=order.currency, tax_included=order.tax_included, seller=_seller(seller),
        tax_kind=order.tax_kind, tax_note=order.tax_note,
        # A firm receives invoices at an address; of a person the paper holds no more than the law asks for.
        buyer=_person(
            PostalAddress.from_dict(order.billing_address), order.email if order.vat_number else "", order.vat_number
        ),
        ship_to=_person(PostalAddress.from_dict(order.shipping_address)),
        lines=tuple(_net(line, order.tax_included) for line in lines),
        taxes=tuple(
            DocumentTax(rate_text(part.rate), part.base_minor, part.tax_minor) for part in viewing.taxes_of(order)
        ),
        total_minor=order.total_minor, paid_minor=order.total_minor if order.paid else 0,
        payment=payments.method_name(order.payment_method), payment_method=order.payment_method,
        due_on=order.due_on.isoformat() if order.due_on else "", po_number=order.po_number,
    )  # fmt: skip


def _line(row: OrderLine) -> DocumentLine:
    return DocumentLine(
        title=row.title, detail=row.option_text, sku=row.sku, pieces=row.quantity, unit_minor=row.unit_minor,
        discount_minor=row.discount_minor, total_minor=row.total_minor, net_minor=row.total_minor,
        tax_minor=row.tax_minor, rate=rate_text(row.tax_rate),
    )  # fmt: skip


def _charges(order: Order) -> list[DocumentLine]:
    """Delivery and the fee of payment: one line, for they are taxed as one."""
    minor = order.delivery_minor + order.payment_fee_minor
    if not minor:
        return []
    title = _("Delivery and fee of payment") if order.payment_fee_minor else _("Delivery")
    if (border := viewing.duties_of(order)) and border.charged_minor:
        title = _("Delivery, with duty and import tax paid")
    return [
        DocumentLine(
            title=title, detail=viewing.promise_of(order).name, pieces=1, unit_minor=minor, total_minor=minor,
            net_minor=minor, tax_minor=order.delivery_tax_minor, rate=_delivery_rate(order), is_charge=True,
        )
    ]  # fmt: skip


def _delivery_rate(order: Order) -> str:
    """The rate of the tax part that is left when the lines are taken away; of several, the one that delivery bears."""
    left: dict[Decimal, list[int]] = {part.rate: [part.base_minor, part.tax_minor] for part in viewing.taxes_of(order)}
    for row in placing.line_rows(order.id):
        net = row.total_minor - (row.tax_minor if order.tax_included else 0)
        left[row.tax_rate.normalize()][0] -= net
        left[row.tax_rate.normalize()][1] -= row.tax_minor
    return next((rate_text(rate) for rate, (base, _tax) in left.items() if base), "0")


def _net(line: DocumentLine, tax_included: bool) -> DocumentLine:
    return replace(line, net_minor=line.net_minor - line.tax_minor) if tax_included else line


def _seller(shop: Shop) -> Party:
    return Party(
        name=shop.legal_name or shop.name, line1=shop.line1, line2=shop.line2, postcode=shop.postcode, city=shop.city,
        region=shop.region, country=shop.country, email=shop.email, vat_number=shop.vat_number,
        register_number=shop.register_number, bank_name=shop.bank_name, iban=shop.iban, bic=shop.bic,
    )  # fmt: skip


def _person(to: PostalAddress, email: str = "", vat_number: str = "") -> Party:
    return Party(
        name=to.company or to.name, person=to.name if to.company else "", line1=to.line1, line2=to.line2,
        postcode=to.postcode, city=to.city, region=to.region, country=to.country, email=email, vat_number=vat_number,
    )  # fmt: skip

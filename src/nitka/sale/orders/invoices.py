"""Numbers of invoices: without gaps, one row a year that is locked while the next is given."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.orders import placing, steps
from nitka.sale.orders.models import Invoice, InvoiceCounter, Order
from nitka.sale.orders.problems import NoInvoiceYetProblem, UnknownOrderProblem
from nitka.sale.orders.steps import Status
from nitka.shelf.content import queries as content

_SELLER = ("name", "legal_name", "register_number", "vat_number", "line1", "line2", "postcode", "city", "region",
           "country", "email", "phone", "bank_name", "iban", "bic", "zone")  # fmt: skip


@transaction.atomic
def issue_invoice(*, order_id: UUID) -> str:
    """Give the order its invoice number, once, and return it. NoInvoiceYetProblem before it is paid or shipped."""
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    return number_text(issue(order))


def issue(order: Order) -> Invoice:
    """The invoice of an order whose row is locked. A rollback takes the number back with it, so there are no gaps."""
    known = Invoice.objects.filter(order_id=order.id).first()
    if known:
        return known
    placing.refuse_history(order)
    if not order.paid and order.status not in (Status.SHIPPED, Status.DELIVERED):
        raise NoInvoiceYetProblem(_("The invoice is made when the order is paid or shipped."))
    shop = content.shop()
    year = clock.today(shop.zone).year
    InvoiceCounter.objects.bulk_create([InvoiceCounter(year=year)], ignore_conflicts=True)
    counter = InvoiceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    seller = {name: value for name, value in asdict(shop).items() if name in _SELLER}
    return Invoice.objects.create(order_id=order.id, year=year, number=counter.last, seller=seller)


def number_text(invoice: Invoice) -> str:
    """As it is printed: 2026/00042."""
    return f"{invoice.year}/{invoice.number:05d}"

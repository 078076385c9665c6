"""Invoice and packing slip as PDF, drawn on demand from what was copied at the sale."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.ground.web.pages import render_text
from nitka.sale.orders import invoices, mails, steps, viewing
from nitka.sale.orders.models import Invoice, Order
from nitka.sale.orders.problems import UnknownOrderProblem
from nitka.sale.orders.views import OrderView
from nitka.shelf.content import queries as content

_STYLE = Path(__file__).parent / "jinja2" / "orders" / "papers" / "paper.css"


def invoice_pdf(order_id: UUID) -> bytes:
    """See `queries.invoice_pdf`."""
    with transaction.atomic():
        row = steps.lock(order_id)
        if row is None:
            raise UnknownOrderProblem(_("There is no such order."))
        invoice = invoices.issue(row)
    with translation.override(row.language):
        return pdf(render_text("orders/papers/invoice.html", _invoice_context(row, invoice)))


def packing_slip_pdf(order_id: UUID) -> bytes:
    """See `queries.packing_slip_pdf`."""
    row = Order.objects.filter(id=order_id).first()
    if row is None:
        raise UnknownOrderProblem(_("There is no such order."))
    with translation.override(row.language):
        order = viewing.view_of(row)
        context = {**_shared(order), "seller": content.shop().address_lines(row.language)}
        return pdf(render_text("orders/papers/packing_slip.html", context))


def _shared(order: OrderView) -> dict[str, Any]:
    zone = content.shop().zone
    placed = order.placed_at or order.created_at
    return {
        "order": order, "language": order.language, "units": "metric", "shop": content.shop(),
        "placed_on": locale.format_date(clock.local(placed, zone).date(), order.language, "medium"),
        "address": mails.address_lines(order, order.language),
    }  # fmt: skip


def _invoice_context(row: Order, invoice: Invoice) -> dict[str, Any]:
    order = viewing.view_of(row)
    seller = content.Shop(**invoice.seller)
    bill = order.billing_address
    country = locale.cldr(order.language).territories.get(bill.country, bill.country)
    town = f"{bill.postcode} {bill.city}".strip()
    buyer = [each for each in (bill.company, bill.name, bill.line1, bill.line2, town, bill.region, country) if each]
    issued = clock.local(invoice.issued_at, seller.zone).date()
    return {
        **_shared(order), "number": invoices.number_text(invoice), "seller": seller.address_lines(order.language),
        "vat_number": seller.vat_number, "register_number": seller.register_number, "buyer": buyer,
        "issued_on": locale.format_date(issued, order.language, "medium"), "sums": mails.sums(order, order.language),
        "rates": [locale.format_percent(part.rate, order.language) for part in order.taxes],
        "line_rates": [locale.format_percent(line.tax_rate, order.language) for line in order.lines],
    }  # fmt: skip


def pdf(html: str) -> bytes:
    """The page as PDF. Nothing is fetched: papers hold text alone."""
    from weasyprint import HTML  # 0.3 s to import, and only papers need it

    made: bytes = HTML(string=html, url_fetcher=_refuse).write_pdf(stylesheets=[_style()], font_config=_fonts())
    return made


def _refuse(url: str, *_more: Any, **_options: Any) -> dict[str, Any]:
    raise ValueError(f"Papers fetch nothing, not even {url}.")


@lru_cache(maxsize=1)
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=1)
def _style() -> Any:
    from weasyprint import CSS

    return CSS(string=_STYLE.read_text(), font_config=_fonts())

"""The list of customers, and finding one of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import Page, keyset, typed
from nitka.faces.backoffice.pages import page
from nitka.ground.ids import read_code
from nitka.people.customers import queries as customers
from nitka.sale.orders import queries as orders
from nitka.shelf.pricing import queries as pricing

MOST_FOUND, MOST_EXPORTED = 50, 1000


@require_GET
@staff("customers.view")
def show(request: HttpRequest) -> HttpResponse:
    """Customers: those who are meant by what was typed, best first; else everybody, newest first."""
    text = typed(request)
    found = Page(matching(request, MOST_FOUND)) if text else keyset(filtered(request), request, by="-created_at")
    return page(
        request, "backoffice/customers.html", {"list": found, "text": text, "markets": pricing.markets()},
    )  # fmt: skip


@require_GET
@staff("customers.export")
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    rows: Any = matching(request, MOST_EXPORTED) if typed(request) else None
    if rows is None:
        rows = filtered(request).order_by("-created_at", "-pk").iterator()
    return spreadsheets.answer(
        "customers",
        [_("Customer"), _("Full name"), _("E-mail"), _("Phone"), _("Language"), _("Market"), _("Since")],
        (
            (row.code, row.name, row.email or "", row.phone, row.language, row.market, row.created_at.isoformat())
            for row in rows
        ),
    )


def matching(request: HttpRequest, limit: int) -> list[customers.CustomerView]:
    """Who is meant: whoever placed the order of that code, then those whom customers find."""
    market = typed(request, "market")
    found = [each for each in find(typed(request), limit) if market in ("", each.market)]
    return found[:limit]


def find(text: str, limit: int) -> list[customers.CustomerView]:
    """Customers by the code of an order, or by what somebody remembers of them."""
    if "-" in text or any(letter.isdigit() for letter in text):
        buyer = orders.order_rows().filter(code=read_code(text)).values_list("customer_id", flat=True).first()
        known = customers.customer(buyer) if buyer else None
        if known:
            return [known]
    return customers.search(text, limit)


def filtered(request: HttpRequest) -> "QuerySet[Any]":
    """The customers that the address asks for, where nothing was typed. Merged ones are shown as who they are now."""
    rows = customers.customer_rows().filter(merged_into=None)
    if market := typed(request, "market"):
        rows = rows.filter(market=market)
    return rows

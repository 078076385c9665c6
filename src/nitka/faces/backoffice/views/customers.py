"""Who buys: the list, and one customer with orders and consents."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, typed
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.shown_orders import NOT_YET, shown_all
from nitka.insight.profiles import queries as profiles
from nitka.people.customers import queries as customers
from nitka.sale.orders import queries as orders
from nitka.shelf.pricing import queries as pricing

MOST_ORDERS = 100


@require_GET
@staff("orders.view")
def show(request: HttpRequest) -> HttpResponse:
    """Customers, newest first."""
    found = keyset(filtered(request), request, by="-created_at")
    return page(request, "backoffice/customers.html", {"list": found, "markets": pricing.markets()})


@require_GET
@staff("orders.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    rows = filtered(request).order_by("-created_at", "-pk")
    return spreadsheets.answer(
        "customers",
        [_("Customer"), _("Name"), _("E-mail"), _("Phone"), _("Language"), _("Market"), _("Since")],
        (
            (row.code, row.name, row.email or "", row.phone, row.language, row.market, row.created_at.isoformat())
            for row in rows.iterator()
        ),
    )


@require_GET
@staff("orders.view")
def one(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """One customer: what they told us, their orders and consents."""
    known = customers.customer(customer_id)
    if known is None:
        raise Http404
    ids = customers.customer_ids_of(customer_id)
    rows = orders.order_rows().filter(customer_id__in=ids).exclude(status__in=NOT_YET)
    return page(
        request,
        "backoffice/customer.html",
        {
            "customer": known,
            "orders": shown_all(rows.order_by("-placed_at", "-pk")[:MOST_ORDERS], request.language),  # type: ignore[attr-defined]
            "addresses": customers.addresses_of(customer_id),
            "occasions": customers.occasions_of(customer_id),
            "consents": customers.consents_of(known.email) if known.email else [],
            "profile": profiles.profile_of(customer_id),
            "order_href": lambda code: reverse("back:order", kwargs={"code": code}),
        },
    )


def filtered(request: HttpRequest) -> "QuerySet[Any]":
    """The customers that the address asks for."""
    rows = customers.customer_rows()
    if market := typed(request, "market"):
        rows = rows.filter(market=market)
    if text := typed(request):
        rows = rows.filter(
            Q(email__icontains=text) | Q(name__icontains=text) | Q(code__iexact=text) | Q(phone__icontains=text)
        )
    return rows

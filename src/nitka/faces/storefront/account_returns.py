"""What the customer sent back, exchanged or complained about."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.page import show
from nitka.people.customers import queries as people
from nitka.people.customers.queries import CustomerView
from nitka.sale.orders import queries as orders
from nitka.sale.returns import queries as returns


@require_safe
@signed_in
def listing(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """All cases, the newest first, and the orders of which something may still come back."""
    ids = people.proved_ids_of(me.id) if me.merged else [me.id]
    cases = [
        (each, reverse("order_case", args=[language, each.order_code, each.code]))
        for each in returns.cases_of_customer(ids)
    ]
    delivered = [row for row in orders.orders_of_customer(*ids) if row.status == "delivered" and not row.source]
    context = {"me": me, "here": "account_returns", "cases": cases, "orders": delivered[:10]}
    return show(request, "storefront/account/returns.html", context)

"""One field for everything: orders, products, customers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from nitka.faces.backoffice.guard import may, staff
from nitka.faces.backoffice.lists import typed
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.shown_orders import NOT_YET, shown_all
from nitka.ground.ids import read_code
from nitka.people.customers import queries as customers
from nitka.sale.orders import queries as orders
from nitka.shelf.catalog import queries as catalog

MOST = 8


@require_GET
@staff()
def show(request: HttpRequest) -> HttpResponse:
    """What fits the words; a whole order code opens its order at once."""
    text = typed(request)
    sees_orders = may(request, "orders.view")
    if text and sees_orders and orders.order_rows().filter(code=read_code(text)).exists():
        return HttpResponseRedirect(reverse("back:order", kwargs={"code": read_code(text)}))
    found_orders, people, products = [], [], []
    if text:
        if sees_orders:
            rows = orders.order_rows(search=text).exclude(status__in=NOT_YET)
            found_orders = shown_all(rows.order_by("-placed_at", "-pk")[:MOST], request.language)  # type: ignore[attr-defined]
        if may(request, "customers.view"):
            people = customers.search(text, MOST)
        products = list(catalog.product_rows(search=text)[:MOST])
    return page(
        request, "backoffice/search.html",
        {"text": text, "orders": found_orders, "people": people, "products": products},
    )  # fmt: skip

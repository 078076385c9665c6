"""The list of orders: tabs, filters, pages, CSV, and the list as it changes."""

from datetime import time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, read_day, typed
from nitka.faces.backoffice.pages import here, page
from nitka.faces.backoffice.shown_orders import NOT_YET, counts, shown, shown_all, tab_filter, tab_words
from nitka.ground import clock, money
from nitka.ground.locale import format_number
from nitka.ground.web.pages import template
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing


@require_GET
@staff("orders.view")
def show(request: HttpRequest) -> HttpResponse:
    """Orders, newest first."""
    # The cursor is taken before the rows are read: what changes in between is then told twice and never lost.
    cursor = start_cursor()
    found = keyset(filtered(request), request, by="-placed_at")
    return page(
        request,
        "backoffice/orders.html",
        {
            "list": found,
            "orders": shown_all(found.rows, request.language),  # type: ignore[attr-defined]
            "tabs": _tabs(request),
            "cursor": cursor,
            "markets": pricing.markets(),
            "first_page": not (request.GET.get("after") or request.GET.get("before")),
        },
    )


@require_GET
@staff("orders.view")
def since(request: HttpRequest) -> HttpResponse:
    """What changed after the cursor, as rows to put into the list that the rest of the address describes."""
    try:
        changed, cursor = orders.orders_since(request.GET.get("cursor", ""))
    except ValueError:
        # Somebody's own cursor: begin now.
        changed, cursor = (), start_cursor()
    matching = {}
    if changed:
        ids = [row.id for row in changed]
        matching = {row.id: row for row in filtered(request).filter(id__in=ids)}
    row_macro = template("backoffice/order_row.html").module.row  # type: ignore[attr-defined]
    language = request.language  # type: ignore[attr-defined]
    rows = [
        {
            "id": str(row.id),
            "shown": row.id in matching,
            "fresh": row.id in matching and row.status in ("placed", "paid"),
            "html": row_macro(shown(matching[row.id], language)) if row.id in matching else "",
        }
        for row in sorted(changed, key=lambda each: (each.placed_at is None, each.placed_at, each.id))
    ]
    totals = {}
    if changed:
        totals = {tab: format_number(number, language) for tab, number in counts(unfiltered(request)).items()}
    return JsonResponse({"cursor": cursor, "rows": rows, "counts": totals})


@require_GET
@staff("orders.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    rows = filtered(request).order_by("-placed_at", "-pk")
    return spreadsheets.answer(
        "orders",
        [_("Order"), _("Placed"), _("Status"), _("Paid"), _("Full name"), _("E-mail"), _("Country"), _("Market"),
         _("Currency"), _("Goods"), _("Discount"), _("Delivery"), _("Tax"), _("Total"), _("Refunded"), _("Payment")],
        (_cells(row) for row in rows.iterator()),
    )  # fmt: skip


def _cells(row: Any) -> list[Any]:
    amounts = (
        row.goods_minor, row.discount_minor, row.delivery_minor, row.tax_minor, row.total_minor, row.refunded_minor,
    )  # fmt: skip
    return [
        row.code, row.placed_at.isoformat() if row.placed_at else "", row.status, "yes" if row.paid else "no",
        row.name, row.email, row.country, row.market, row.currency,
        *(money.decimal(amount, row.currency) for amount in amounts), row.payment_method,
    ]  # fmt: skip


def start_cursor() -> str:
    """Where the poll of a page that is drawn now begins."""
    return orders.start_cursor()


def unfiltered(request: HttpRequest) -> "QuerySet[Any]":
    """Orders by everything but the tab."""
    rows = orders.order_rows(search=typed(request)).exclude(status__in=NOT_YET)
    if market := typed(request, "market"):
        rows = rows.filter(market=market)
    zone = content.shop().zone
    if day := read_day(request, "from"):
        rows = rows.filter(placed_at__gte=clock.at_local(day, time(), zone))
    if day := read_day(request, "to"):
        rows = rows.filter(placed_at__lt=clock.at_local(day + timedelta(days=1), time(), zone))
    return rows


def filtered(request: HttpRequest) -> "QuerySet[Any]":
    """The orders that the address asks for."""
    return unfiltered(request).filter(tab_filter(request.GET.get("tab", "")))


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    numbers = counts(unfiltered(request))
    chosen = request.GET.get("tab", "")
    return [
        {"label": label, "key": tab or "all", "href": here(request, tab=tab or None), "current": tab == chosen,
         "count": numbers[tab or "all"]}
        for tab, label in tab_words().items()
    ]  # fmt: skip

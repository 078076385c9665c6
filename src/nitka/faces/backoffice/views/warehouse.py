"""A day in the warehouse: what may leave, one walk through the shelves, the packing table."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.views.order import found
from nitka.ground import clock
from nitka.ground.ids import read_code
from nitka.ground.problem import Problem
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content


@require_GET
@staff("orders.ship")
def show(request: HttpRequest) -> HttpResponse:
    """Orders whose goods may leave, by the promised day."""
    today = clock.today(content.shop().zone)
    waiting = orders.orders_to_send()
    return page(
        request, "backoffice/warehouse.html",
        {
            "waiting": waiting, "today": today, "piece_count": sum(each.pieces for each in waiting),
            "late": sum(bool(each.promised_on and each.promised_on < today) for each in waiting),
        },
    )  # fmt: skip


@require_GET
@staff("orders.ship")
def walk(request: HttpRequest) -> HttpResponse:
    """The pick list of the chosen orders (of all that wait, if none is chosen)."""
    chosen = {read_code(code) for code in request.GET.getlist("order")}
    picked = [each for each in orders.orders_to_send() if not chosen or each.code in chosen]
    lines = orders.pick_list([each.id for each in picked])
    return page(
        request,
        "backoffice/walk.html",
        {"orders": picked, "lines": lines, "piece_count": sum(line.pieces for line in lines), "now": clock.now()},
    )


@require_http_methods(["GET", "POST"])
@staff("orders.ship")
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """The packing table of one order: scan pieces into the box, then send the box."""
    order = found(code)
    if request.method != "POST":
        return _table(request, order)
    deed = request.POST.get("deed", "scan")
    if deed == "scan":
        return _scanned(request, order)
    if deed == "empty":
        order_actions.empty_box(order_id=order.id)
        return see_other(request.path)
    return _sent(request, order)


def _scanned(request: HttpRequest, order: OrderView) -> HttpResponse:
    try:
        line_id = order_actions.scan_piece(order_id=order.id, scanned=request.POST.get("number", ""))
    except Problem as problem:
        return _table(request, order, wrong=problem.message, status=problem.status)
    return _table(request, found(order.code), scanned=line_id)


def _sent(request: HttpRequest, order: OrderView) -> HttpResponse:
    carrier, number = request.POST.get("carrier", ""), request.POST.get("tracking_number", "").strip()

    def act() -> UUID:
        return order_actions.ship_order(
            order_id=order.id, carrier=carrier, tracking_number=number, lines=order_actions.in_box(order.id),
            actor=str(actor_id(request)),
        )  # fmt: skip

    detail = {"carrier": carrier, "tracking_number": number}
    if not do(request, act, verb="order.ship", subject=order.code, detail=detail).done:
        return see_other(request.path)
    rest = sum(line.to_send for line in found(order.code).lines)
    if rest:
        say(request, _("This box left. What is still to come stays on the list."))
    else:
        say(request, _("%(code)s is complete and on its way.") % {"code": order.code})
    return see_other(reverse("back:warehouse"))


def _table(
    request: HttpRequest, order: OrderView, *, wrong: str = "", scanned: UUID | None = None, status: int = 200
) -> HttpResponse:
    lines = [line for line in order.lines if line.to_send]
    boxed = sum(line.boxed for line in lines)
    left = sum(line.to_send for line in lines) - boxed
    return page(
        request, "backoffice/packing.html",
        {
            "order": order, "lines": lines, "boxed": boxed, "left": left, "wrong": wrong, "scanned": scanned,
            "carriers": shipping.carriers(),
        },
        status=status,
    )  # fmt: skip

"""One order: what was bought, its thread, whose it is, and what can be done with it now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.names import staff_names
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.shown_orders import NOT_YET, shown, word_of
from nitka.ground import clock
from nitka.ground.ids import read_code
from nitka.ground.locale import FALLBACK, format_date, format_money
from nitka.people.customers import queries as customers
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView, StepView, step_text
from nitka.sale.payments.queries import PAID_LATER
from nitka.sale.returns import queries as returns
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content


@dataclass(frozen=True)
class Knot:
    """A knot of the order's thread; `said` is its state in words, for who hears the page."""

    title: str
    state: str
    when: str
    at: str = ""
    text: str = ""
    said: str = ""


@require_GET
@staff("orders.view")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The order with its lines, thread and customer."""
    order = found(code)
    others = []
    if order.customer_id:
        ids = customers.customer_id_rows(order.customer_id)
        rows = orders.order_rows().filter(customer_id__in=ids).exclude(status__in=NOT_YET)
        others = [shown(row, request.language) for row in rows.exclude(id=order.id).order_by("-placed_at")[:5]]  # type: ignore[attr-defined]
    word, tone = word_of(order.status, order.paid, order.payment_method, order.source)
    return page(
        request,
        "backoffice/order.html",
        {
            "order": order,
            "word": word,
            "tone": tone,
            "knots": knots(order, request.language),  # type: ignore[attr-defined]
            "others": others,
            "cases": returns.cases_of_order(order),
            "papers": orders.papers_of(order.id) if order.has_invoice else (),
            "labels": shipping.labelled_of,
            "carriers": shipping.carriers(),
            "customs_gaps": None if order.source else orders.customs_gaps(order.id),
            "can": possible(order),
            "refunds": [(each, refund_word(order, each.minor, each.state)) for each in order.refunds],
        },
    )


def found(code: str) -> OrderView:
    """The order of that code, or a 404."""
    order = orders.order_by_code(read_code(code))
    if order is None:
        raise Http404
    return order


def possible(order: OrderView) -> set[str]:
    """What can be done with the order now; nothing with one that was brought from elsewhere."""
    if order.source:
        return set()
    ready = (order.paid or order.payment_method in PAID_LATER) and order.review not in ("pending", "refused")
    deeds = set()
    if order.status in ("placed", "paid"):
        deeds |= {"pack"} if ready else set()
        deeds |= {"pay"} if not order.paid and order.payment_method == "bank_transfer" else set()
    deeds |= {"pay"} if not order.paid and order.payment_method == "on_account" and order.can_be_paid else set()
    deeds |= {"ship"} if order.status == "packed" else set()
    deeds |= {"deliver"} if order.status == "shipped" else set()
    deeds |= {"cancel"} if order.can_cancel else set()
    deeds |= {"mail"} if order.placed_at else set()
    return deeds


def knots(order: OrderView, language: str) -> list[Knot]:
    """What happened, by whom, and what is promised; a promise that has passed is in danger."""
    zone, names = content.shop().zone, staff_names()
    people = {str(key): name for key, name in names.items()}
    happened = [
        Knot(
            step.text, "danger" if step.kind in ("cancelled", "overdue", "credited") else "done",
            when(step.at, language), step.at.isoformat(),
            " · ".join(part for part in (people.get(step.actor, ""), step.note, _of_refund(order, step)) if part),
            _("done"),
        )
        for step in order.steps
    ]  # fmt: skip
    today = clock.today(zone)
    coming = [
        Knot(
            step.text, "danger" if step.on and step.on < today else "promised",
            format_date(step.on, language) if step.on else "",
            said=_("late") if step.on and step.on < today else _("promised"),
        )
        for step in order.expected
    ]  # fmt: skip
    going_back = [
        Knot(step_text("refunded"), "promised", "", text=refund_word(order, each.minor, each.state))
        for each in order.refunds if each.state == "started"
    ]  # fmt: skip
    return happened + going_back + coming


def refund_word(order: OrderView, minor: int, state: str) -> str:
    """How much goes back, and who sends it."""
    text = {
        "started": _("%(amount)s, the payment service is being asked"),
        "by_hand": _("%(amount)s, to be sent by hand"),
        "done": _("%(amount)s, sent by the payment service"),
    }[state]
    return text % {"amount": format_money(minor, order.currency, get_language() or FALLBACK)}


def _of_refund(order: OrderView, step: StepView) -> str:
    if step.kind != "refunded" or "minor" not in step.detail:
        return ""
    return refund_word(order, step.detail["minor"], "by_hand" if step.detail.get("by_hand") else "done")


@require_POST
@staff("orders.ship")
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """The goods are in the box."""
    return _deed(
        request, code, "order.pack",
        lambda order: order_actions.pack_order(order_id=order.id, actor=_actor(request)),
        _("Packed. The shopper is told; the label comes next."),
    )  # fmt: skip


@require_POST
@staff("orders.ship")
def ship(request: HttpRequest, code: str) -> HttpResponse:
    """The parcel is with the carrier."""
    carrier, number = request.POST.get("carrier", ""), request.POST.get("tracking_number", "").strip()
    return _deed(
        request, code, "order.ship",
        lambda order: order_actions.ship_order(
            order_id=order.id, carrier=carrier, tracking_number=number, actor=_actor(request)
        ),
        _("Shipped. The shopper gets the tracking number by mail."),
        {"carrier": carrier, "tracking_number": number},
    )  # fmt: skip


@require_POST
@staff("orders.ship")
def deliver(request: HttpRequest, code: str) -> HttpResponse:
    """The parcel was received."""
    return _deed(
        request, code, "order.deliver",
        lambda order: order_actions.deliver_order(order_id=order.id, actor=_actor(request)),
        _("Delivered. This thread is complete."),
    )  # fmt: skip


@require_POST
@staff("orders.cancel")
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """The bank transfer has come."""
    return _deed(
        request, code, "order.confirm_payment",
        lambda order: order_actions.confirm_bank_payment(order_id=order.id, actor=_actor(request)),
        lambda status: _("The order was cancelled: send the money back by hand. The shopper is told.")
        if status == "cancelled"
        else _("The payment is noted and the shopper is told. The order can be packed."),
    )  # fmt: skip


@require_POST
@staff("orders.cancel")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """The order is called off; what was paid goes back."""
    reason = request.POST.get("reason", "").strip()
    if not reason or not request.POST.get("sure"):
        say(request, _("Nothing was cancelled: write the reason and tick that you are sure."), "error")
        return _back(code)
    return _deed(
        request, code, "order.cancel",
        lambda order: order_actions.cancel_order(order_id=order.id, actor=_actor(request), note=reason) is not None,
        _("Cancelled. The goods are back on the shelf, what was paid goes back, and the shopper is told."),
        {"reason": reason},
    )  # fmt: skip


@require_POST
@staff("orders.ship", "orders.cancel")
def mail(request: HttpRequest, code: str) -> HttpResponse:
    """Send the mail of the newest step once more."""
    return _deed(
        request, code, "order.resend_mail",
        lambda order: order_actions.resend_mail(order_id=order.id),
        _("The mail is on its way once more."), once=False,
    )  # fmt: skip


@require_GET
@staff("orders.view")
def invoice(request: HttpRequest, code: str) -> HttpResponse:
    """The invoice as PDF."""
    return _pdf(orders.invoice_pdf(found(code).id), f"invoice-{read_code(code)}.pdf")


@require_GET
@staff("orders.view")
def packing_slip(request: HttpRequest, code: str) -> HttpResponse:
    """The packing slip as PDF."""
    return _pdf(orders.packing_slip_pdf(found(code).id), f"packing-slip-{read_code(code)}.pdf")


def _pdf(content_of: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content_of, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _actor(request: HttpRequest) -> str:
    return str(actor_id(request))


def _back(code: str) -> HttpResponse:
    return see_other(reverse("back:order", kwargs={"code": read_code(code)}))


def _deed(
    request: HttpRequest, code: str, verb: str, act: Callable[[OrderView], Any], said: str | Callable[[Any], str],
    detail: dict[str, Any] | None = None, *, once: bool = True,
) -> HttpResponse:  # fmt: skip
    """Do it, unless somebody else was faster since the page was drawn; then say who, and that nothing was done."""
    order = found(code)
    seen = request.POST.get("seen", order.status)
    if once and seen != order.status:
        say(request, meanwhile(order, request.language), "warn")  # type: ignore[attr-defined]
        return _back(code)
    outcome = do(request, lambda: act(order), verb=verb, subject=order.code, detail=detail)
    if outcome.done:
        say(request, said if isinstance(said, str) else said(outcome.value))
    else:
        now = found(code)
        if now.status != order.status or outcome.value is False:
            say(request, meanwhile(now, request.language), "warn")  # type: ignore[attr-defined]
    return _back(code)


def meanwhile(order: OrderView, language: str) -> str:
    """What somebody else did while this page stood open."""
    if not order.steps:
        return _("This order changed while you were looking. Nothing was done twice.")
    last = order.steps[-1]
    names = {str(key): name for key, name in staff_names().items()}
    return _("%(who)s was faster: “%(what)s” at %(when)s. Nothing was done twice.") % {
        "who": names.get(last.actor, _("The shop itself")),
        "what": last.text,
        "when": when(last.at, language),
    }

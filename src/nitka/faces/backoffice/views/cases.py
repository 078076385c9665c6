"""Returns, exchanges, replacements and complaints: the queue, and one of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other, typed
from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.names import staff_names
from nitka.faces.backoffice.pages import here, page, say
from nitka.faces.backoffice.price_forms import amount
from nitka.faces.backoffice.views.order import Knot
from nitka.ground.ids import read_code
from nitka.sale.orders import queries as orders
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as known
from nitka.sale.returns.queries import CaseView
from nitka.sale.shipping import queries as shipping

# What waits for whom: the first tab with something in it is the day's work.
TABS: dict[str, tuple[str, ...]] = {
    "decide": ("requested",), "coming": ("approved", "sent"), "grade": ("received",), "settle": ("graded",),
    "done": ("closed", "refused", "cancelled"), "all": (),
}  # fmt: skip
GRADES = ("as_new", "used", "damaged")
_TONES = {"requested": "wait", "received": "wait", "graded": "wait", "closed": "done", "refused": "gone",
          "cancelled": "gone"}  # fmt: skip
_PICTURE_CSP = {"default-src": ["'none'"], "sandbox": [""]}


@require_GET
@staff("orders.view")
def show(request: HttpRequest) -> HttpResponse:
    """The queue."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else ("all" if typed(request) else "decide")
    rows = _rows(request)
    found = keyset(rows.filter(state__in=TABS[tab]) if TABS[tab] else rows, request, by="-requested_at")
    language = request.language  # type: ignore[attr-defined]
    shown = [
        {"row": row, "kind": known.kind_text(row.kind), "word": known.state_text(row.state, row.kind),
         "tone": _TONES.get(row.state, ""), "when": when(row.requested_at, language)}
        for row in found.rows
    ]  # fmt: skip
    return page(
        request, "backoffice/cases.html",
        {"list": found, "cases": shown, "tabs": _tabs(request, rows, tab), "tab": tab},
    )  # fmt: skip


@require_GET
@staff("orders.view")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One case: pieces, photos, money, thread, and what can be done."""
    case = found_case(code)
    order = orders.order(case.order_id)
    return page(
        request, "backoffice/case.html",
        {
            "case": case, "order": order, "tone": _TONES.get(case.state, ""), "knots": _knots(request, case),
            "carriers": shipping.carriers(), "grades": [(each, known.grade_text(each)) for each in GRADES],
            "parcels": [each for each in shipping.shipments_of(case.id) if each.id == case.new_shipment_id],
            "has_label": known.label_pdf(case.id) is not None, "no_label": known.label_trouble(case.id),
        },
    )  # fmt: skip


@require_POST
@staff("orders.cancel")
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Yes."""
    return _deed(request, code, "return.approve",
                 lambda case, by: returns.approve(case_id=case.id, by=by),
                 _("Approved. The shopper gets a mail with what to do."))  # fmt: skip


@require_POST
@staff("orders.cancel")
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """No, and why."""
    why = request.POST.get("why", "").replace("\x00", "").strip()
    return _deed(request, code, "return.refuse",
                 lambda case, by: returns.refuse(case_id=case.id, by=by, why=why),
                 _("Refused. The shopper reads your reason."), {"why": why})  # fmt: skip


@require_POST
@staff("orders.cancel", "orders.ship")
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    """The shopper keeps it after all."""
    return _deed(request, code, "return.cancel",
                 lambda case, by: returns.cancel_case(case_id=case.id, by=by), _("Called off."))  # fmt: skip


@require_POST
@staff("orders.ship")
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """The parcel is here, with these pieces in it."""

    def act(case: CaseView, by: returns.Party) -> None:
        counted = {line.id: _number(request.POST.get(f"pieces-{line.id}", "")) for line in case.lines}
        pieces = {line: number for line, number in counted.items() if number is not None}
        returns.mark_received(case_id=case.id, by=by, pieces=pieces if len(pieces) == len(counted) else None)

    return _deed(request, code, "return.receive", act, _("Received. Now look at each piece and grade it."))


@require_POST
@staff("orders.ship")
def grade(request: HttpRequest, code: str) -> HttpResponse:
    """How each piece came back."""

    def act(case: CaseView, by: returns.Party) -> None:
        grades = {line.id: request.POST.get(f"grade-{line.id}", "") for line in case.lines if line.received}
        returns.grade(case_id=case.id, by=by, grades=grades)

    return _deed(request, code, "return.grade", act, _("Graded. What is as new is on the shelf again."))


@require_POST
@staff("orders.cancel")
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """The money goes back."""
    typed_amount = request.POST.get("amount", "").strip()
    why = request.POST.get("why", "").replace("\x00", "").strip()

    def act(case: CaseView, by: returns.Party) -> int:
        return returns.settle(case_id=case.id, by=by, minor=_amount(typed_amount, case), why=why)

    return _deed(request, code, "return.settle", act, _("Done. The money is on its way, and the shopper is told."),
                 {"amount": typed_amount, "why": why})  # fmt: skip


@require_POST
@staff("orders.ship")
def send(request: HttpRequest, code: str) -> HttpResponse:
    """The new pieces left."""
    carrier, number = request.POST.get("carrier", ""), request.POST.get("tracking_number", "").strip()[:60]
    return _deed(request, code, "return.send",
                 lambda case, by: returns.send_new_goods(
                     case_id=case.id, by=by, carrier=carrier, tracking_number=number),
                 _("Sent. The shopper gets the tracking number by mail."), {"carrier": carrier})  # fmt: skip


@require_POST
@staff("orders.cancel")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """A complaint is settled in words, and with money where it helps."""
    text, paid = request.POST.get("answer", "").replace("\x00", "").strip(), request.POST.get("amount", "").strip()
    to = "credit" if request.POST.get("to") == "credit" else "original"

    def act(case: CaseView, by: returns.Party) -> None:
        returns.answer_complaint(case_id=case.id, by=by, answer=text, minor=_amount(paid, case) or 0, to=to)

    return _deed(request, code, "return.answer", act, _("Answered. The shopper reads it in a mail."), {"amount": paid})


@require_GET
@staff("orders.view")
def paper(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """The label of the way back, or the slip."""
    case = found_case(code)
    pdf = known.label_pdf(case.id) if which == "label" else known.slip_pdf(case.id)
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.code}-{which}.pdf"'
    return response


@require_GET
@staff("orders.view")
@csp_override(_PICTURE_CSP)
def photo(request: HttpRequest, code: str, photo_id: UUID) -> HttpResponse:
    """A photo of the shopper's."""
    content = known.photo(photo_id, found_case(code).id)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def found_case(code: str) -> CaseView:
    """The case of that code, or a 404."""
    case = known.case_by_code(read_code(code))
    if case is None:
        raise Http404
    return case


def _rows(request: HttpRequest) -> "QuerySet[Any]":
    return known.case_rows(search=typed(request), kind=typed(request, "kind"))


def _tabs(request: HttpRequest, rows: "QuerySet[Any]", chosen: str) -> list[dict[str, Any]]:
    words = {"decide": _("To decide"), "coming": _("On the way"), "grade": _("To look at"), "settle": _("To settle"),
             "done": _("Done"), "all": _("All")}  # fmt: skip
    numbers = rows.order_by().aggregate(
        **{tab: Count("pk", filter=Q(state__in=states)) for tab, states in TABS.items() if states}, all=Count("pk")
    )
    return [
        {"label": words[tab], "key": tab, "href": here(request, tab=tab), "current": tab == chosen,
         "count": numbers[tab]}
        for tab in TABS
    ]  # fmt: skip


def _knots(request: HttpRequest, case: CaseView) -> list[Knot]:
    language, people = request.language, {str(key): name for key, name in staff_names().items()}  # type: ignore[attr-defined]
    return [
        Knot(
            step.text, "danger" if step.kind in ("refused", "cancelled") else "done", when(step.at, language),
            step.at.isoformat(), " · ".join(part for part in (people.get(step.actor, ""), step.note) if part),
            _("done"),
        )
        for step in case.steps
    ]  # fmt: skip


def _number(text: str) -> int | None:
    return int(text[:6]) if text.isascii() and text.isdecimal() else None


def _amount(text: str, case: CaseView) -> int | None:
    try:
        return amount(text, case.currency)
    except ValueError as trouble:
        raise returns.MeansProblem(str(trouble)) from None


def _deed(
    request: HttpRequest, code: str, verb: str, act: Callable[[CaseView, returns.Party], Any], said: str,
    detail: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Do it, unless somebody else was faster since the page was drawn."""
    case = found_case(code)
    if request.POST.get("seen", case.state) != case.state:
        say(request, _("Somebody was faster: it stands at “%(state)s” now. Nothing was done twice.")
            % {"state": case.state_text}, "warn")  # fmt: skip
    else:
        by = returns.staff(actor_id(request))
        do(request, lambda: act(case, by), verb=verb, subject=case.code, detail=detail, said=said)
    return see_other(reverse("back:case", kwargs={"code": case.code}))

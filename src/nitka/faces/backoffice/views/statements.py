"""What the bank says has come, and what a person must send back."""

from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import actor_id, do, record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground.problem import Problem
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.shelf.pricing import queries as pricing

MOST_BYTES = 20_000_000
STATES = ("open", "booked", "ignored")


@require_http_methods(["GET", "POST"])
@staff("orders.cancel")
def show(request: HttpRequest) -> HttpResponse:
    """Lines that wait for somebody, with the orders they may be about; and the place for a new statement."""
    if request.method == "POST":
        _bring_in(request)
        return see_other(reverse("back:statements"))
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    listed = keyset(money.line_rows(state), request, by="-booked_on")
    lines = [money.line_view(row) for row in listed.rows]
    matches = money.matches_of(lines) if state == "open" else {}
    ids = {line.reference for line in lines if line.reference}
    codes = orders.codes_of(ids.union(*(match.references for match in matches.values())))
    context = {
        "list": listed, "lines": lines, "matches": matches, "codes": codes, "state": state, "words": _words(),
        "currencies": sorted({market.currency for market in pricing.markets()}),
        "tabs_of": [{"label": label, "href": f"?state={each}", "count": None, "current": each == state, "key": ""}
                    for each, label in zip(STATES, (_("To assign"), _("Booked"), _("Left aside")), strict=True)],
    }  # fmt: skip
    return page(request, "backoffice/statements.html", context)


def _words() -> dict[str, str]:
    return {
        "whole": _("paid the order"), "part": _("a part of the order"),
        "over": _("more than was due, the rest goes back"), "twice": _("paid already, goes back"),
        "late": _("came too late, goes back"), "": "",
    }  # fmt: skip


def _bring_in(request: HttpRequest) -> None:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        say(request, _("Choose a statement of at most 20 MB: CAMT.053 (XML) or CSV."), "error")
        return
    name = Path(file.name or "statement").name
    try:
        done = order_actions.import_statement(
            raw=file.read(), name=name, currency=request.POST.get("currency", "EUR")[:3], actor=str(actor_id(request))
        )
    except Problem as problem:
        say(request, problem.message, "error")
        return
    record(request, "statement.import", name, {"booked": done.booked, "left": done.left, "known": done.known})
    said = ngettext("%(n)d line paid an order.", "%(n)d lines paid their orders.", done.booked) % {"n": done.booked}
    if done.left:
        said += " " + ngettext("%(n)d line waits for you.", "%(n)d lines wait for you.", done.left) % {"n": done.left}
    if done.known:
        said += " " + ngettext("%(n)d was known before.", "%(n)d were known before.", done.known) % {"n": done.known}
    say(request, said)


@require_POST
@staff("orders.cancel")
def assign(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The line pays the order of that code."""
    code = request.POST.get("code", "").strip()[:40].upper()
    do(
        request, lambda: order_actions.assign_line(line_id=line_id, code=code, actor=str(actor_id(request))),
        verb="statement.assign", subject=code, said=_("The money is booked on %(code)s.") % {"code": code},
    )  # fmt: skip
    return see_other(reverse("back:statements"))


@require_POST
@staff("orders.cancel")
def ignore(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The line is no sale of the shop."""
    do(
        request, lambda: payments.finish_line(line_id=line_id, actor=str(actor_id(request))),
        verb="statement.ignore", subject=str(line_id), said=_("The line is left aside."),
    )  # fmt: skip
    return see_other(reverse("back:statements"))


@require_GET
@staff("orders.cancel")
def refunds(request: HttpRequest) -> HttpResponse:
    """Money that a person must send back, the oldest on top."""
    listed = keyset(money.by_hand_rows(), request, by="created_at")
    codes = orders.codes_of(row.payment.reference for row in listed.rows)
    return page(request, "backoffice/refunds.html", {"list": listed, "codes": codes})


@require_POST
@staff("orders.cancel")
def sent(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The money was sent."""
    do(
        request, lambda: order_actions.tick_off_refund(refund_id=refund_id),
        verb="refund.sent_by_hand", subject=request.POST.get("code", "")[:40], said=_("Noted as sent."),
    )  # fmt: skip
    return see_other(reverse("back:refunds"))

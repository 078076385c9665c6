"""A shopper called: open their return, exchange, replacement or complaint for them, by the same verbs and policies."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.backoffice.deeds import actor_id, record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.views.order import found as order_found
from nitka.ground.ids import new_token
from nitka.ground.problem import Problem
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as known
from nitka.sale.returns.queries import PossibleKind, Wanted

VERBS: dict[str, Callable[..., UUID]] = {
    "return": returns.request_return, "exchange": returns.request_exchange,
    "replacement": returns.request_replacement, "complaint": returns.complain,
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff("orders.cancel")
def show(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Choose pieces and reasons; then the sums, to be told to the shopper; then their yes."""
    order = order_found(code)
    offer = known.what_is_possible(order).of(kind)
    if offer is None or kind not in VERBS:
        raise Http404
    if request.method != "POST":
        return _form(request, order, offer)
    try:
        before = known.case_of_key(_key(request, order))
        case_id = _open(request, order, kind)
    except returns.NotConfirmedProblem as problem:
        return _form(request, order, offer, sums=problem.detail.get("reckoning"))
    except Problem as problem:
        return _form(request, order, offer, error=problem.message, status=problem.status)
    case = known.case(case_id)
    assert case is not None  # it was opened just now
    if before is None:
        record(request, "return.open", case.code, {"order": order.code, "kind": kind})
    say(request, _("Opened for the shopper, who gets a mail with what to do."))
    return see_other(reverse("back:case", kwargs={"code": case.code}))


def _open(request: HttpRequest, order: OrderView, kind: str) -> UUID:
    posted = request.POST
    told: dict[str, Any] = {
        "order_id": order.id, "lines": _wanted(request, order), "by": returns.staff(actor_id(request)),
        "words": posted.get("words", "").replace("\x00", "").strip()[:4000],
        "photos": [each.read() for each in request.FILES.getlist("photos") if each.size],
        "confirmed": posted.get("sure") == "1", "key": _key(request, order),
    }  # fmt: skip
    if kind in ("return", "exchange"):
        told["refund_to"] = posted.get("refund_to", "original")[:80]
    return VERBS[kind](**told)


def _key(request: HttpRequest, order: OrderView) -> str:
    return f"{order.id}:{request.POST.get('key', '')[:60]}"


def _wanted(request: HttpRequest, order: OrderView) -> list[Wanted]:
    wanted = []
    for line in order.lines:
        pieces = request.POST.get(f"pieces-{line.id}", "")[:6]
        if pieces.isascii() and pieces.isdecimal() and int(pieces):
            new = _uuid(request.POST.get(f"new-{line.id}", ""))
            wanted.append(Wanted(line.id, int(pieces), request.POST.get(f"reason-{line.id}", "")[:20], new))
    return wanted


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _form(
    request: HttpRequest, order: OrderView, offer: PossibleKind, *, sums: Any = None, error: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    lines = {line.id: line for line in order.lines}
    context = {
        "order": order, "offer": offer, "rows": [(lines[each.line_id], each) for each in offer.lines],
        "swaps": known.swaps(order) if offer.kind == "exchange" and offer.possible else {}, "sums": sums,
        "error": error or ("" if offer.possible else offer.why_not),
        "chosen": {str(each.line_id): each for each in _wanted(request, order)}, "posted": request.POST,
        "key": request.POST.get("key") or new_token(),
        "ways": [(way, _("the way they paid") if way == "original" else words) for way, words in offer.refund_to],
    }  # fmt: skip
    answer = page(request, "backoffice/case_new.html", context)
    answer.status_code = status
    return answer

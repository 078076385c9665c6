"""After the sale: choose pieces and reasons, see policy and money, say yes, and follow it. Works without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from nitka.faces.storefront import page
from nitka.faces.storefront.order_access import COOKIE, link, opened, private
from nitka.faces.storefront.order_changes import who
from nitka.faces.storefront.returns_links import case_link
from nitka.ground.ids import new_token
from nitka.ground.problem import Problem
from nitka.ground.web.limits import check, client_address
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as known
from nitka.sale.returns.queries import CaseView, Party, PossibleKind, Wanted
from nitka.shelf.content import queries as content

TRIES = "20/h"
MOST_BYTES = 62 * 1024 * 1024
MOST_WORDS = 4000
_PICTURE_CSP = {"default-src": ["'none'"], "sandbox": [""]}


@dataclass
class Wish:
    """What was chosen so far."""

    lines: list[Wanted] = field(default_factory=list)
    refund_to: str = "original"
    words: str = ""
    key: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, language: str, code: str, kind: str) -> HttpResponse:
    """Choose, look at it, and say yes."""
    found = opened(request, code)
    if found is None:
        return _closed(language, code)
    offer = known.what_is_possible(found).of(kind)
    if offer is None:
        raise Http404
    if request.method != "POST":
        return _choose(request, language, found, offer, Wish())
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _choose(request, language, found, offer, Wish(), _("Together, the photos are too large."), 413)
    wish = _wish(request.POST, found)
    if request.POST.get("step") == "change":
        return _choose(request, language, found, offer, wish)
    try:
        if request.POST.get("step") != "confirm":
            return _review(request, language, found, offer, wish)
        check(f"return:{client_address(request)}", TRIES)
        case_id = _open(request, found, kind, wish)
    except (returns.PhotoProblem, returns.NotConfirmedProblem) as problem:
        return _review(request, language, found, offer, wish, problem.message, problem.status)
    except Problem as problem:
        return _choose(request, language, found, offer, wish, problem.message, problem.status)
    case = known.case(case_id)
    assert case is not None  # it was opened just now
    return private(HttpResponseRedirect(case_link(language, found, case.code, done="opened"), status=303))


@require_safe
def follow(request: HttpRequest, language: str, code: str, case: str) -> HttpResponse:
    """How it stands, what is to do now, and the papers."""
    found, shown = _found(request, code, case)
    return _follow(request, language, found, shown) if found and shown else _closed(language, code)


@require_POST
def act(request: HttpRequest, language: str, code: str, case: str) -> HttpResponse:
    """Call it off, or say that the parcel is on its way."""
    found, shown = _found(request, code, case)
    if found is None or shown is None:
        return _closed(language, code)
    by, deed = party(request, found), request.POST.get("deed", "")
    try:
        if deed == "cancel":
            returns.cancel_case(case_id=shown.id, by=by)
        elif deed == "sent":
            number = request.POST.get("tracking_number", "").replace("\x00", "")
            returns.mark_sent(case_id=shown.id, by=by, tracking_number=number)
        elif deed == "pay":
            return _pay(request, language, found, shown, by)
    except Problem as problem:
        return _follow(request, language, found, known.case(shown.id) or shown, problem.message, problem.status)
    return private(HttpResponseRedirect(case_link(language, found, shown.code, done=deed), status=303))


@require_safe
def paid(request: HttpRequest, language: str, code: str, case: str) -> HttpResponse:
    """The payer is back from the gateway: settle, and show the truth."""
    found, shown = _found(request, code, case)
    if found is None or shown is None:
        return _closed(language, code)
    if shown.payment_id:
        returns.ask_gateway(payment_id=shown.payment_id)
    return private(HttpResponseRedirect(case_link(language, found, shown.code), status=303))


@require_safe
def paper(request: HttpRequest, language: str, code: str, case: str, name: str) -> HttpResponse:
    """The carrier's label, or the slip that lies in the parcel, as PDF."""
    found, shown = _found(request, code, case)
    if found is None or shown is None:
        return _closed(language, code)
    pdf = known.label_pdf(shown.id) if name == "label" else known.slip_pdf(shown.id)
    if pdf is None or not shown.needs_goods:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{shown.code}-{name}.pdf"'
    return private(response)


@require_safe
@csp_override(_PICTURE_CSP)
def photo(request: HttpRequest, language: str, code: str, case: str, photo_id: UUID) -> HttpResponse:
    """A photo of theirs, for nobody else."""
    found, shown = _found(request, code, case)
    content_of = known.photo(photo_id, shown.id) if found and shown else None
    if content_of is None:
        raise Http404
    response = HttpResponse(content_of, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def party(request: HttpRequest, found: OrderView) -> Party:
    """Who is at the screen: the order's customer, signed in; else the holder of its link, who may not use their means.
    `opened` has let them in."""
    me = who(request, found).customer_id
    if me:
        return returns.customer(me)
    is_link = found.token in (request.GET.get("k"), request.COOKIES.get(COOKIE))
    return returns.holder(found.token if is_link else "")


def _found(request: HttpRequest, code: str, case: str) -> tuple[OrderView | None, CaseView | None]:
    found = opened(request, code)
    return found, known.case_by_code(case, found) if found else None


def _open(request: HttpRequest, found: OrderView, kind: str, wish: Wish) -> UUID:
    photos = [each.read() for each in request.FILES.getlist("photos") if each.size]
    told: dict[str, Any] = {
        "order_id": found.id, "lines": wish.lines, "by": party(request, found), "words": wish.words, "photos": photos,
        "confirmed": True, "key": f"{found.id}:{wish.key}" if wish.key else "",
    }  # fmt: skip
    if kind == "return":
        return returns.request_return(refund_to=wish.refund_to, **told)
    if kind == "exchange":
        return returns.request_exchange(refund_to=wish.refund_to, **told)
    return returns.request_replacement(**told) if kind == "replacement" else returns.complain(**told)


def _pay(request: HttpRequest, language: str, found: OrderView, case: CaseView, by: Party) -> HttpResponse:
    mean, _slash, choice = request.POST.get("mean", "").partition("/")
    back = case_link(language, found, case.code, name="order_case_paid")
    begun = returns.pay_difference(case_id=case.id, by=by, mean=mean, choice=choice, return_url=back)
    to = begun.url if begun.kind == "redirect" else back
    return private(HttpResponseRedirect(to, status=303))


def _wish(posted: Mapping[str, str], found: OrderView) -> Wish:
    def typed(name: str, most: int) -> str:
        return posted.get(name, "").replace("\x00", "").strip()[:most]

    lines = []
    for line in found.lines:
        pieces = typed(f"pieces-{line.id}", 6)
        if pieces.isascii() and pieces.isdecimal() and int(pieces):
            new = _uuid(typed(f"new-{line.id}", 36))
            lines.append(Wanted(line.id, int(pieces), typed(f"reason-{line.id}", 20), new))
    return Wish(lines, typed("refund_to", 80) or "original", typed("words", MOST_WORDS), typed("key", 60))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _choose(
    request: HttpRequest, language: str, found: OrderView, offer: PossibleKind, wish: Wish, error: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    if not offer.possible and not error:
        error = offer.why_not
    lines = {line.id: line for line in found.lines}
    context = {
        "order": found, "offer": offer, "chosen": {each.line_id: each for each in wish.lines}, "wish": wish,
        "rows": [(lines[each.line_id], each) for each in offer.lines],
        "swaps": known.swaps(found) if offer.kind == "exchange" and offer.possible else {},
        "back": link(language, found), "error": error,
    }  # fmt: skip
    return private(page.show(request, "storefront/order/returns/choose.html", context, status=status))


def _review(
    request: HttpRequest, language: str, found: OrderView, offer: PossibleKind, wish: Wish, error: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    sums = known.money_of(order=found, kind=offer.kind, lines=wish.lines, refund_to=wish.refund_to, words=wish.words)
    lines = {line.id: line for line in found.lines}
    names: dict[UUID | None, str] = {}
    if offer.kind == "exchange":
        names = {each.variant_id: each.text for some in known.swaps(found).values() for each in some}
    context = {
        "order": found, "offer": offer, "wish": wish, "sums": sums, "key": wish.key or new_token(), "error": error,
        "rows": [(lines[each.line_id], each, known.reason_text(each.reason) if each.reason else "",
                  names.get(each.new_variant_id, "")) for each in wish.lines],
        "to": known.refund_to_text(wish.refund_to), "back": link(language, found),
    }  # fmt: skip
    return private(page.show(request, "storefront/order/returns/review.html", context, status=status))


def _follow(
    request: HttpRequest, language: str, found: OrderView, case: CaseView, error: str = "", status: int = 200
) -> HttpResponse:
    pays = case.to_pay_minor if case.state == "requested" else 0
    context = {
        "order": found, "case": case, "zone": content.shop().zone, "back": link(language, found), "error": error,
        "has_label": case.has_label and known.label_pdf(case.id) is not None,
        "qr": Markup(known.qr_svg(case.code)) if case.has_label else "",  # noqa: S704 (drawn by returns)
        "address": content.shop().address_lines(language), "done": request.GET.get("done", ""),
        "to": lambda name, **more: case_link(language, found, case.code, name=name, **more),
        "methods": known.difference_methods(found, pays) if pays else (),
        "own": known.own_means(found, pays) if pays and party(request, found).who == "customer" else (),
    }  # fmt: skip
    return private(page.show(request, "storefront/order/returns/case.html", context, status=status))


def _closed(language: str, code: str) -> HttpResponse:
    return private(HttpResponseRedirect(reverse("order", args=[language, code]), status=303))

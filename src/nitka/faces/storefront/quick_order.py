"""Many lines at once: typed or pasted as `SKU; pieces`, from a file, from a list; and a price asked for a cart."""

import csv
import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.cart_cookie import keep_token, token_of
from nitka.faces.storefront.checkout_company import uuid_of
from nitka.faces.storefront.page import show
from nitka.ground import money
from nitka.ground.locale import pick
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.customers.queries import CustomerView
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as carts
from nitka.sale.checkout.actions import PutMany, Wanted
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as agreed
from nitka.shelf.catalog import queries as catalog

LONGEST, MOST_LINES = 100_000, 500


@rate_limit("quick_order", "30/m", store="memory")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """The form; after a post what became of each line. What could not be read stays in the field to be mended."""
    if request.method != "POST":
        return _page(request, me, {})
    text = _text(request)
    wanted, unread = read_lines(text)
    if not wanted:
        return _page(request, me, {"text": text, "error": _("Write lines such as: LAMP-1; 10"), "unread": unread}, 422)
    put = checkout.put_many(
        token=token_of(request) or None, wanted=wanted, market=request.market, language=language,  # type: ignore[attr-defined]
        customer_id=me.id,
    )  # fmt: skip
    left = "\n".join([*unread, *(f"{each.sku}; {each.pieces - each.put}" for each in put.left_out)])
    return _answered(request, me, put, {"text": left, "unread": unread})


def _answered(request: HttpRequest, me: CustomerView, put: PutMany, more: Mapping[str, Any]) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]
    words = state_words()
    rows = [
        (each.sku, pick(each.title, language) if each.title else "", each.pieces, each.put, each.state,
         words[each.state])
        for each in put.lines
    ]  # fmt: skip
    response = _page(request, me, {"rows": rows, "put_in": sum(each.put for each in put.lines), **more})
    if put.token:
        keep_token(response, put.token)
    return response


def _page(request: HttpRequest, me: CustomerView, more: Mapping[str, Any], status: int = 200) -> HttpResponse:
    members = agreed.memberships(me.id)
    context = {
        "me": me, "here": "quick_order", "lists": agreed.lists_of(me.id, _companies(members)), "members": members,
        "company_names": {each.company_id: each.company_name for each in members}, **more,
    }  # fmt: skip
    return show(request, "storefront/account/quick_order.html", context, status=status)


def _text(request: HttpRequest) -> str:
    """What was typed and what the file says, as lines; a file of Excel may be of Windows' letters."""
    text = request.POST.get("lines", "")[:LONGEST]
    upload = request.FILES.get("file")
    if upload:
        raw = upload.read(LONGEST)
        try:
            text += "\n" + raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text += "\n" + raw.decode("cp1250", errors="replace")
    return text.replace("\x00", "").strip()


def read_lines(text: str) -> tuple[list[Wanted], list[str]]:
    """Lines as SKU and pieces, and the lines that say neither. Parted by semicolon, comma, tab or the last space; no
    pieces is one piece; a first line of headings is left out."""
    wanted: list[Wanted] = []
    unread: list[str] = []
    for place, line in enumerate(line.strip() for line in text.splitlines() if line.strip()):
        sku, pieces = _parted(line)
        if sku and pieces.isascii() and pieces.isdecimal() and int(pieces[:9]) > 0 and len(wanted) < MOST_LINES:
            wanted.append(Wanted(sku[:120], int(pieces[:9])))
        elif place == 0 and pieces and not any(each.isdigit() for each in pieces):
            continue  # headings
        else:
            unread.append(line[:200])
    return wanted, unread


def _parted(line: str) -> tuple[str, str]:
    mark = next((each for each in ("\t", ";", ",") if each in line), None)
    if mark:
        cells = next(csv.reader(io.StringIO(line), delimiter=mark), [])
        sku, pieces = ([each.strip() for each in cells] + ["", ""])[:2]
        return sku, pieces or "1"
    sku, _space, pieces = line.rpartition(" ")
    return (sku.strip(), pieces) if sku and pieces.isdecimal() else (line, "1")


def state_words() -> dict[str, str]:
    """What became of a line."""
    return {
        "ok": _("in the cart"), "short": _("fewer than you want"), "sold_out": _("sold out, or all in the cart"),
        "not_sold": _("not sold here"), "unknown": _("unknown number"),
    }  # fmt: skip


@require_http_methods(["POST"])
@signed_in
def keep_list(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Keep what is in the cart as a list."""
    company = uuid_of(request.POST.get("company", ""))
    members = agreed.memberships(me.id)
    if company is not None and company not in _companies(members):
        raise Http404
    cart = carts.cart(token_of(request), language)
    lines = {line.variant_id: line.quantity for line in cart.lines}
    try:
        name = request.POST.get("name", "").replace("\x00", "")
        companies.keep_list(customer_id=me.id, company_id=company, name=name, lines=lines)
    except Problem as problem:
        return _page(request, me, {"list_error": problem.message}, problem.status)
    return HttpResponseRedirect(reverse("quick_order", args=[language]), status=303)


@require_http_methods(["POST"])
@signed_in
def use_list(request: HttpRequest, language: str, me: CustomerView, list_id: UUID) -> HttpResponse:
    """Put a list into the cart, or delete it."""
    found = agreed.list_for(list_id, me.id, _companies(agreed.memberships(me.id)))
    if found is None:
        raise Http404
    if request.POST.get("deed") == "drop":
        companies.drop_list(list_id=list_id)
        return HttpResponseRedirect(reverse("quick_order", args=[language]), status=303)
    known = catalog.variants(list(found.lines))
    wanted = [Wanted(known[each].sku if each in known else "–", n, each) for each, n in found.lines.items()]
    put = checkout.put_many(
        token=token_of(request) or None, wanted=wanted, market=request.market, language=language,  # type: ignore[attr-defined]
        customer_id=me.id,
    )  # fmt: skip
    return _answered(request, me, put, {})


@rate_limit("ask_quote", "20/m", store="memory")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask_price(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Ask the shop for a price of what is in the cart."""
    members = [each for each in agreed.memberships(me.id) if each.may_buy]
    token = token_of(request)
    cart = carts.cart(token, language)
    if not members or cart.is_empty:
        return HttpResponseRedirect(reverse("cart", args=[language]), status=303)
    error = ""
    if request.method == "POST":
        try:
            company = uuid_of(request.POST.get("company", "")) or members[0].company_id
            checkout.buy_for(token=token, customer_id=me.id, company_id=company)
            words = request.POST.get("words", "").replace("\x00", "")
            code = checkout.ask_for_quote(token=token, customer_id=me.id, wishes=_wishes(request, cart), words=words)
            return HttpResponseRedirect(reverse("account_quote", args=[language, code]), status=303)
        except Problem as problem:
            error = problem.message
    context = {"me": me, "here": "account_company", "cart": cart, "members": members, "error": error}
    return show(request, "storefront/account/ask_price.html", context, status=422 if error else 200)


def _wishes(request: HttpRequest, cart: carts.CartView) -> dict[UUID, int]:
    """Prices that were wished for; what is no price is no wish."""
    found: dict[UUID, int] = {}
    for line in cart.lines:
        try:
            found[line.variant_id] = money.parse(request.POST.get(f"wish.{line.variant_id}", ""), cart.currency)
        except ValueError:
            continue
    return found


def _companies(members: tuple[agreed.Member, ...]) -> tuple[UUID, ...]:
    return tuple(each.company_id for each in members)

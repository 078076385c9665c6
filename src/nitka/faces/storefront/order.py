"""The page of an order: its thread, what can be done, what was bought, the papers. And the way to find it."""

import dataclasses
import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from nitka.care.desk import queries as desk
from nitka.faces.storefront import delays, order_push, page
from nitka.faces.storefront.installing import keep_here
from nitka.faces.storefront.order_access import id_of, link, live_link, opened, private, remember
from nitka.faces.storefront.order_thread import headline, knots
from nitka.faces.storefront.returns_links import after_sale, with_cases
from nitka.ground import clock, locale
from nitka.ground.problem import Problem
from nitka.ground.web.limits import check, client_address
from nitka.ground.web.pages import render
from nitka.people.customers import queries as people
from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import actions as checkout
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content

TRIES = "10/m"
_PAGES = ("invoice", "withdraw", "cancel", "ask", "pay")


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The order, for who may see it; else the question for its e-mail address, the same whether it exists or not."""
    if request.method == "POST":
        return _by_email(request, language, code)
    found = opened(request, code)
    if found is None:
        return _ask(request, language, code=code)
    if found.status == "awaiting":
        found = _settled(found)
    response = show_order(request, language, found)
    if "k" in request.GET:
        remember(response, language, found.code, found.token)
    return response


@require_safe
def live(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The part of the page that changes, asked for each second; 304 while nothing changed, without drawing it."""
    order_id = id_of(request.GET.get("key", ""))
    if order_id is None:
        raise Http404
    tag = _tag(order_id, language)
    if tag and request.headers.get("If-None-Match") == tag:
        return private(HttpResponseNotModified(headers={"ETag": tag}))
    found = orders.order(order_id)
    if found is None or found.code != code:
        raise Http404
    response = render(request, "storefront/order/live.html", _context(found, language))
    if tag:
        response["ETag"] = tag
    return private(response)


@require_safe
def invoice(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The invoice as PDF, once there is one; with `?number=` a credit note."""
    found = opened(request, code)
    if found is None:
        return _ask(request, language, code=code)
    try:
        pdf = orders.invoice_pdf(found.id, request.GET.get("number", "")[:50])
    except order_actions.NoInvoiceYetProblem as problem:
        return show_order(request, language, found, error=problem.message, status=problem.status)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, language: str) -> HttpResponse:
    """Code and e-mail address open the order."""
    return _by_email(request, language) if request.method == "POST" else _ask(request, language)


def _by_email(request: HttpRequest, language: str, code: str = "") -> HttpResponse:
    code = (code or request.POST.get("code", "")).replace("\x00", "").strip()[:40]
    email = request.POST.get("email", "").replace("\x00", "").strip()[:254]
    check(f"order_find:{client_address(request)}", TRIES)
    found = orders.order_for_stranger(code, email)
    if found is None:
        wrong = _("We find no order with this number and this address. Please check both; the number is in our mail.")
        return _ask(request, language, code=code, email=email, error=wrong, status=404)
    response = HttpResponseRedirect(link(language, found), status=303)
    remember(response, language, found.code, found.token)
    return private(response)


def _ask(
    request: HttpRequest, language: str, *, code: str = "", email: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    context = {"code": code, "email": email, "error": error}
    return private(page.show(request, "storefront/order/find.html", context, status=status))


def show_order(
    request: HttpRequest, language: str, found: OrderView, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The page of an order that the request may see."""
    shell = page.shell(request, paths={code: link(code, found) for code in locale.LANGUAGES})
    context = {
        **_context(found, language), "shell": dataclasses.replace(shell, links=page.HIDDEN), "error": error,
        "notice": _done(request, found),
        "town_lines": town_lines, "push": order_push.part(found, language),
        "changes": _changes(found, language),
        "conversations": desk.conversations_of_order(found.code),
        "country_names": dict(people.countries((found.shipping_address.country, *_other_country(found)), language)),
    }  # fmt: skip
    return private(keep_here(render(request, "storefront/order/order.html", context, status=status), "order"))


# Where the post wants the postcode behind the town; elsewhere it stands before it.
_POSTCODE_LAST = {"US", "CA", "AU", "GB", "IE"}


def town_lines(address: PostalAddress) -> list[str]:
    """Town, region and postcode as they are written in that country."""
    if address.country in _POSTCODE_LAST:
        town = f"{address.city}, {address.region}" if address.region else address.city
        return [f"{town} {address.postcode}".strip()]
    return [line for line in (f"{address.postcode} {address.city}".strip(), address.region) if line]


def _other_country(found: OrderView) -> tuple[str, ...]:
    other = found.billing_address.country
    return (other,) if other != found.shipping_address.country else ()


def _changes(found: OrderView, language: str) -> dict[str, Any]:
    from nitka.faces.storefront.order_changes import links  # which shows this page where it says no

    return links(found, language)


def _done(request: HttpRequest, found: OrderView) -> str:
    """What the deed before this page did, if the order says so too."""
    done = request.GET.get("done", "")
    if done == "withdrawn" and found.withdrawals:
        return _("Your withdrawal is declared. We have confirmed it to you by e-mail just now.")
    if done == "delay" and found.promise.choice:
        return _("Thank you. We have written down what you chose.")
    if done == "changed":
        return _("Your order is changed. We have confirmed it to you by e-mail.")
    if done == "cancelled" and found.status == "cancelled":
        paid = found.paid or found.refunded_minor
        return (
            _("Your order is cancelled. What you paid is on its way back to you.")
            if paid
            else _("Your order is cancelled.")
        )
    return ""


def _context(found: OrderView, language: str) -> dict[str, Any]:
    zone = content.shop().zone
    until = found.withdraw_until
    after = after_sale(found, language)
    return {
        "order": found, "after": after, "knots": with_cases(knots(found, language, zone), after, language, zone),
        "headline": headline(found, language, zone),
        "zone": zone,
        "qr": Markup(found.bank.qr_svg) if found.bank and found.bank.qr_svg else "",  # noqa: S704 (drawn by payments)
        "links": {name: link(language, found, f"order_{name}") for name in _PAGES},
        "delay": delays.words(found, language),
        "credit_notes": _credit_notes(found) if found.has_invoice and found.refunded_minor else (),
        "live_link": live_link(language, found),
        "withdraw_until": last_day(until, zone, language) if until else "",
        "is_live": found.status not in ("delivered", "cancelled", "failed"), "demo": settings.NITKA_DEMO,
    }  # fmt: skip


def _credit_notes(found: OrderView) -> tuple[orders.PaperView, ...]:
    return tuple(each for each in orders.papers_of(found.id) if each.kind == "credit_note")


def last_day(until: datetime, zone: str, language: str) -> str:
    """The last whole day before that moment: who may act until midnight may act on this day."""
    return locale.format_date(clock.local(until - timedelta(seconds=1), zone).date(), language)


def _settled(found: OrderView) -> OrderView:
    """Ask the gateway once more when the page is opened; the parts that are asked for each second only look."""
    with suppress(Problem):  # declined, or not reached: the page says how it stands
        checkout.finish(order_id=found.id)
    return orders.order(found.id) or found


def _tag(order_id: UUID, language: str) -> str:
    """What the page is made of, in short: two queries while nothing was shipped, and no drawing."""
    known = orders.order_rows().filter(id=order_id).values_list("changed_in", "status").first()
    if known is None:
        return ""
    changed, status = known
    parcels = shipping.shipments_of(order_id) if status in ("shipped", "delivered") else ()
    news = [(parcel.state, parcel.promised_on, len(parcel.steps)) for parcel in parcels]
    plain = f"{language} {changed} {status} {news} {clock.now().date()}"
    return f'"{hashlib.sha256(plain.encode()).hexdigest()[:20]}"'

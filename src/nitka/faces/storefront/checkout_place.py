"""Pressing the order button: check, keep, place; and what stands in the way, said where it can be mended."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nitka.faces.storefront import checkout_company, checkout_credit, checkout_form, checkout_page, recognising
from nitka.faces.storefront.checkout_form import Form
from nitka.faces.storefront.consent_bar import visitor_of
from nitka.faces.storefront.order_access import remember
from nitka.ground import locale
from nitka.ground.problem import Problem
from nitka.ground.web.limits import client_address
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as carts
from nitka.sale.orders import actions as orders
from nitka.sale.orders.queries import Placed
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.queries import Seen


def place_order(request: HttpRequest, language: str, token: str, form: Form) -> HttpResponse | None:
    """The way on, or None where the form must be shown again; then it says why. Raises NoCartProblem.

    The key of the form makes two presses one order. A cart that was ordered already leads to its order.
    """
    cart = carts.contents(token)
    if cart is None:
        return _placed_before(request, language, token, form)
    seen = request.POST.get("version", "")
    if seen and seen != checkout_page.fingerprint(cart.market, cart.pieces):
        checkout_form.keep(token, language, form, final=False)
        form.notice = _("Your cart was changed in another window. Look at it again before you order.")
        return None
    form.values.setdefault("country", cart.country)
    checkout_form.keep(token, language, form, final=True)
    checkout_credit.keep(request, token, form)
    checkout_company.keep(request, token, form)
    checkout_page.use_code(token, form, form["code"])
    if not form["payment"] and _minor(request.POST.get("seen_due", "")) != 0:
        form.errors.setdefault("payment", _("Choose how you want to pay."))
    if form.errors or form.moved_to:
        return None
    return _pressed(request, language, token, form)


def _pressed(request: HttpRequest, language: str, token: str, form: Form) -> HttpResponse | None:
    try:
        placed = checkout.place(
            token=token, key=_key(request, form), return_url=return_url(request, language),
            seen_total_minor=_seen(request, form, "seen_total"), customer_id=checkout_credit.buyer(request),
            seen_due_minor=_seen(request, form, "seen_due"), seen=_from_where(request),
        )  # fmt: skip
    except checkout.NoCartProblem:
        raise
    except checkout.PriceChangedProblem as problem:
        _tell_price(form, problem, language)
    except orders.PaymentDeclinedProblem:
        checkout_page.tell_declined(form)
    except payments.GatewayUnreachedProblem as problem:
        form.errors["payment"] = problem.message
    except checkout.MissingProblem as problem:
        form.errors |= checkout_form.errors_of(problem)
    except Problem as problem:
        # Sold out, a code that was used up, goods that left the shop: the summary marks the line.
        form.errors["cart"] = problem.message
    else:
        _remember_who(request, form)
        return way_on(language, placed)
    return None


def _from_where(request: HttpRequest) -> Seen:
    """Prints of the address and the device, for the rules against fraud."""
    return Seen(
        ip=money.print_of_ip(client_address(request)), device=money.print_of("device", visitor_of(request))
    )  # fmt: skip


def _remember_who(request: HttpRequest, form: Form) -> None:
    known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    user_id = request.user.id if known else None
    recognising.ordered(request, email=form["email"], phone=form["phone"], country=form["country"], user_id=user_id)


def _placed_before(request: HttpRequest, language: str, token: str, form: Form) -> HttpResponse | None:
    """Back button, second press, time-out: the order of this cart stands already, and this is the way to it."""
    placed = checkout.place(token=token, key=_key(request, form), return_url=return_url(request, language))
    return way_on(language, placed)


def way_on(language: str, placed: Placed) -> HttpResponse:
    """To the gateway if it wants to see the payer, else to the order's page, which may be opened from now on."""
    if placed.next and placed.next.kind == "redirect":
        response: HttpResponse = HttpResponseRedirect(placed.next.url, status=303)
    elif placed.next and placed.next.kind == "page":
        address = reverse("order_pay", args=[language, placed.code])
        response = HttpResponseRedirect(f"{address}?k={placed.token}", status=303)
    else:
        address = reverse("order", args=[language, placed.code])
        response = HttpResponseRedirect(f"{address}?k={placed.token}", status=303)
    remember(response, language, placed.code, placed.token)
    return response


def return_url(request: HttpRequest, language: str) -> str:
    """Where a gateway sends the payer back to. Whole addresses are made of the public one, never of the Host header;
    who reached the shop by another name (in the demo) comes back by a path."""
    public = settings.NITKA_PUBLIC_URL
    origin = public if urlsplit(public).netloc == request.get_host() else ""
    return f"{origin}/{language}/order/{{code}}/return-from-payment?k={{token}}"


def _key(request: HttpRequest, form: Form) -> str:
    """The form's key, with how it is paid: another card after a declined one is another try."""
    plain = "|".join((request.POST.get("key", "")[:100], form["payment"], form["choice"]))
    return hashlib.sha256(plain.encode()).hexdigest()


def _seen(request: HttpRequest, form: Form, what: str) -> int | None:
    """What the page showed: the total, or what of it was left to pay; with what it showed for another delivery or
    payment chosen since."""
    total = _minor(request.POST.get(what, ""))
    if total is None:
        return None
    shown = dict(each.rpartition(":")[::2] for each in request.POST.get("seen_more", "")[:1000].split())
    return total + sum(_minor(shown.get(form[name], "")) or 0 for name in ("delivery", "payment"))


def _minor(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else None


def _tell_price(form: Form, problem: checkout.PriceChangedProblem, language: str) -> None:
    currency = str(problem.detail["currency"])
    before, now = (
        locale.format_money(int(problem.detail[name]), currency, language) for name in ("seen_minor", "total_minor")
    )
    words = _("The total changed from %(before)s to %(now)s while you were here. Nothing was ordered yet.")
    form.errors["cart"] = words % {"before": before, "now": now}

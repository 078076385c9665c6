"""Buying for a company in the form of the checkout: which one, its own number of the purchase, asking for approval."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from nitka.faces.storefront import checkout_credit, checkout_form
from nitka.faces.storefront.cart_cookie import token_of
from nitka.faces.storefront.checkout_form import Form
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout.queries import CheckoutView

MYSELF = "myself"


def keep(request: HttpRequest, token: str, form: Form) -> None:
    """Keep for whom it is bought, where the form asked. Raises NoCartProblem."""
    chosen = request.POST.get("buys_for", "")
    me = checkout_credit.buyer(request) if chosen else None
    if me is None:
        return
    company = uuid_of(chosen)
    if company is None and chosen != MYSELF:
        return
    try:
        checkout.buy_for(token=token, customer_id=me, company_id=company, po_number=form["po_number"])
    except checkout.NoCartProblem:
        raise
    except Problem as problem:
        form.errors["buys_for"] = problem.message


def fill(form: Form, view: CheckoutView) -> None:
    """What we know of the company need not be typed. Nothing of it is kept before it is sent."""
    form.values.setdefault("po_number", view.po_number)
    if view.member and not form["vat_number"] and not view.email:
        form.values["vat_number"] = view.member.tax_number


@rate_limit("checkout_ask", "20/m", store="memory")
def ask(request: HttpRequest, language: str) -> HttpResponse:
    """Ask the company's approvers for this cart; what lacks for that is said on the page of the checkout."""
    from nitka.faces.storefront.checkout import shown

    token, me = token_of(request), checkout_credit.buyer(request)
    if request.method != "POST" or me is None:
        return HttpResponseRedirect(reverse("checkout", args=[language]))
    form = checkout_form.read(request)
    try:
        checkout_form.keep(token, language, form, final=True)
        checkout_credit.keep(request, token, form)
        keep(request, token, form)
        if not form.errors:
            words = request.POST.get("approval_words", "").replace("\x00", "")
            approval = checkout.ask_for_approval(token=token, customer_id=me, words=words)
            return HttpResponseRedirect(reverse("account_approval", args=[language, approval]), status=303)
    except checkout.NoCartProblem:
        return HttpResponseRedirect(reverse("cart", args=[language]), status=303)
    except checkout.MissingProblem as problem:
        form.errors |= checkout_form.errors_of(problem)
    except Problem as problem:
        form.errors["cart"] = problem.message
    return shown(request, language, token, form)


def uuid_of(text: str) -> UUID | None:
    """The id in a field, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None

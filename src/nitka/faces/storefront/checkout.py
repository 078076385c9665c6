"""The checkout: one page, one form. `update` keeps what was typed and counts anew, `place` orders."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from nitka.faces.storefront import checkout_company, checkout_credit, checkout_form, checkout_page, happenings
from nitka.faces.storefront.cart_cookie import keep_token, token_of
from nitka.faces.storefront.cart_page import Said, cart_page, is_live
from nitka.faces.storefront.checkout_form import Form
from nitka.faces.storefront.checkout_place import place_order
from nitka.faces.storefront.visitors import remember_market, with_query
from nitka.ground.web.limits import rate_limit
from nitka.sale.checkout import actions
from nitka.sale.checkout import queries as carts


@require_safe
def checkout(request: HttpRequest, language: str) -> HttpResponse:
    """The page, with what the cart remembers of the shopper."""
    token = token_of(request)
    view = carts.checkout(token, language, checkout_credit.buyer(request)) if token else None
    if view is None or view.cart.is_empty:
        return HttpResponseRedirect(with_query(request, reverse("cart", args=[language])))
    form = checkout_form.of_cart(view)
    checkout_company.fill(form, view)
    checkout_page.fill_from_account(request, form)
    if "declined" in request.GET:
        checkout_page.tell_declined(form)
    return checkout_page.page(request, language, view, form)


@rate_limit("checkout_update", "120/m", store="memory")
def update(request: HttpRequest, language: str) -> HttpResponse:
    """Keep what was typed, use or take off a code, and show the page with new sums."""
    if request.method != "POST":
        return _to_checkout(language)
    token, form = token_of(request), checkout_form.read(request)
    try:
        checkout_form.keep(token, language, form, final=False)
        checkout_credit.keep(request, token, form)
        checkout_company.keep(request, token, form)
        used, dropped = _codes(request, token, form)
    except actions.NoCartProblem as problem:
        return _gone(request, language, problem)
    return shown(request, language, token, form, used, dropped)


@rate_limit("checkout_place", "60/m", store="memory")
def place(request: HttpRequest, language: str) -> HttpResponse:
    """The order button."""
    if request.method != "POST":
        return _to_checkout(language)
    token, form = token_of(request), checkout_form.read(request)
    try:
        done = place_order(request, language, token, form)
    except actions.NoCartProblem as problem:
        return _gone(request, language, problem)
    if done is not None:
        return done
    return shown(request, language, token, form)


def shown(
    request: HttpRequest, language: str, token: str, form: Form, used: str = "", dropped: str = ""
) -> HttpResponse:
    """The page after a post: what was typed stands in it, whatever was wrong with it."""
    view = carts.checkout(token, language, checkout_credit.buyer(request))
    if view is None or view.cart.is_empty:
        return HttpResponseRedirect(reverse("cart", args=[language]), status=303)
    if form.moved_to:
        request.market = form.moved_to  # type: ignore[attr-defined]
    status = 422 if form.errors and not is_live(request) else 200
    happened = happenings.coupon("use", used, view.cart, form.errors.get("code", "")) + happenings.coupon(
        "drop", dropped, view.cart
    )
    response = checkout_page.page(request, language, view, form, status=status, happened=happened)
    keep_token(response, token)
    if form.moved_to:
        remember_market(response, form.moved_to, request.units)  # type: ignore[attr-defined]
    return response


def _codes(request: HttpRequest, token: str, form: Form) -> tuple[str, str]:
    """Use and take off codes; which were tried, which went."""
    drop, offered = request.POST.get("code_drop", ""), request.POST.get("code_use", "")
    if drop:
        actions.drop_coupon(token=token, code=drop[:100])
    used = offered.replace("\x00", "")[:100] or form["code"]
    if checkout_credit.is_gift_card(used):
        form.values["code"] = ""
        checkout_credit.use(request, token, form, used)
        return "", drop[:100]
    checkout_page.use_code(token, form, used)
    return used, drop[:100]


def _to_checkout(language: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("checkout", args=[language]))


def _gone(request: HttpRequest, language: str, problem: actions.NoCartProblem) -> HttpResponse:
    """The cart was forgotten after thirty days, or was ordered in another window."""
    return cart_page(request, language, "", Said(error=problem.message, status=409))

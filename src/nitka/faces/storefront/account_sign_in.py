"""Signing in by a code in the mailbox or by a passkey, and out again. Nobody learns here who has an account."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.storefront import recognising, wish_cookie
from nitka.faces.storefront.account_guard import own_path
from nitka.faces.storefront.page import show
from nitka.faces.storefront.visitors import remember_market
from nitka.ground.problem import Problem
from nitka.ground.web.limits import client_address, rate_limit
from nitka.growth.wishes import actions as wishes
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as known
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.sale.checkout import actions as checkout

PASSKEY = "nitka_passkey_sign_in"
MONTH = 30 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit("sign-in", "30/m")
def sign_in(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for the e-mail address and mail a code."""
    again = bool(request.GET.get("again") or request.POST.get("again"))
    target = own_path(request.POST.get("next") or request.GET.get("next", ""), language)
    if request.user.is_authenticated and not again:
        return HttpResponseRedirect(target)
    user: Any = request.user
    email = request.POST.get("email", user.email if request.user.is_authenticated else "").strip()[:254]
    context = {"email": email, "target": target, "again": again, "error": ""}
    if request.method != "POST":
        return _private(show(request, "storefront/account/sign_in.html", context))
    try:
        challenge = accounts.ask_code(email=email, language=language, address=client_address(request))
    except Problem as problem:
        context["error"] = problem.message
        return _private(show(request, "storefront/account/sign_in.html", context, status=problem.status))
    query = urlencode({"challenge": challenge.hex, "next": target})
    return HttpResponseRedirect(f"{reverse('sign_in_code', args=[language])}?{query}", status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit("sign-in-code", "30/m")
def code(request: HttpRequest, language: str) -> HttpResponse:
    """Take the code from the mail."""
    given = request.POST if request.method == "POST" else request.GET
    target = own_path(given.get("next", ""), language)
    asked = _asked(given.get("challenge", ""))
    if asked is None:
        return HttpResponseRedirect(reverse("sign_in", args=[language]))
    challenge, email = asked
    context = {"challenge": challenge.hex, "email": email, "target": target, "error": "", "staff": False}
    if request.method != "POST":
        return _private(show(request, "storefront/account/code.html", context))
    try:
        user_id = accounts.check_code(
            challenge_id=challenge, code=given.get("code", "")[:40], address=client_address(request)
        )
    except Problem as problem:
        context["error"] = problem.message
        return _private(show(request, "storefront/account/code.html", context, status=problem.status))
    if known.needs_second_factor(user_id, "code"):
        # The second factor is asked for in one place.
        return _private(show(request, "storefront/account/code.html", {**context, "staff": True}, status=403))
    return arrive(request, language, user_id, "code", target)


@require_POST
@rate_limit("passkey", "30/m")
def passkey_begin(request: HttpRequest, language: str) -> HttpResponse:
    """What the browser needs to show a passkey of this shop."""
    options, state = accounts.begin_passkey_sign_in()
    request.session[PASSKEY] = state
    return _private(JsonResponse(options))


@require_POST
@rate_limit("passkey", "30/m")
def passkey(request: HttpRequest, language: str) -> HttpResponse:
    """The passkey that the browser showed. Answers where to go, or what is wrong."""
    said = read_json(request)
    state = request.session.pop(PASSKEY, None)
    credential = said.get("credential")
    try:
        user_id = accounts.check_passkey(
            state=state, credential=credential if isinstance(credential, dict) else {}, address=client_address(request)
        )
    except Problem as problem:
        return JsonResponse({"error": problem.message}, status=problem.status)
    response = arrive(request, language, user_id, "passkey", own_path(str(said.get("next", "")), language))
    answer = JsonResponse({"go": response["Location"]})
    answer.cookies = response.cookies
    return _private(answer)


@require_POST
def sign_out(request: HttpRequest, language: str) -> HttpResponse:
    """Sign this browser out. Cart and wishes stay in the account; the next person at this screen sees neither."""
    accounts.close_session(request=request)
    response = HttpResponseRedirect(reverse("home", args=[language]), status=303)
    response.delete_cookie(settings.NITKA_CART_COOKIE, samesite="Lax")
    wish_cookie.forget(response, hint=False)
    return response


def arrive(request: HttpRequest, language: str, user_id: UUID, method: str, target: str) -> HttpResponse:
    """Open the session, join guest and cart to the person, and go on."""
    user = known.user(user_id)
    assert user is not None
    accounts.open_session(request=request, user_id=user_id, method=method)
    customer_id = customers.link_user(
        user_id=user_id, email=user.email, language=language, market=request.market, units=request.units  # type: ignore[attr-defined]
    )  # fmt: skip
    recognising.signed_in(request, user_id)
    response = HttpResponseRedirect(target, status=303)
    _join_cart(request, response, customer_id)
    if wishes.join_lists(device=wish_cookie.device_of(request), customer_id=customer_id):
        wish_cookie.keep(response, "")
        wish_cookie.forget(response, hint=True)
    _recall_preferences(request, response, customer_id)
    return response


def _join_cart(request: HttpRequest, response: HttpResponse, customer_id: UUID) -> None:
    token = request.COOKIES.get(settings.NITKA_CART_COOKIE, "")
    try:
        cart = checkout.join_carts(token=token, customer_id=customer_id)
    except Problem:
        return  # a cart that cannot be joined must keep nobody out
    if cart and cart.token and cart.token != token:
        _cookie(response, settings.NITKA_CART_COOKIE, cart.token, MONTH)


def _recall_preferences(request: HttpRequest, response: HttpResponse, customer_id: UUID) -> None:
    """A browser that chose nothing yet shows the shop as its owner chose to see it elsewhere."""
    me = people.customer(customer_id)
    if me and me.market and settings.NITKA_PREFS_COOKIE not in request.COOKIES:
        remember_market(response, me.market, me.units)


def _cookie(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True, path="/"
    )


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body as a JSON object; anything else is an empty one."""
    try:
        said = json.loads(request.body[:200_000])
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _asked(text: str) -> tuple[UUID, str] | None:
    try:
        challenge = UUID(text)
    except ValueError:
        return None
    found = known.code_request(challenge)
    return (challenge, found.email) if found else None


def _private(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "no-store")
    return response

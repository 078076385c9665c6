"""How the customer signs in, and where the customer is signed in."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nitka.faces.storefront.account_guard import lately, signed_in
from nitka.faces.storefront.account_sign_in import read_json
from nitka.faces.storefront.page import show
from nitka.ground.problem import Problem
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as known
from nitka.people.contact import actions as contact
from nitka.people.contact import queries as contacts
from nitka.people.customers import queries as people
from nitka.people.customers.queries import CustomerView

MAKING = "nitka_passkey_making"
# The order matters: every browser claims to be several others.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("YaBrowser", "Yandex"), ("SamsungBrowser", "Samsung Internet"),
             ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


@require_safe
@signed_in
def security(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Passkeys, sessions, and what is kept: taken along or erased."""
    user_id = request.user.id  # type: ignore[union-attr]
    sessions = known.sessions_of(user_id, this=request.session.session_key)  # type: ignore[arg-type]
    context = {
        "me": me, "methods": known.sign_in_methods(user_id), "here": "account_security",  # type: ignore[arg-type]
        "devices": contacts.push_devices(people.proved_ids_of(me.id)),
        "sessions": [(each, browser_name(each.browser)) for each in sessions],
    }  # fmt: skip
    return show(request, "storefront/account/security.html", context)


def browser_name(agent: str) -> str:
    """A browser as people call it: "Firefox, Windows"."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return ", ".join(filter(None, [browser, system])) or re.sub(r"[^\w./ -]", "", agent)[:40] or _("A program")


@require_POST
@signed_in
@lately
def passkey_begin(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """What the browser needs to make a passkey."""
    options, state = accounts.begin_passkey(user_id=request.user.id)  # type: ignore[arg-type]
    request.session[MAKING] = state
    return JsonResponse(options)


@require_POST
@signed_in
@lately
def passkey_add(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Keep the passkey that the browser made."""
    said = read_json(request)
    credential = said.get("credential")
    try:
        accounts.add_passkey(
            user_id=request.user.id, state=request.session.pop(MAKING, None),  # type: ignore[arg-type]
            credential=credential if isinstance(credential, dict) else {},
            name=str(said.get("name") or "") or browser_name(request.headers.get("User-Agent", "")),
        )  # fmt: skip
    except Problem as problem:
        return JsonResponse({"error": problem.message}, status=problem.status)
    return JsonResponse({"go": reverse("account_security", args=[language])})


@require_POST
@signed_in
@lately
def passkey_remove(request: HttpRequest, language: str, me: CustomerView, passkey_id: int) -> HttpResponse:
    """Forget a passkey."""
    accounts.remove_passkey(user_id=request.user.id, passkey_id=passkey_id)  # type: ignore[arg-type]
    return _back(language)


@require_POST
@signed_in
def session_end(request: HttpRequest, language: str, me: CustomerView, session_id: int) -> HttpResponse:
    """Sign another browser out."""
    accounts.end_session(user_id=request.user.id, session_id=session_id)  # type: ignore[arg-type]
    return _back(language)


@require_POST
@signed_in
def sessions_end(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Sign all other browsers out."""
    accounts.end_other_sessions(user_id=request.user.id, this=request.session.session_key)  # type: ignore[arg-type]
    return _back(language)


@require_POST
@signed_in
def device_forget(request: HttpRequest, language: str, me: CustomerView, device: str) -> HttpResponse:
    """No more news on another device, which one may no longer have."""
    contact.forget_device(customer_ids=people.proved_ids_of(me.id), device=device)
    return _back(language)


def _back(language: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("account_security", args=[language]), status=303)

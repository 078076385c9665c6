"""My own keys: password, authenticator app, passkeys, and where I am signed in."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground.problem import Problem
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as known

SECRET, MAKING, CODES = "back_totp", "back_making", "back_codes"


@require_GET
@staff()
def show(request: HttpRequest) -> HttpResponse:
    """Everything about my own sign-in."""
    mine = actor_id(request)
    methods = known.sign_in_methods(mine)
    setup = None
    if not methods.totp:
        setup = accounts.start_totp(user_id=mine, secret=request.session.get(SECRET, ""))
        request.session[SECRET] = setup.secret
    return page(
        request,
        "backoffice/me.html",
        {
            "methods": methods,
            "setup": setup,
            "codes": request.session.pop(CODES, None),
            "sessions": known.sessions_of(mine, this=request.session.session_key),
        },
    )


@require_POST
@staff()
def change(request: HttpRequest) -> HttpResponse:
    """One of the small changes of that page."""
    mine, posted = actor_id(request), request.POST
    what = posted.get("what", "")
    deeds = {
        "password": (lambda: _set_password(request), _("Saved.")),
        "totp": (lambda: _confirm_app(request), _("The app is your second key now. Keep the codes below.")),
        "no_totp": (lambda: accounts.remove_totp(user_id=mine), _("The app is forgotten.")),
        "no_passkey": (
            lambda: accounts.remove_passkey(user_id=mine, passkey_id=int(posted.get("passkey", "0") or 0)),
            _("The passkey is forgotten."),
        ),
        "session": (
            lambda: accounts.end_session(user_id=mine, session_id=int(posted.get("session", "0") or 0)),
            _("Signed out there."),
        ),
        "others": (
            lambda: accounts.end_other_sessions(user_id=mine, this=request.session.session_key),
            _("Signed out everywhere else."),
        ),
    }  # fmt: skip
    if what in deeds and all(posted.get(key, "0").isdecimal() for key in ("passkey", "session")):
        act, said = deeds[what]
        do(request, act, verb=f"me.{what}", subject=str(mine), said=said)
    return see_other(reverse("back:me"))


def _set_password(request: HttpRequest) -> None:
    accounts.set_password(user_id=actor_id(request), password=request.POST.get("password", ""))
    accounts.keep_session(request=request)


def _confirm_app(request: HttpRequest) -> None:
    codes = accounts.confirm_totp(
        user_id=actor_id(request), secret=request.session.get(SECRET, ""), code=request.POST.get("code", "")
    )
    request.session.pop(SECRET, None)
    request.session[CODES] = list(codes)


@require_POST
@staff()
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    options, request.session[MAKING] = accounts.begin_passkey(user_id=actor_id(request))
    return JsonResponse(options)


@require_POST
@staff()
def passkey(request: HttpRequest) -> HttpResponse:
    """The passkey that the browser made."""
    try:
        sent = json.loads(request.body)
        credential, name = dict(sent["credential"]), str(sent.get("name") or "")
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": _("The passkey could not be read. Please try again.")}, status=422)
    state = request.session.pop(MAKING, None)
    outcome = do(
        request,
        lambda: accounts.add_passkey(user_id=actor_id(request), state=state, credential=credential, name=name),
        verb="me.passkey", subject=str(request.user.pk),
    )  # fmt: skip
    if isinstance(outcome.problem, Problem):
        return JsonResponse({"error": outcome.problem.message}, status=outcome.problem.status)
    say(request, _("The passkey is yours."))
    return JsonResponse({"go": reverse("back:me")})

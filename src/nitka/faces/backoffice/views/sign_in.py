"""Coming in: a code by mail, a passkey, a password, or a link that works once; then the second factor."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.backoffice.guard import works_here
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.ground.web.limits import client_address
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as known

ASKED, PENDING, NEXT, PASSKEY = "back_asked", "back_pending", "back_next", "back_passkey"
PENDING_SECONDS = 600


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask for the address; with a password that comes along, try it, else mail a code."""
    if works_here(request):
        return see_other(_target(request))
    target = _target(request)
    if request.method == "POST":
        request.session[NEXT] = target
        email, password = request.POST.get("email", ""), request.POST.get("password", "")
        try:
            if password:
                user_id = accounts.check_password(email=email, password=password, address=client_address(request))
                return _arrive(request, user_id, "password")
            challenge = accounts.ask_code(email=email, language=request.language, address=client_address(request))  # type: ignore[attr-defined]
            request.session[ASKED] = [str(challenge), email]
            return see_other(reverse("back:sign-in-code"))
        except Problem as problem:
            return _again(request, "backoffice/sign_in.html", problem, {"email": email, "target": target})
    return page(request, "backoffice/sign_in.html", {"email": "", "error": "", "target": target})


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code from the mail."""
    asked = request.session.get(ASKED)
    if not asked:
        return see_other(reverse("back:sign-in"))
    if request.method == "POST":
        try:
            user_id = accounts.check_code(
                challenge_id=UUID(asked[0]), code=request.POST.get("code", ""), address=client_address(request)
            )
        except Problem as problem:
            return _again(request, "backoffice/sign_in_code.html", problem, {"email": asked[1]})
        request.session.pop(ASKED, None)
        return _arrive(request, user_id, "code")
    return page(request, "backoffice/sign_in_code.html", {"email": asked[1], "error": ""})


@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The app's code, or a recovery code, after the first factor."""
    pending = request.session.get(PENDING)
    if not pending or clock.now().timestamp() - pending[2] > PENDING_SECONDS:
        return see_other(reverse("back:sign-in"))
    user_id = UUID(pending[0])
    if request.method == "POST":
        try:
            accounts.check_second_factor(
                user_id=user_id, code=request.POST.get("code", ""), address=client_address(request)
            )
        except Problem as problem:
            return _again(
                request, "backoffice/sign_in_second.html", problem, {"methods": known.sign_in_methods(user_id)}
            )
        return _enter(request, user_id, pending[1])
    return page(request, "backoffice/sign_in_second.html", {"error": "", "methods": known.sign_in_methods(user_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that lets one person in once. Mail scanners and browsers open links ahead, so only its button uses it."""
    try:
        if request.method == "POST":
            return _enter(request, accounts.use_sign_in_link(token=token), "link")
        person = known.link_owner(token)
        if person is None:
            raise accounts.LinkProblem(_("This link was used already or has ended. Ask for a new one."))
    except Problem as problem:
        if works_here(request):
            return see_other(reverse("back:home"))
        context = {"email": "", "target": reverse("back:home")}
        return _again(request, "backoffice/sign_in.html", problem, context, status=404)
    response = page(request, "backoffice/sign_in_link.html", {"person": person, "error": ""})
    response.headers["Cache-Control"] = "no-store"
    # Not "no-referrer": the browser would then name no origin either, and its button would be refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """What the browser needs to show a passkey."""
    pending = request.session.get(PENDING)
    options, state = accounts.begin_passkey_sign_in(user_id=UUID(pending[0]) if pending else None)
    request.session[PASSKEY] = state
    return JsonResponse(options)


@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """The passkey that the browser showed. Answers where to go, or what is wrong."""
    state, pending = request.session.pop(PASSKEY, None), request.session.get(PENDING)
    try:
        user_id = accounts.check_passkey(
            state=state, credential=_json(request), address=client_address(request),
            user_id=UUID(pending[0]) if pending else None,
        )  # fmt: skip
    except Problem as problem:
        return JsonResponse({"error": problem.message}, status=problem.status)
    return JsonResponse({"go": _enter(request, user_id, "passkey")["Location"]})


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """Sign this browser out."""
    accounts.close_session(request=request)
    return see_other(reverse("back:sign-in"))


def _arrive(request: HttpRequest, user_id: UUID, method: str) -> HttpResponse:
    if known.needs_second_factor(user_id, method):
        request.session[PENDING] = [str(user_id), method, int(clock.now().timestamp())]
        return see_other(reverse("back:sign-in-second"))
    return _enter(request, user_id, method)


def _enter(request: HttpRequest, user_id: UUID, method: str) -> HttpResponse:
    user = known.user(user_id)
    if user is None or not user.role:
        say(request, _("This address belongs to nobody of the staff. An owner can invite you."), "error")
        return see_other(reverse("back:sign-in"))
    target = _target(request)
    for key in (ASKED, PENDING, NEXT, PASSKEY):
        request.session.pop(key, None)
    accounts.open_session(request=request, user_id=user_id, method=method)
    return see_other(target)


def _target(request: HttpRequest) -> str:
    wish = request.POST.get("next") or request.GET.get("next") or request.session.get(NEXT, "")
    ours = url_has_allowed_host_and_scheme(wish, None) and wish.startswith("/back/")
    return wish if ours else reverse("back:home")


def _again(
    request: HttpRequest, template: str, problem: Problem, context: dict[str, Any], status: int = 0
) -> HttpResponse:
    return page(request, template, {"error": problem.message, **context}, status=status or problem.status)


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        value = json.loads(request.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}

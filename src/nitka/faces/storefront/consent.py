"""What a visitor allows: the page where it is seen and changed, and the post of it and of the bar."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from nitka.faces.storefront.consent_bar import COOKIE, VISITOR, standing, visitor_of
from nitka.faces.storefront.page import show
from nitka.faces.storefront.preferences import back_to
from nitka.ground.web.limits import rate_limit
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known

YEAR = 365 * 24 * 3600
THIRTEEN_MONTHS = 395 * 24 * 3600
# When the promise of /.well-known/gpc.json was last looked at.
GPC_SINCE = "2026-11-22"


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit("consent", "60/m", store="memory")
def consent(request: HttpRequest, language: str) -> HttpResponse:
    """GET shows what this browser allows. POST takes `choice` (all, none, chosen with `purpose`s) and leads back."""
    if request.method == "POST":
        return _choose(request, language)
    here = standing(request)
    context = {"choices": here.choices, "gpc": here.gpc, "dnt": here.dnt, "saved": "saved" in request.GET}
    answer = show(request, "storefront/consent.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _choose(request: HttpRequest, language: str) -> HttpResponse:
    here, before = standing(request), visitor_of(request)
    ticked = set(request.POST.getlist("purpose"))
    every, chosen = request.POST.get("choice") == "all", request.POST.get("choice") == "chosen"
    wanted = {name: every or (chosen and name in ticked) for name in known.VISIT_PURPOSES}
    choices = known.heeding(wanted, gpc=here.gpc, dnt=here.dnt and every)
    needed = choices.analytics or choices.personalisation
    visitor = before or (str(uuid.uuid4()) if needed else "")
    _keep(request, choices, visitor)
    response = _answer(request, language, choices)
    _set(response, COOKIE, choices.cookie(), YEAR)
    if not needed:
        response.delete_cookie(VISITOR, samesite="Lax")
    elif not before:
        _set(response, VISITOR, visitor, THIRTEEN_MONTHS)
    return response


def _keep(request: HttpRequest, choices: known.Choices, visitor: str) -> None:
    """Into the ledger, under whatever this person is known by; who refuses and is nobody to us leaves no trace."""
    user: Any = request.user
    found = known.customer_of_user(user.id) if user.is_authenticated else None
    device = known.evidence_id("device", visitor) if visitor else None
    if device is None and found is None:
        return
    customers.choose_consents(
        evidence=device, customer_id=found.id if found else None, choices=choices.as_dict(),
        source="banner" if request.POST.get("from") == "banner" else "privacy page", text_version=choices.text_version,
    )  # fmt: skip


def _answer(request: HttpRequest, language: str, choices: known.Choices) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({**choices.as_dict(), "textVersion": choices.text_version})
    target = back_to(request, language, language)
    own = f"/{language}/consent"
    return HttpResponseRedirect(f"{own}?saved=1" if target.partition("?")[0] == own else target, status=303)


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    # Our scripts read both: what is allowed, and under which number.
    response.set_cookie(
        name, value, max_age=seconds, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=False, path="/"
    )


@require_safe
@cache_control(max_age=86400, public=True)
def gpc(request: HttpRequest) -> HttpResponse:
    """That this shop heeds Global Privacy Control, for programs that ask (/.well-known/gpc.json)."""
    return JsonResponse({"gpc": True, "lastUpdate": GPC_SINCE})

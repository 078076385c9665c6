"""Who may open which page: strangers are sent to sign in, staff without the permission are told politely."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from nitka.faces.backoffice.pages import page
from nitka.people.accounts import queries as accounts

View = Callable[..., HttpResponse]


def staff(*permissions: str) -> Callable[[View], View]:
    """Let staff in who have any of the permissions; without permissions, everybody who works here."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not works_here(request):
                return to_sign_in(request)
            if permissions and not any(may(request, permission) for permission in permissions):
                return refuse(request)
            response = view(request, *args, **kwargs)
            # What staff see holds names and addresses; no cache between us may keep it.
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    return decorate


def works_here(request: HttpRequest) -> bool:
    """Whether somebody of the staff is signed in."""
    user = request.user
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the person at the screen has the permission."""
    return accounts.can(request.user, permission)  # type: ignore[arg-type]


def refuse(request: HttpRequest) -> HttpResponse:
    """Say that this is the work of somebody else."""
    return page(request, "backoffice/denied.html", status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page and bring them back afterwards; a poll gets a plain 401."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=401)
    target = request.get_full_path() if request.method == "GET" else reverse("back:home")
    return HttpResponseRedirect(f"{reverse('back:sign-in')}?{urlencode({'next': target})}")

"""Who may see an account: its owner, signed in, and lately so where a way in is changed."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.people.accounts import queries as accounts
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Give the view the customer `me`; send a stranger to sign in and back. No cache keeps what it answers."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, language: str, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            here = request.get_full_path() if request.method == "GET" else reverse("account", args=[language])
            return to_sign_in(language, here)
        response = view(request, language, me=_customer_of(request), **parts)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def lately(view: View) -> View:
    """Let in only who signed in within the last quarter of an hour: for changing the ways in."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, language: str, **parts: Any) -> HttpResponse:
        if accounts.signed_in_lately(request.session):
            return view(request, language, **parts)
        answer = to_sign_in(language, reverse("account_security", args=[language]), again=True)
        if request.content_type == "application/json":
            return JsonResponse({"go": answer["Location"], "error": _("Please sign in once more.")}, status=403)
        return answer

    return guarded


def to_sign_in(language: str, target: str, *, again: bool = False) -> HttpResponseRedirect:
    """The sign-in page that leads on to `target`."""
    query = {"next": target, **({"again": "1"} if again else {})}
    return HttpResponseRedirect(f"{reverse('sign_in', args=[language])}?{urlencode(query)}")


def own_path(wish: str, language: str) -> str:
    """The wish if it is a page for shoppers, else the account: never another site, never the back office."""
    ours = url_has_allowed_host_and_scheme(wish, None) and wish[1:3] in locale.LANGUAGES and wish[3:4] in ("", "/")
    return wish if ours and wish.startswith("/") else reverse("account", args=[language])


def _customer_of(request: HttpRequest) -> known.CustomerView:
    user: Any = request.user
    found = known.customer_of_user(user.id)
    if found is None:
        # Staff who came by the back office have no customer yet.
        customers.link_user(
            user_id=user.id, email=user.email, language=request.language, market=request.market, units=request.units  # type: ignore[attr-defined]
        )  # fmt: skip
        found = known.customer_of_user(user.id)
    assert found is not None
    return found

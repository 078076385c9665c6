"""Who wishes: the customer who is signed in, else the browser by its cookie.

A second cookie, which scripts may read, says only that there is something to ask for: pages are the same for everybody,
and a browser without it asks for nothing.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nitka.growth.wishes.queries import Owner
from nitka.people.customers import queries as people

YEAR = 365 * 24 * 3600
HINT = "nitka_wished"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


def device_of(request: HttpRequest) -> str:
    """The browser's secret, "" without one."""
    token = request.COOKIES.get(settings.NITKA_WISHES_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def owner_of(request: HttpRequest) -> Owner:
    """Who wishes; nobody yet, where neither is known. A session is only looked at where the browser has one."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        me = people.customer_of_user(request.user.id)
        if me:
            merged = tuple(people.proved_ids_of(me.id)) if me.merged else ()
            return Owner(customer_id=me.id, merged=merged)
    return Owner(device=device_of(request))


def keep(response: HttpResponse, device: str) -> None:
    """Remember the list for a year from now, and that there is one."""
    if device:
        _set(response, settings.NITKA_WISHES_COOKIE, device, secret=True)
    _set(response, HINT, "1", secret=False)


def forget(response: HttpResponse, *, hint: bool) -> None:
    """The browser's secret opens nothing any more; without `hint` there is nothing to ask for either."""
    response.delete_cookie(settings.NITKA_WISHES_COOKIE, samesite="Lax")
    if not hint:
        response.delete_cookie(HINT, samesite="Lax")


def _set(response: HttpResponse, name: str, value: str, *, secret: bool) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=secret, path="/"
    )

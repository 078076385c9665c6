"""The cookie that opens a visitor's cart."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MONTH = 30 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


def token_of(request: HttpRequest) -> str:
    """The cart's token, or "" for a visitor without one; what cannot be a token is not asked for."""
    token = request.COOKIES.get(settings.NITKA_CART_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def keep_token(response: HttpResponse, token: str) -> None:
    """Remember the cart for thirty days from now."""
    response.set_cookie(
        settings.NITKA_CART_COOKIE, token, max_age=MONTH, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, path="/",
    )  # fmt: skip

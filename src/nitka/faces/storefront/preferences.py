"""How a visitor wants to see the shop: language, market, units, light or dark."""

from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nitka.faces.storefront.page import THEMES
from nitka.faces.storefront.visitors import YEAR, remember_market
from nitka.ground.problem import Problem
from nitka.sale.checkout import actions as checkout
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing


@require_POST
def preferences(request: HttpRequest, language: str) -> HttpResponse:
    """Remember what was chosen and go back to where it was chosen; what makes no sense is left as it was."""
    wanted = request.POST.get("language", "")
    new_language = wanted if wanted in content.shop().languages else language
    market = request.POST.get("market", "")
    if market not in {each.code for each in pricing.markets()}:
        market = request.market  # type: ignore[attr-defined]
    units = request.POST.get("units", "")
    if units not in ("metric", "imperial"):
        units = request.units  # type: ignore[attr-defined]
    token = request.COOKIES.get(settings.NITKA_CART_COOKIE)
    if token and market != request.market:  # type: ignore[attr-defined]
        # The cookie may outlive its cart; then there is nothing to price anew.
        with suppress(Problem):
            checkout.switch_market(token=token, market=market)
    response = HttpResponseRedirect(back_to(request, language, new_language))
    remember_market(response, market, units)
    if "theme" in request.POST:
        theme = request.POST["theme"]
        if theme in THEMES:
            response.set_cookie(
                "nitka_theme", theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
            )
        else:
            response.delete_cookie("nitka_theme", samesite="Lax")
    return response


def back_to(request: HttpRequest, old: str, new: str) -> str:
    """The page the form stood on, in the new language; never another site's."""
    target = request.POST.get("next") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return f"/{new}/"
    parts = urlsplit(target)
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else f"/{new}/"
    if path.startswith(f"/{old}/"):
        path = f"/{new}/" + path[len(old) + 2 :]
    return path + (f"?{parts.query}" if parts.query else "")

"""Who looks: language from the path, market and units from a cookie, else from what the browser says."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri

from nitka.faces.storefront.recognising import came_by_mail
from nitka.ground import locale
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

# The parameter of an address that names the market, in links of feeds.
MARKET = "market"
YEAR = 365 * 24 * 3600
IMPERIAL_REGIONS = {"US", "LR", "MM"}
# Where a browser names a language without a country, the country where most of its speakers shop.
HOME_COUNTRY = {"bg": "BG", "hy": "AM", "nb": "NO", "pl": "PL", "ru": "RU"}


class VisitorMiddleware:
    """Sets `request.language`, `.market` (code) and `.units`, and activates the language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        accepted = request.headers.get("Accept-Language", "")
        spoken = content.shop().languages
        language = language_of(request.path_info)
        if language and language not in spoken:
            moved = request.path_info.replace(language, spoken[0], 1)
            if request.method in ("GET", "HEAD"):
                return _elsewhere(request, moved)
            # A form or a mail from before the merchant left this language out: a post cannot be sent on, so it is
            # answered in the shop's first language.
            request.path_info, language = moved, spoken[0]
        if not language:
            # Who works here reads the back office in any of our languages, whatever the shop speaks.
            staff = request.path_info.startswith("/back/")
            language = negotiate(accepted, locale.LANGUAGES if staff else spoken)
        market, _dot, units = request.COOKIES.get(settings.NITKA_PREFS_COOKIE, "").partition(".")
        if not market or market not in {each.code for each in pricing.markets()}:
            market, units = first_guess(accepted, language)
        named = _named(request)
        moved_to = named is not None and named.code != market
        if named is not None and moved_to:
            market, units = named.code, "imperial" if named.default_country in IMPERIAL_REGIONS else "metric"
        request.language, request.market = language, market  # type: ignore[attr-defined]
        request.units = "imperial" if units == "imperial" else "metric"  # type: ignore[attr-defined]
        if "nk" in request.GET and request.method == "GET":
            came_by_mail(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if moved_to:
            remember_market(response, market, request.units)  # type: ignore[attr-defined]
        return response


def _named(request: HttpRequest) -> pricing.MarketView | None:
    """The market that an address of ours names (`?market=pl`): who comes by a feed sees the price that the feed said,
    on this page and on those after it. Somebody with a cart stays where the cart is priced."""
    wanted = request.GET.get(MARKET, "")
    if not wanted or request.method not in ("GET", "HEAD") or settings.NITKA_CART_COOKIE in request.COOKIES:
        return None
    if not language_of(request.path_info):
        return None
    return next((each for each in pricing.markets() if each.code == wanted), None)


def remember_market(response: HttpResponse, market: str, units: str) -> None:
    """Keep the choice of market and units in the browser for a year."""
    response.set_cookie(
        settings.NITKA_PREFS_COOKIE, f"{market}.{units}", max_age=YEAR, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, path="/",
    )  # fmt: skip


def language_of(path: str) -> str:
    """The language that a path begins with, or ""."""
    return path[1:3] if path[1:3] in locale.LANGUAGE_NAMES and path[3:4] in ("", "/") else ""


def _elsewhere(request: HttpRequest, path: str) -> HttpResponse:
    """The same page in the shop's first language. Not for ever: the merchant may choose the other one again."""
    return HttpResponseRedirect(with_query(request, path))


def with_query(request: HttpRequest, path: str) -> str:
    """Where to send somebody who came to an old address: what brought them (campaign, click id) goes with them."""
    query = request.META.get("QUERY_STRING", "")
    return iri_to_uri(escape_uri_path(path)) + (f"?{query}" if query else "")


@lru_cache(maxsize=1024)
def negotiate(accept_language: str, spoken: tuple[str, ...]) -> str:
    """The best of these languages for an Accept-Language header; the first of them where none fits."""
    wishes = [part for part in accept_language[:400].split(",") if _language_in(part) in spoken]
    found = locale.negotiate(",".join(wishes)) if wishes else ""
    return found if found in spoken else spoken[0]


def _language_in(wish: str) -> str:
    tag = wish.partition(";")[0].strip().lower()
    found = locale.negotiate(tag)
    # English also stands for all that we do not know.
    return found if found != locale.FALLBACK or tag.partition("-")[0] == locale.FALLBACK else ""


@lru_cache(maxsize=1024)
def region(accept_language: str, language: str) -> str:
    """The country that the browser names first (`nb-NO` → NO), else the language's home."""
    for part in accept_language[:200].split(","):
        _primary, _dash, rest = part.split(";")[0].strip().partition("-")
        if len(rest) == 2 and rest.isalpha():
            return rest.upper()
    return HOME_COUNTRY.get(language, "")


def first_guess(accept_language: str, language: str) -> tuple[str, str]:
    """Market and units for a browser that chose neither yet."""
    country = region(accept_language, language)
    market = pricing.market_for_country(country)
    return (market.code if market else ""), ("imperial" if country in IMPERIAL_REGIONS else "metric")

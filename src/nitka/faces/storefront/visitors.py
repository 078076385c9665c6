"""Who looks: language from the path, market and units from a cookie, else from what the browser says."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nitka.ground import locale
from nitka.shelf.pricing import queries as pricing

IMPERIAL_REGIONS = {"US", "LR", "MM"}
# Where a browser names a language without a country, the country where most of its speakers shop.
HOME_COUNTRY = {"bg": "BG", "hy": "AM", "nb": "NO", "pl": "PL", "ru": "RU"}


class VisitorMiddleware:
    """Sets `request.language`, `.market` (code) and `.units`, and activates the language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.path_info[1:3]
        accepted = request.headers.get("Accept-Language", "")
        if language not in locale.LANGUAGE_NAMES or request.path_info[3:4] not in ("", "/"):
            language = locale.negotiate(accepted)
        market, _dot, units = request.COOKIES.get(settings.NITKA_PREFS_COOKIE, "").partition(".")
        if not market or market not in {each.code for each in pricing.markets()}:
            market, units = first_guess(accepted, language)
        request.language, request.market = language, market  # type: ignore[attr-defined]
        request.units = "imperial" if units == "imperial" else "metric"  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


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

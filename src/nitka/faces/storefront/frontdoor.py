"""What stands outside the languages: the redirect at /, robots.txt, the shop's accent colour."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from nitka.faces.storefront import accents
from nitka.faces.storefront.structured import origin
from nitka.ground import clock
from nitka.shelf.content import queries as content

GOOD_FOR = timedelta(days=180)
CLOSED = ("cart", "checkout", "order/", "account/", "preferences", "consent", "newsletter", "suggest", "search?")


def enter(request: HttpRequest) -> HttpResponse:
    """The browser's wish decides the language once; from then on it is in the path."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response = HttpResponseRedirect(f"/{request.language}/{query}")  # type: ignore[attr-defined]
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@cache_control(max_age=3600, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but what belongs to one person, and filtered shelves."""
    lines = ["User-agent: *", *(f"Disallow: /*/{each}" for each in CLOSED)]
    lines += ["Disallow: /*?*f.", "Disallow: /*sort=", "Disallow: /back/", "Disallow: /api/"]
    lines += ["", f"Sitemap: {origin(request)}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86400, public=True)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the shop (RFC 9116): the merchant, while they have an address for letters."""
    shop, base = content.shop(), origin(request)
    if not shop.email:
        raise Http404
    lines = [
        f"Contact: mailto:{shop.email}", f"Contact: {base}/{shop.languages[0]}/contact",
        f"Expires: {(clock.now() + GOOD_FOR).isoformat(timespec='seconds')}",
        f"Preferred-Languages: {', '.join(shop.languages)}", f"Canonical: {base}/.well-known/security.txt", "",
    ]  # fmt: skip
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=365 * 24 * 3600, public=True, immutable=True)
def accent(request: HttpRequest, version: str) -> HttpResponse:
    """The merchant's accent colour, mended where it could not be read on paper or in the dark."""
    return HttpResponse(accents.style_sheet(content.shop().accent), content_type="text/css; charset=utf-8")

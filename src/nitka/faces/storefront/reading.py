"""Help, legal pages and articles, as the merchant wrote them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from nitka.faces.storefront import structured
from nitka.faces.storefront.page import WINDOW, reading, show
from nitka.ground import locale
from nitka.ground.web.public import public_page
from nitka.shelf.content import queries as content


@public_page(shows=("all",))
def help_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """How delivery, returns, payment and care work."""
    return _page(request, language, slug, "help")


@public_page(shows=("all",))
def legal_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Terms, privacy, imprint, withdrawal, cookies."""
    return _page(request, language, slug, "legal")


@public_page(shows=("all",))
def article_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Something to read."""
    return _page(request, language, slug, "article")


def _page(request: HttpRequest, language: str, slug: str, kind: str) -> HttpResponse:
    page = content.page(slug, language)
    if page is None or page.kind != kind:
        raise Http404
    if slug == WINDOW:
        return HttpResponseRedirect(reverse("home", args=[language]))
    others = [
        (other.title_in(language), f"/{language}/{kind}/{other.slug}/", other.slug == slug) for other in reading(kind)
    ]
    context = {
        "title": page.title,
        "lead": page.description,
        "body": Markup(page.body_html),  # noqa: S704 (cleaned by content)
        "trail": [structured.start(language), (page.title, "")],
        "ask": f"/{language}/contact?about=page:{slug}" if kind != "article" else "",
        "others": others if kind != "article" and len(others) > 1 else [],
    }
    paths = {code: f"/{code}/{kind}/{slug}/" for code in locale.LANGUAGES}
    return show(request, "storefront/reading.html", context, paths=paths)

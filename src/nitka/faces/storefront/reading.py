"""Help, legal pages, articles and pages of blocks, as the merchant wrote them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from nitka.faces.storefront import previews, structured
from nitka.faces.storefront.blocks import blocks_part, first_picture
from nitka.faces.storefront.comments import comments_part
from nitka.faces.storefront.leading import FOLDERS, page_path, page_paths
from nitka.faces.storefront.page import WINDOW, reading, show
from nitka.faces.storefront.pictures import largest
from nitka.faces.storefront.sharing import share_part
from nitka.faces.storefront.visitors import with_query
from nitka.ground.web.public import public_page, shown
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


@public_page(shows=("all",))
def own_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Pages and landing pages."""
    return _page(request, language, slug, "pages")


def preview(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """A page as it would be, for whoever was given the link; no search engine and no cache keeps it."""
    page = content.page_of_preview(token, language)
    if page is None:
        raise Http404
    response = _shown(request, page, None)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, language: str, slug: str, folder: str) -> HttpResponse:
    page = content.page(slug, language)
    if page is None or FOLDERS[page.kind] != folder:
        return _moved(request, language, slug, folder)
    if page.slug == WINDOW:
        return HttpResponseRedirect(reverse("home", args=[language]))
    if page.slugs[language] != slug:
        return HttpResponsePermanentRedirect(with_query(request, page_path(page, language)))
    return _shown(request, page, page_paths(page))


def _moved(request: HttpRequest, language: str, slug: str, folder: str) -> HttpResponse:
    """An address that a page once had leads to the one of today."""
    moved = content.page_of_old_address(slug)
    if moved is None or FOLDERS[moved.kind] != folder:
        raise Http404
    return HttpResponsePermanentRedirect(with_query(request, page_path(moved, language)))


def _shown(request: HttpRequest, page: content.PageView, paths: dict[str, str] | None) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]
    beside = page.kind in ("help", "legal")
    others = [
        (other.title_in(language), page_path(other, language), other.slug == page.slug)
        for other in (reading(page.kind) if beside else ())
    ]
    part = blocks_part(request, page)
    shown(request, *(["product:", "@index"] if part["goods"] else []), until=page.until)
    context = part | {
        "title": page.title,
        "lead": page.description,
        "structured": _told(request, page, part["blocks"]),
        "social": previews.tags(
            request,
            "page",
            page.slug,
            title=page.title,
            description=page.description,
            og_type="article" if page.kind == "article" else "website",
        ),
        "hero": bool(part["blocks"]) and part["blocks"][0]["kind"] == "hero",
        "trail": [structured.start(language), (page.title, "")],
        "ask": f"/{language}/contact?about=page:{page.slug}" if beside else "",
        "others": others if len(others) > 1 else [],
    }
    if page.kind == "article" and paths is not None:
        picture = (first_picture(part["blocks"]) or {}).get("src", "")
        context |= share_part(request, request.path, page.title, picture) | comments_part(request, "page", page.id)
    wide = page.kind in ("page", "landing", "maker")
    return show(request, "storefront/landing.html" if wide else "storefront/reading.html", context, paths=paths)


def _told(request: HttpRequest, page: content.PageView, blocks: Sequence[Mapping[str, Any]]) -> Markup:
    """What search engines are told of the page itself."""
    path = page_path(page, page.language)
    trail = structured.breadcrumbs([structured.start(page.language), (page.title, path)], request)
    if page.kind != "article":
        return trail
    first, base = first_picture(blocks), structured.origin(request)
    own = [largest(first)] if first else []
    wide = previews.address(request, "page", page.slug, page.title)
    shown = [*(base + each if each.startswith("/") else each for each in own), wide]
    return trail + structured.article(page, path, shown, request)

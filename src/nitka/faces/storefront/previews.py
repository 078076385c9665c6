"""Pictures for links to our pages (Open Graph): addresses, the view that hands them out, the order to draw them.

A worker draws them. What nobody has drawn yet is ordered by the first who asks, who is shown the goods meanwhile.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe
from markupsafe import Markup

from nitka.faces.storefront import preview_drawing, structured, tasks
from nitka.faces.storefront.structured import origin
from nitka.ground import locale, pictures
from nitka.ground.web import limits
from nitka.ground.web.limits import rate_limit
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

FOLDER = "previews"
LOOK = "1"  # another number has all of them drawn anew
A_DAY = "public, max-age=86400"
DEFAULT_ACCENT = "#B4472E"


@dataclass(frozen=True)
class Scene:
    """What a preview shows: a title, a line below it, the address of a picture below MEDIA_URL."""

    title: str
    line: str = ""
    picture: str = ""

    @property
    def name(self) -> str:
        """The file, named after all that is to be seen."""
        shop = content.shop()
        parts = "\0".join((LOOK, self.title, self.line, self.picture, shop.name, shop.accent))
        return f"{FOLDER}/{hashlib.sha256(parts.encode()).hexdigest()[:32]}.jpg"


def address(request: HttpRequest, kind: str, slug: str, title: str) -> str:
    """Where the picture of a page is; another address after the page took another title."""
    language: str = request.language  # type: ignore[attr-defined]
    version = hashlib.sha256(f"{LOOK}{title}{content.shop().name}".encode()).hexdigest()[:8]
    return f"{origin(request)}/{language}/preview/{kind}/{quote(slug, safe='')}.jpg?v={version}"


def tags(
    request: HttpRequest, kind: str, slug: str, *, title: str, description: str = "", og_type: str = "website"
) -> Markup:  # fmt: skip
    """What social networks read in the head of a page. The picture's address changes with the title."""
    language: str = request.language  # type: ignore[attr-defined]
    picture = address(request, kind, slug, title)
    named = {
        "og:type": og_type, "og:title": title, "og:description": description, "og:url": origin(request) + request.path,
        "og:locale": OG_LOCALES[language], "og:image": picture, "og:image:type": "image/jpeg",
        "og:image:width": "1200", "og:image:height": "630",
        "og:image:alt": title,
    }  # fmt: skip
    lines = [Markup('<meta property="%s" content="%s">') % pair for pair in named.items() if pair[1]]
    lines.append(Markup('<meta name="twitter:card" content="summary_large_image">'))
    return Markup("\n").join(lines)


OG_LOCALES = {"en": "en_GB", "bg": "bg_BG", "hy": "hy_AM", "nb": "nb_NO", "pl": "pl_PL", "ru": "ru_RU"}


@require_safe
@rate_limit("preview", "120/m", store="memory")
def preview(request: HttpRequest, language: str, kind: str, slug: str) -> HttpResponse:
    """The picture, or the goods themselves until it is drawn; words alone are drawn while one waits.

    Who is told once that there is no picture does not soon ask again.
    """
    scene = scene_of(kind, slug, language)
    if scene is None:
        raise Http404
    file = Path(settings.MEDIA_ROOT) / scene.name
    if not scene.picture and not file.exists() and limits.allows("preview:waiting", "60/m"):
        draw(kind, slug, language)
    if file.exists():
        return HttpResponse(file.read_bytes(), content_type="image/jpeg", headers={"Cache-Control": A_DAY})
    if limits.allows(f"preview:{scene.name}", "1/m"):  # one order a minute, however many ask
        tasks.draw_preview.later(kind=kind, slug=slug, language=language)
    return HttpResponseRedirect(scene.picture or structured.ICON, headers={"Cache-Control": "no-store"})


def draw(kind: str, slug: str, language: str) -> bool:
    """Draw the preview unless it is there; whether it was drawn. Without the shop's fonts nothing is."""
    scene = scene_of(kind, slug, language)
    if scene is None or not preview_drawing.has_fonts():
        return False
    shop = content.shop()
    words = preview_drawing.Words(shop.name, scene.title, scene.line, shop.accent or DEFAULT_ACCENT)
    return pictures.write(scene.name, lambda: preview_drawing.draw(words, _opened(scene.picture)))


def _opened(address: str) -> preview_drawing.Image.Image | None:
    """The picture of that address; None for one that is not ours or cannot be read."""
    base = settings.MEDIA_URL
    if not address.startswith(base):
        return None
    try:
        return pictures.opened((Path(settings.MEDIA_ROOT) / address.removeprefix(base)).read_bytes(), address)
    except (OSError, pictures.FileRefused):
        return None


def scene_of(kind: str, slug: str, language: str) -> Scene | None:
    """What is to be seen on the preview of a page, or None where there is no such page."""
    find = _SCENES.get(kind)
    return find(slug, language) if find else None


def _product(slug: str, language: str) -> Scene | None:
    found = search.product_page(slug=slug, language=language, market="")
    if found is None:
        return None
    first = next((each["src"] for each in found.media if each["kind"] == "picture"), "")
    return Scene(found.title, found.brand, first)


def _category(slug: str, language: str) -> Scene | None:
    node = search.category(slug, language)
    if node is None:
        return None
    cards = search.find(category=node.handle, page_size=1, language=language, market="").cards
    return Scene(node.name, "", _picture(cards))


def _collection(slug: str, language: str) -> Scene | None:
    found = catalog.collection_by_slug(slug)
    if found is None:
        return None
    ids = catalog.products_in_collection(found.id)[:1]
    return Scene(locale.pick(found.name, language), "", _picture(search.cards(ids, language, "")))


def _maker(handle: str, language: str) -> Scene | None:
    found = catalog.brand_by_handle(handle)
    if found is None:
        return None
    cards = search.find(filters={"brand": (found.name,)}, page_size=1, language=language, market="").cards
    return Scene(found.name, "", _picture(cards))


def _page(slug: str, language: str) -> Scene | None:
    page = content.page(slug, language)
    return Scene(page.title, page.description) if page else None


def _home(_slug: str, language: str) -> Scene | None:
    page = content.page("home", language)
    cards = search.find(page_size=1, language=language, market="").cards
    return Scene(page.title if page else content.shop().name, "", _picture(cards))


def _picture(cards: list[search.Card]) -> str:
    return next((str(card.picture["src"]) for card in cards if card.picture), "")


_SCENES: dict[str, Callable[[str, str], Scene | None]] = {
    "product": _product, "category": _category, "collection": _collection, "maker": _maker, "page": _page,
    "home": _home,
}  # fmt: skip

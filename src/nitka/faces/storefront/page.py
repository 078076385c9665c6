"""The frame of every storefront page: shop name, categories, cart, links, languages."""

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.faces.storefront import menus, pictures
from nitka.faces.storefront.cart_cookie import token_of
from nitka.faces.storefront.consent_bar import bar
from nitka.faces.storefront.leading import page_path
from nitka.ground import locale
from nitka.ground.remembered import Remembered, RememberedBy
from nitka.ground.web import assets
from nitka.ground.web.pages import render, render_text
from nitka.ground.web.public import shown
from nitka.people.events import queries as events
from nitka.sale.checkout import queries as checkout
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

DEFAULT_ACCENT = "#b4472e"
THEMES = ("light", "dark")
# Names, links and prices of the frame may be this old on a page; what a shopper just did never comes from here.
FRAME_SECONDS = 5.0
WRITE_KEY_SECONDS = 60.0
MARKS = re.compile("<!--(?:text|cart)-->")

# The page of content that holds the sentence of the front page.
WINDOW = "home"

Link = tuple[str, str]


@dataclass(frozen=True)
class Top:
    """The header in three parts: what stands between them differs from page to page."""

    before_text: Markup
    before_cart: Markup
    after_cart: Markup


@dataclass(frozen=True)
class Frame:
    """What all pages of one language, market, units and theme share; made once for some seconds."""

    shop: content.Shop
    rooms: tuple[Link, ...]
    top: Top
    menu: Markup
    footer: Markup
    language_word: str
    accent_css: str
    write_key: str
    vitals: bool


@dataclass(frozen=True)
class Shell:
    """What the base template shows round a page. `links` are canonical and alternates, `languages` the footer's."""

    shop: content.Shop
    home: str
    origin: str
    rooms: tuple[Link, ...]
    top: Top
    menu: Markup
    footer: Markup
    language_word: str
    accent_css: str
    links: Markup
    languages: tuple[tuple[str, str, str], ...]
    cart_count: int
    cart_sum: str
    text: str
    write_key: str
    vitals: bool
    consent: Markup
    draw: ModuleType = pictures


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *,
    paths: Mapping[str, str] | None = None, query: str = "", room: str = "", text: str = "", status: int = 200,
    cart: tuple[int, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Render a page in the shop's frame.

    `paths`: the address of this page in each language, given for pages that search engines shall know; `query` is
    the part of the query that belongs to the canonical address; `cart` is count and sum where they are known already.
    """
    frame = shell(request, paths=paths, query=query, room=room, text=text, cart=cart)
    return render(request, template, {**context, "shell": frame}, status=status)


def shell(
    request: HttpRequest, *, paths: Mapping[str, str] | None = None, query: str = "", room: str = "", text: str = "",
    cart: tuple[int, str] | None = None,
) -> Shell:  # fmt: skip
    """The frame of this request; the cart costs one query, and none without the cart's cookie."""
    language: str = request.language  # type: ignore[attr-defined]
    shown(request, "@categories")
    frame = _frame(request, language)
    origin = settings.NITKA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    count, total = cart or _cart(request, language)
    return Shell(
        shop=frame.shop,
        home=f"/{language}/",
        origin=origin,
        rooms=frame.rooms,
        top=_marked(frame.top, room) if room else frame.top,
        menu=frame.menu,
        footer=frame.footer,
        language_word=frame.language_word,
        accent_css=frame.accent_css,
        links=_links(origin, language, paths, query),
        languages=_languages(request, paths or {}),
        cart_count=count,
        cart_sum=total,
        text=text,
        write_key=frame.write_key,
        vitals=frame.vitals,
        consent=bar(request, language),
    )


# A page that nobody shall find by a search engine: one person's own, or one of endless filtered shelves.
HIDDEN = Markup('<meta name="robots" content="noindex, follow">')


def _links(origin: str, language: str, paths: Mapping[str, str] | None, query: str) -> Markup:
    """Canonical address and the same page in each language; for a page without addresses, the wish not to be found.

    A page whose text is of another language (it has none of its own) has the address of that one as its canonical.
    """
    if not paths:
        return HIDDEN
    spoken = {language, *content.shop().languages}
    start, tail = html.escape(origin), html.escape(query)
    whole = {code: start + html.escape(path) + tail for code, path in paths.items() if code in spoken}
    if not whole:  # it speaks no language of this shop, so it is shown in its own under the first of them
        whole = {language: start + html.escape(f"/{language}{next(iter(paths.values()))[3:]}") + tail}
    default = whole.get(locale.FALLBACK) or next(iter(whole.values()))
    others = [f'<link rel="alternate" hreflang="{code}" href="{href}">' for code, href in whole.items()]
    others.append(f'<link rel="alternate" hreflang="x-default" href="{default}">')
    return Markup("\n".join([f'<link rel="canonical" href="{whole.get(language, default)}">', *others]))  # noqa: S704 (escaped above)


def _languages(request: HttpRequest, paths: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    rest = request.path_info[3:] if request.path_info[1:3] in locale.LANGUAGE_NAMES and request.method == "GET" else "/"
    spoken = content.shop().languages
    if len(spoken) == 1:
        return ()
    return tuple((code, locale.LANGUAGE_NAMES[code], paths.get(code) or f"/{code}{rest}") for code in spoken)


def _marked(top: Top, room: str) -> Top:
    """The header with the category marked that one is in."""
    href = f'<a href="{html.escape(room)}"'
    return replace(top, after_cart=Markup(str(top.after_cart).replace(href, href + ' aria-current="true"', 1)))  # noqa: S704


def _cart(request: HttpRequest, language: str) -> tuple[int, str]:
    token = token_of(request)
    if not token:
        return 0, ""
    badge = checkout.cart_badge(token)
    return badge.count, locale.format_money(badge.sum_minor, badge.currency, language) if badge.count else ""


def _frame(request: HttpRequest, language: str) -> Frame:
    theme = request.COOKIES.get("nitka_theme", "")
    categories = search.versions().get("@categories", 0)
    return _frames((language, request.market, request.units, theme if theme in THEMES else "", categories))  # type: ignore[attr-defined]


def forget_frames() -> None:
    """Make the frame anew at the next page; for tests, and after settings were saved in this process."""
    _frames.forget()


def _make_frame(key: tuple[str, str, str, str, int]) -> Frame:
    language, market, units, theme, _categories = key
    shop = content.shop()
    home = f"/{language}/"
    rooms = tuple((f"{home}c/{node.slug}/", node.name) for node in search.categories(language))
    context = {
        "language": language, "market": market, "units": units, "theme": theme, "home": home, "shop": shop,
        "rooms": rooms[:8],
        "markets": [(each.code, market_name(each, language)) for each in pricing.markets()],
        "helps": _page_links("help", language),
        "articles": _page_links("article", language)[:5],
        "legals": _page_links("legal", language),
        "tax_note": tax_note(market),
        **menus.part(language),
    }  # fmt: skip
    return Frame(
        shop=shop,
        rooms=rooms[:8],
        top=Top(*(Markup(part) for part in MARKS.split(render_text("storefront/parts/top.html", context)))),  # noqa: S704
        language_word=_("Language"),
        menu=Markup(render_text("storefront/parts/menu.html", context)),  # noqa: S704
        footer=Markup(render_text("storefront/parts/footer.html", context)),  # noqa: S704
        accent_css=accent_address(shop.accent),
        write_key=_write_key(),
        vitals=assets.is_here("vendor/web-vitals.js"),
    )


_frames = RememberedBy(_make_frame, FRAME_SECONDS)


def reading(kind: str) -> Sequence[content.PageLink]:
    """Published pages of a kind, without the one whose sentence stands on the front page."""
    return [page for page in content.pages(kind) if page.slug != WINDOW]


def _ask_write_key() -> str:
    own = events.source("storefront")
    return own.write_key if own else ""


# Under which this shop's pages tell what happens. It is made with the shop and never changes.
_write_key = Remembered(_ask_write_key, WRITE_KEY_SECONDS)


def _page_links(kind: str, language: str) -> Sequence[Link]:
    return [(page_path(page, language), page.title_in(language)) for page in reading(kind)]


def market_name(market: pricing.MarketView, language: str = "") -> str:
    """`Poland (PLN)` where a market is one country, else its own name: `European Union (EUR)`.

    In the active language unless another is named.
    """
    territories = locale.cldr(language or get_language() or locale.FALLBACK).territories
    only = market.countries[0] if len(market.countries) == 1 else market.code.upper()
    return f"{territories.get(only, market.name)} ({market.currency})"


def tax_note(market: str) -> str:
    """What a price beside it holds, as the custom of the market has it."""
    found = next((each for each in pricing.markets() if each.code == market), None)
    if found is None or found.tax_included:
        return _("VAT included, delivery not")
    return _("Sales tax and delivery not included")


def accent_address(accent: str) -> str:
    """Where the shop's own accent colour is served from, or "" for the house's."""
    if not accent or accent.lower() == DEFAULT_ACCENT:
        return ""
    return f"/accent-{hashlib.sha256(accent.encode()).hexdigest()[:8]}.css"

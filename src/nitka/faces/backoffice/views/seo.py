"""How the shop is found: what its pages do not tell search engines yet."""

from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.seo_report import TROUBLES, Thing, findings
from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content

MOST_PRODUCTS, MOST_SHOWN = 5_000, 300


@require_GET
@staff("catalog.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Everything that is missing, too long or there twice, by kind of trouble and language."""
    languages = content.shop().languages
    found = findings([*_products(), *_categories(), *_collections(), *_pages()], languages)
    language, trouble = request.GET.get("language", ""), request.GET.get("trouble", "")
    spoken = [each for each in found if language in ("", each.language)]
    counted = Counter(each.trouble for each in spoken)
    shown = [each for each in spoken if trouble in ("", each.trouble)]
    kinds = [("", _("All"), len(spoken)), *((each, words()[each], counted[each]) for each in TROUBLES if counted[each])]
    tabs = [
        {"label": label, "key": "", "count": count, "current": kind == trouble,
         "href": "?" + urlencode({"trouble": kind, "language": language})}
        for kind, label, count in kinds
    ]  # fmt: skip
    return page(
        request, "backoffice/seo.html",
        {
            "tabs": tabs, "found": shown[:MOST_SHOWN], "left_out": max(0, len(shown) - MOST_SHOWN), "words": words(),
            "wanted": language, "trouble": trouble, "most_products": MOST_PRODUCTS,
            "languages": [(code, locale.LANGUAGE_NAMES[code]) for code in languages],
        },
    )  # fmt: skip


def words() -> dict[str, str]:
    """The troubles in words."""
    return {
        "no_text": _("Not translated"), "no_description": _("No description"), "long_title": _("Title too long"),
        "long_description": _("Description too long"), "short_description": _("Description too short"),
        "double_title": _("Title there twice"), "double_description": _("Description there twice"),
    }  # fmt: skip


def _products() -> Iterator[Thing]:
    rows = catalog.product_rows(status="published")[:MOST_PRODUCTS]
    for row in rows:
        yield Thing(
            _("Product"), locale.pick(row.title, locale.FALLBACK), {**row.title, **row.seo_title},
            {**row.summary, **row.seo_description}, {code: f"/{code}/p/{slug}/" for code, slug in row.slug.items()},
            reverse("back:product", args=[row.id]),
        )  # fmt: skip


def _categories() -> Iterator[Thing]:
    for node in catalog.category_tree():
        yield Thing(
            _("Category"), locale.pick(node.name, locale.FALLBACK), {**node.name, **node.seo_title},
            {**_plain(node.intro), **node.seo_description},
            {code: f"/{code}/c/{slug}/" for code, slug in node.slug.items()}, "",
        )  # fmt: skip


def _collections() -> Iterator[Thing]:
    for each in catalog.collections():
        paths = {code: f"/{code}/collections/{slug}/" for code, slug in each.slug.items()}
        yield Thing(_("Collection"), locale.pick(each.name, locale.FALLBACK), each.name, _plain(each.intro), paths, "")


def _pages() -> Iterator[Thing]:
    languages = content.shop().languages
    for link in content.pages():
        texts = {code: found for code in languages if (found := content.page(link.slug, code))}
        own = {code: found for code, found in texts.items() if found.language == code}
        folder = {"page": "pages", "landing": "pages", "maker": "makers"}.get(link.kind, link.kind)
        yield Thing(
            _("Page"), link.title_in(locale.FALLBACK), {code: found.title for code, found in own.items()},
            {code: found.description for code, found in own.items()},
            {code: f"/{code}/{folder}/{link.slugs.get(code, link.slug)}/" for code in languages},
            reverse("back:content", args=[link.slug]),
        )  # fmt: skip


def _plain(texts: dict[str, str] | catalog.Texts) -> dict[str, str]:
    return {code: unescape(strip_tags(text)).strip() for code, text in texts.items()}

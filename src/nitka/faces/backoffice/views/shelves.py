"""Categories and collections: where shoppers find goods, and what somebody put together by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice import pointing, prose
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.views.contents import goods
from nitka.ground.locale import LANGUAGE_NAMES, pick
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import CategoryDraft, CategoryNode, CollectionDraft, CollectionView
from nitka.shelf.content import queries as content

NEW = "new"
COLLECTION_TEXTS = ("name", "intro", "slug")
CATEGORY_TEXTS = (*COLLECTION_TEXTS, "seo_title", "seo_description")
Texts = dict[str, str]


@dataclass(frozen=True)
class Shelf:
    """One row of a list, or what the form shows."""

    handle: str = ""
    name: Texts = field(default_factory=dict)
    count: int = 0
    depth: int = 0
    languages: tuple[str, ...] = ()
    address: str = ""


@require_GET
@staff("catalog.edit")
def categories(request: HttpRequest) -> HttpResponse:
    """The tree, and how many products stand in each part of it."""
    counted = catalog.counted_in_categories()
    found = [
        _shelf(each, "category", counted.get(each.id, 0), each.depth, request)
        for each in catalog.category_tree()
    ]  # fmt: skip
    return page(request, "backoffice/shelves.html", {"kind": "categories", "shelves": found})


@require_GET
@staff("catalog.edit")
def collections(request: HttpRequest) -> HttpResponse:
    """All collections in the order of the shop."""
    counted = catalog.counted_in_collections()
    found = [_shelf(each, "collection", counted.get(each.id, 0), 0, request) for each in catalog.collections()]
    return page(request, "backoffice/shelves.html", {"kind": "collections", "shelves": found})


def _shelf(each: CategoryNode | CollectionView, view: str, count: int, depth: int, request: HttpRequest) -> Shelf:
    language = request.language  # type: ignore[attr-defined]
    slug = pick(each.slug, language) or each.handle
    written = tuple(code for code in content.shop().languages if each.name.get(code))
    return Shelf(each.handle, dict(each.name), count, depth, written, reverse(view, args=[language, slug]))


@require_http_methods(["GET", "POST"])
@staff("catalog.edit")
def category(request: HttpRequest, handle: str) -> HttpResponse:
    """Make or change a category."""
    tree = catalog.category_tree()
    node = next((each for each in tree if each.handle == handle), None)
    if node is None and handle != NEW:
        raise Http404
    if request.method == "POST":
        draft = CategoryDraft(
            handle=node.handle if node else _free_handle(request, {each.handle for each in tree}),
            parent=request.POST.get("parent", ""), position=_number(request, "position"),
            **_texts(request, node, CATEGORY_TEXTS),
        )  # fmt: skip
        if do(
            request, lambda: catalog_actions.put_categories(drafts=[draft]), verb="category.put",
            subject=draft.handle, said=_("Saved. The shop shows it within seconds."),
        ).done:  # fmt: skip
            return see_other(reverse("back:category", args=[draft.handle]))
    own = {each.handle for each in tree if node and (each.id == node.id or node.id in each.ancestor_ids)}
    parent = next((each.handle for each in tree if node and each.id == node.parent_id), "")
    places = [each for each in tree if each.handle not in own]
    return _form(request, "category", node, CATEGORY_TEXTS, {"places": places, "parent": parent})


@require_http_methods(["GET", "POST"])
@staff("catalog.edit")
def collection(request: HttpRequest, handle: str) -> HttpResponse:
    """Make or change a collection, and say what is in it."""
    known = {each.handle: each for each in catalog.collections()}
    found = known.get(handle)
    if found is None and handle != NEW:
        raise Http404
    if request.method == "POST":
        draft = CollectionDraft(
            handle=found.handle if found else _free_handle(request, set(known)),
            position=_number(request, "position"), products=_ordered(request),
            **_texts(request, found, COLLECTION_TEXTS),
        )  # fmt: skip
        if do(
            request, lambda: catalog_actions.put_collections(drafts=[draft]), verb="collection.put",
            subject=draft.handle, said=_("Saved. The shop shows it within seconds."),
        ).done:  # fmt: skip
            return see_other(reverse("back:collection-edit", args=[draft.handle]))
    ids = catalog.products_in_collection(found.id) if found else []
    rows = {row.id: row for row in catalog.at_a_glance(catalog.product_rows().filter(id__in=ids))}
    held = [{"row": rows[id_], "picture": catalog.picture_of(rows[id_])} for id_ in ids if id_ in rows]
    offered = goods(request.language)  # type: ignore[attr-defined]
    return _form(request, "collection", found, COLLECTION_TEXTS, {"held": held, "goods": offered})


@require_POST
@staff("catalog.edit")
def delete(request: HttpRequest, handle: str, kind: str) -> HttpResponse:
    """Delete an empty category or collection that no menu and no page leads to."""
    act = catalog_actions.delete_category if kind == "category" else catalog_actions.delete_collection

    def deed() -> None:
        if f"{kind}:{handle}" in pointing.menu_pointers():
            raise catalog_actions.ShelfInUse(_("A menu leads here. Take it out of the menu first."))
        if pages := pointing.pages_that_name(f"{kind}:{handle}"):
            words = _("The page “%(name)s” shows it. Take it out of the page first.")
            raise catalog_actions.ShelfInUse(words % {"name": pages[0]})
        act(handle=handle)

    if do(
        request, deed, verb=f"{kind}.delete", subject=handle,
        said=_("Deleted. Its old address leads to the next one above it, or to the home page."),
    ).done:  # fmt: skip
        return see_other(reverse("back:categories" if kind == "category" else "back:collections"))
    return see_other(reverse("back:category" if kind == "category" else "back:collection-edit", args=[handle]))


def _form(
    request: HttpRequest, view: str, found: CategoryNode | CollectionView | None, names: Iterable[str],
    more: Mapping[str, Any],
) -> HttpResponse:  # fmt: skip
    languages = {code: LANGUAGE_NAMES[code] for code in content.shop().languages}
    kept = {name: dict(getattr(found, name)) if found else {} for name in names}
    kept["intro"] = prose.typed_in_all(kept["intro"])
    if request.method == "POST":
        kept = {name: {code: request.POST.get(f"{name}.{code}", "") for code in languages} for name in names}
    shelf = _shelf(found, view, 0, 0, request) if found else Shelf()
    context = {"kind": view, "shelf": shelf, "kept": kept, "shop_languages": languages}
    return page(request, "backoffice/shelf.html", {**context, "position": found.position if found else 0, **more})


def _texts(request: HttpRequest, found: CategoryNode | CollectionView | None, names: Iterable[str]) -> dict[str, Any]:
    """The texts after this form; of languages that it does not show they stay."""
    texts = {}
    for name in names:
        before: Texts = dict(getattr(found, name)) if found else {}
        posted = {code: request.POST[f"{name}.{code}"] for code in LANGUAGE_NAMES if f"{name}.{code}" in request.POST}
        if name == "intro":
            posted = {
                code: before[code] if text.strip() == prose.typed(before.get(code, "")).strip() != ""
                else prose.shown(text)
                for code, text in posted.items()
            }  # fmt: skip
        texts[name] = before | posted
    return texts


def _free_handle(request: HttpRequest, taken: set[str]) -> str:
    written = (request.POST[key] for key in request.POST if key.startswith("name."))
    name = next((text for text in written if text.strip()), "")
    handle = wish = catalog.slugify(name)[:150]
    number = 2
    while handle and (handle in taken or handle == NEW):
        handle, number = f"{wish}-{number}", number + 1
    return handle


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _ordered(request: HttpRequest) -> tuple[str, ...]:
    """Handles in the order of the numbers beside them, without those taken out; new ones come last."""

    def place(handle: str) -> float:
        try:
            return float(request.POST.get(f"place.{handle}", "").replace(",", "."))
        except ValueError:
            return float("inf")

    gone = set(request.POST.getlist("out"))
    held = [each for each in request.POST.getlist("product") if each not in gone]
    new = request.POST.get("add", "").replace(",", " ").split()
    return tuple(dict.fromkeys([*sorted(held, key=place), *new]))

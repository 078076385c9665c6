"""Categories: the tree of the shop."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.shelf.catalog import addresses, cleaning
from nitka.shelf.catalog.drafts import CategoryDraft
from nitka.shelf.catalog.facts import CategoriesChanged
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Attribute, Category, CategoryAttribute
from nitka.shelf.catalog.problems import DraftRefused
from nitka.shelf.catalog.slugs import slugify, wanted_slugs

_FIELDS = ["parent", "path", "position", "name", "intro", "seo_title", "seo_description", "slug"]


@transaction.atomic
def put_categories(*, drafts: Sequence[CategoryDraft], history: bool = False) -> dict[str, UUID]:
    """Make or change categories by handle; parents come first. Tells CategoriesChanged unless it is history.

    Raises DraftRefused for an unknown parent, a circle, or a category without a name.
    """
    lock_catalog()
    rows = {row.handle: row for row in Category.objects.all()}
    handles = {row.id: row.handle for row in rows.values()}
    taken = addresses.taken("category", handles, {row.id: row.slug for row in rows.values()})
    changed = [_changed(draft, rows, taken) for draft in drafts]
    _set_paths(rows)
    Category.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["id"], update_fields=_FIELDS, batch_size=500
    )
    addresses.remember("category", ((row.id, row.slug) for row in rows.values()))
    facets = {rows[draft.handle].id: draft.facets for draft in drafts if draft.facets is not None}
    if facets:
        set_facets(facets=facets)
    if any(changed) and not history:
        tell(CategoriesChanged())
    return {draft.handle: rows[draft.handle].id for draft in drafts}


def _changed(draft: CategoryDraft, rows: dict[str, Category], taken: dict[str, str]) -> bool:
    if not cleaning.texts(draft.name) or slugify(draft.handle) == "" or len(draft.handle) > 200:
        raise DraftRefused(_("A category needs a handle and a name."), handle=draft.handle)
    if draft.parent and draft.parent not in rows:
        raise DraftRefused(_("The category “%(handle)s” is unknown.") % {"handle": draft.parent}, handle=draft.handle)
    row = rows.setdefault(draft.handle, Category(id=new_id(), handle=draft.handle))
    before = [getattr(row, name) for name in _FIELDS if name != "parent"] + [row.parent_id]
    row.parent_id = rows[draft.parent].id if draft.parent else None
    row.position, row.name, row.intro = draft.position, cleaning.texts(draft.name), cleaning.html(draft.intro)
    row.seo_title, row.seo_description = (
        cleaning.texts(draft.seo_title),
        cleaning.texts(draft.seo_description),
    )
    row.slug = _free_slugs(row, draft, taken)
    return before != [getattr(row, name) for name in _FIELDS if name != "parent"] + [row.parent_id]


def _free_slugs(row: Category, draft: CategoryDraft, taken: dict[str, str]) -> dict[str, str]:
    free = {}
    for language, wish in wanted_slugs(draft.slug, row.name, draft.handle).items():
        candidates = (wish, slugify(draft.handle), f"{wish}-{row.id.hex[-6:]}")
        free[language] = next(slug for slug in candidates if slug and taken.get(slug, row.handle) == row.handle)
        taken[free[language]] = row.handle
    return free


def _set_paths(rows: Mapping[str, Category]) -> None:
    by_id = {row.id: row for row in rows.values()}
    for row in rows.values():
        path, step = f"{row.id}/", row
        while step.parent_id:
            step = by_id[step.parent_id]
            if str(step.id) in path:
                raise DraftRefused(_("A category cannot stand below itself."), handle=row.handle)
            path = f"{step.id}/{path}"
        row.path = path


@transaction.atomic
def set_facets(*, facets: Mapping[UUID, Sequence[str]]) -> None:
    """Say by which attributes shoppers may filter in these categories, in order. Unknown codes are passed over."""
    ids = dict(Attribute.objects.filter(code__in={code for codes in facets.values() for code in codes})
               .values_list("code", "id"))  # fmt: skip
    CategoryAttribute.objects.filter(category_id__in=facets).delete()
    CategoryAttribute.objects.bulk_create(
        [
            CategoryAttribute(category_id=category_id, attribute_id=ids[code], position=place)
            for category_id, codes in facets.items()
            for place, code in enumerate(dict.fromkeys(codes))
            if code in ids
        ],
        batch_size=2000,
    )


def categories_at(paths: Iterable[tuple[tuple[str, ...], str]], *, history: bool) -> dict[tuple[str, ...], UUID]:
    """The categories at these paths of names, made in the given language where they are missing.

    A path whose every part is the handle of a category means the last of them.
    """
    wanted = {path: language for path, language in paths if path}
    known = dict(Category.objects.values_list("handle", "id"))
    drafts: dict[str, CategoryDraft] = {}
    handles = {}
    for path, language in wanted.items():
        if all(part in known for part in path):
            handles[path] = path[-1]
            continue
        parent = ""
        for depth, name in enumerate(path, 1):
            handle = _path_handle(path[:depth])
            if handle not in known and handle not in drafts:
                drafts[handle] = CategoryDraft(handle=handle, name={language: name[:200]}, parent=parent)
            parent = handle
        handles[path] = parent
    if drafts:
        known |= put_categories(drafts=list(drafts.values()), history=history)
    return {path: known[handle] for path, handle in handles.items()}


def _path_handle(path: tuple[str, ...]) -> str:
    parts = [slugify(name) or "x" + hashlib.sha256(name.encode()).hexdigest()[:8] for name in path]
    handle = "-".join(parts)
    # Two long paths may share their first letters.
    return handle if len(handle) <= 160 else handle[:150] + hashlib.sha256(handle.encode()).hexdigest()[:8]

"""Pages of the shop's own words: a list, and an editor of blocks that needs no HTML and no JavaScript."""

import json
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice import block_words, page_forms
from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other, typed
from nitka.faces.backoffice.moments import read_wall, wall, when
from nitka.faces.backoffice.page_forms import Sheet
from nitka.faces.backoffice.pages import page, say
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content

NEW = "new"
TAKEN = {NEW, "menus", "pictures", "checks", "forms"}
MOST_OFFERED = 400
SAVED, MOST_OPEN = "pages_saved", 20


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All pages, by kind, with the languages they are published in."""
    rows = content.page_rows()
    if kind := typed(request, "kind"):
        rows = rows.filter(kind=kind)
    language: str = request.language  # type: ignore[attr-defined]
    due = {page_id: when(moment, language) for page_id, moment in content.due_pages().items()}
    return page(request, "backoffice/contents.html", {"pages": list(rows), "kinds": block_words.kinds(), "due": due})


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a page block by block, language by language; saving makes a version, showing it is a second word."""
    row = content.page_rows().filter(slug=slug).first()
    if row is None and slug != NEW:
        raise Http404
    draft = content.draft_of(row) if row else content.Document(title={})
    sheet = page_forms.sheet_of(draft, _language(request))
    sheet.begun = content.newest_version(row.slug) if row else 0
    head = {"slug": row.slug if row else "", "kind": row.kind if row else typed(request, "kind") or "page",
            "position": row.position if row else 0}  # fmt: skip
    if request.method == "POST":
        sheet = page_forms.read(request, sheet)
        head |= {"slug": row.slug if row else catalog.slugify(request.POST.get("slug", "")),
                 "kind": row.kind if row else request.POST.get("kind", "page")}  # fmt: skip
        _keep_uploads(request, sheet)
        deed = request.POST.get("do", "draft")
        if deed.startswith("language "):
            sheet.language = deed[9:] if deed[9:] in LANGUAGE_NAMES else sheet.language
        elif not page_forms.change(sheet, deed):
            head["slug"] = head["slug"] or _address_from(sheet)
            if deed == "show" and not (row and row.published):
                # Who says “Save and show” of a page that was never shown means the language before them.
                sheet.document["published"] = sheet.document["published"] or [sheet.language]
            if done := _save(request, sheet, head, deed, is_new=row is None):
                return done
    return _page(request, row, sheet, head)


def _language(request: HttpRequest) -> str:
    wanted = request.POST.get("language") or request.GET.get("language") or request.language  # type: ignore[attr-defined]
    return wanted if wanted in LANGUAGE_NAMES else "en"


def _keep_uploads(request: HttpRequest, sheet: Sheet) -> None:
    for path, file in sheet.pictures:
        data, name = file.read(), file.name or "picture"
        kept = do(
            request, lambda data=data, name=name: content_actions.put_picture(content=data, name=name),  # type: ignore[misc]
            verb="content.picture", subject=name,
        )  # fmt: skip
        if kept.done:
            page_forms.put(sheet, path, str(kept.value))


def _address_from(sheet: Sheet) -> str:
    """An address that is still free, made of the title."""
    titles = sheet.document["title"]
    wish = catalog.slugify(titles.get("en") or titles.get(sheet.language) or "")[:70]
    taken = TAKEN | set(content.page_rows().filter(slug__startswith=wish).values_list("slug", flat=True))
    tries = (wish if number == 1 else f"{wish}-{number}" for number in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken) if wish else ""


def _save(
    request: HttpRequest, sheet: Sheet, head: dict[str, Any], deed: str, *, is_new: bool
) -> HttpResponse | None:  # fmt: skip
    """Save a version, and show it where the button says so; None where it was refused."""
    if not head["slug"] or head["slug"] in TAKEN:
        say(request, _("Give the page an address, such as returns."), "error")
        return None
    if is_new and content.page_rows().filter(slug=head["slug"]).exists():
        say(request, _("Another page has this address. Choose another one, or change that page."), "error")
        return None
    document = page_forms.without_holes(sheet.document)
    sheet.begun = max(sheet.begun, _saved_by(request, sheet))
    said = _("The page is shown as you wrote it.") if deed == "show" else _("Saved. Shoppers see it once you show it.")
    outcome = do(
        request, lambda: _put(request, sheet.begun, head, document, deed), verb="content.put", subject=head["slug"],
        detail={"published": ", ".join(document["published"])}, said="" if deed == "preview" else said,
    )  # fmt: skip
    if not outcome.done:
        if isinstance(outcome.problem, content_actions.NewerVersion):
            sheet.over = outcome.problem.detail["newest"]
        return None
    _note_saved(request, sheet, outcome.value)
    if deed == "preview":
        token = content.preview_token(head["slug"], outcome.value)
        return see_other(reverse("page_preview", args=[sheet.language, token]))
    return see_other(f"{reverse('back:content', kwargs={'slug': head['slug']})}?language={sheet.language}")


def _saved_by(request: HttpRequest, sheet: Sheet) -> int:
    """The version that this very form saved: a preview opens elsewhere, and the form goes on as it was."""
    return int(request.session.get(SAVED, {}).get(sheet.key, 0))


def _note_saved(request: HttpRequest, sheet: Sheet, number: int) -> None:
    others = [(key, each) for key, each in request.session.get(SAVED, {}).items() if key != sheet.key]
    request.session[SAVED] = dict([*others[1 - MOST_OPEN :], (sheet.key, number)])


def _put(request: HttpRequest, begun: int, head: dict[str, Any], document: dict[str, Any], deed: str) -> int:
    draft = content_actions.Draft(
        slug=head["slug"], kind=head["kind"], title=document["title"], description=document["description"],
        blocks=document["blocks"], slugs=document["slugs"], published=document["published"],
    )  # fmt: skip
    number = content_actions.save_draft(draft=draft, made_by=actor_id(request), begun=begun)
    if deed == "show":
        content_actions.publish_version(slug=head["slug"], number=number, at=_moment(request, "show_at"))
        position = request.POST.get("position", "")
        content_actions.place_page(
            slug=head["slug"], position=int(position) if position.isdecimal() else 0,
            unpublish_at=_moment(request, "end_at"),
        )  # fmt: skip
    return number


def _moment(request: HttpRequest, name: str) -> datetime | None:
    """A moment on the wall clock of the shop; none where nothing sensible was written."""
    return read_wall(request.POST.get(name, ""))


def _page(request: HttpRequest, row: Any, sheet: Sheet, head: dict[str, Any]) -> HttpResponse:
    saved = content.versions(row.slug) if row else []
    newest = saved[0] if saved else None
    context = {
        "row": row, "head": head, "sheet": sheet, "chosen": sheet.language, "whole": json.dumps(sheet.document),
        "changes": _met(sheet, saved), "begun": sheet.over or sheet.begun,
        "blocks": content.KINDS, "names": block_words.block_kinds(), "labels": block_words.fields(),
        "choices": block_words.choices(), "hints": block_words.hints(), "offered": block_words.offered(),
        "kinds": block_words.kinds(), "fillings": sorted(content.fillings(sheet.language)),
        "pictures": content.pictures(), "goods": goods(sheet.language), "places": places(sheet.language),
        "newest": newest, "waits": bool(newest and not newest.live),
        "due": when(newest.due_at, request.language) if newest and newest.due_at else "",  # type: ignore[attr-defined]
        "begins": wall(newest.due_at if newest and not newest.live else None),
        "address": _address(row, sheet.language), "ends": wall(row.unpublish_at if row else None),
    }  # fmt: skip
    return page(request, "backoffice/content.html", context)


def _met(sheet: Sheet, saved: list[content.VersionView]) -> list[content.Difference]:
    """What others changed since this form was opened, where it was about to be saved over that."""
    said = {each.number: each.document for each in saved}
    before = said.get(sheet.begun, content.Document(title={}))
    return content.differences(before, said[sheet.over]) if sheet.over in said else []


def _address(row: Any, language: str) -> str:
    """Where the page is seen in the shop, or "" while it is not."""
    link = content.page_link(row.slug) if row else None
    if link is None:
        return ""
    view = {"landing": "page"}.get(link.kind, link.kind)
    return reverse(view, args=[language, link.slugs[language]])


def goods(language: str) -> list[tuple[str, str]]:
    """Products to pick from: handle and title."""
    rows = catalog.product_rows(status="published").values_list("handle", "title")[:MOST_OFFERED]
    return [(handle, title.get(language) or title.get("en") or handle) for handle, title in rows]


def places(language: str) -> list[tuple[str, str]]:
    """What a link may lead to: as it is written, and what it is called."""

    def named(kind: str, each: Any) -> tuple[str, str]:
        return f"{kind}:{each.handle}", each.name.get(language) or each.name.get("en") or each.handle

    found = [named("category", each) for each in catalog.category_tree()]
    found += [named("collection", each) for each in catalog.collections()]
    found += [(f"maker:{each.handle}", each.name) for each in catalog.brands().values()]
    return found + [(f"page:{each.slug}", each.title_in(language)) for each in content.pages()]

"""Help and legal pages: texts in Markdown, in every language, with a preview."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other, typed
from nitka.faces.backoffice.pages import page, say
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.ground.problem import Problem
from nitka.ground.web.environment import markdown
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content

NEW = "new"


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All pages, by kind, with the languages they are published in."""
    rows = content.page_rows()
    if kind := typed(request, "kind"):
        rows = rows.filter(kind=kind)
    return page(request, "backoffice/contents.html", {"pages": list(rows), "kinds": kinds()})


def kinds() -> dict[str, str]:
    """Kinds of pages as people read them."""
    return {"help": _("Help"), "legal": _("Legal"), "article": _("Articles")}


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a page; `preview` shows how it will look and saves nothing."""
    row = content.page_rows().filter(slug=slug).first()
    if row is None and slug != NEW:
        raise Http404
    values = _stored(row)
    language = request.POST.get("language") or request.GET.get("language") or request.language  # type: ignore[attr-defined]
    if language not in LANGUAGE_NAMES:
        language = "en"
    preview = None
    if request.method == "POST":
        values = _read(request, values, slug)
        if "preview" in request.POST:
            preview = _preview(values["body"].get(language, ""), language)
        elif _save(request, values):
            return see_other(f"{reverse('back:content', kwargs={'slug': values['slug']})}?language={language}")
    context: dict[str, Any] = {
        "row": row, "values": values, "chosen": language, "preview": preview, "kinds": kinds(),
        "fillings": sorted(content.fillings(language)),
    }  # fmt: skip
    return page(request, "backoffice/content.html", context)


def _stored(row: Any) -> dict[str, Any]:
    if row is None:
        return {"slug": "", "kind": "help", "title": {}, "description": {}, "body": {}, "published": [], "position": 0}
    names = ("slug", "kind", "title", "description", "body", "published", "position")
    return {name: getattr(row, name) for name in names}


def _read(request: HttpRequest, values: dict[str, Any], slug: str) -> dict[str, Any]:
    posted, language = request.POST, request.POST.get("language", "en")
    texts = {
        name: {**values[name], language: posted.get(name, "").replace("\r\n", "\n").strip()}
        for name in ("title", "description", "body")
    }
    texts = {name: {code: text for code, text in by.items() if text} for name, by in texts.items()}
    published = [code for code in values["published"] if code != language]
    if posted.get("published"):
        published.append(language)
    position = posted.get("position", "")
    return {
        **texts, "slug": slugify(posted.get("slug", "")) if slug == NEW else slug,
        "kind": posted.get("kind", values["kind"]), "published": published,
        "position": int(position) if position.isdecimal() else values["position"],
    }  # fmt: skip


def _save(request: HttpRequest, values: dict[str, Any]) -> bool:
    if not values["slug"] or values["slug"] == NEW:
        say(request, _("Give the page an address, such as returns."), "error")
        return False
    return do(
        request, lambda: content_actions.put_page(**values), verb="content.put", subject=values["slug"],
        detail={"published": ", ".join(values["published"])}, said=_("The page is saved."),
    ).done  # fmt: skip


def _preview(text: str, language: str) -> str:
    for name, value in content.fillings(language).items():
        for form in (f"{{{{ {name} }}}}", f"{{{{{name}}}}}"):
            text = text.replace(form, value)
    try:
        return markdown(text)
    except Problem as problem:
        return problem.message

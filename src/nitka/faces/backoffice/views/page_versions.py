"""What a page said at each save: compare, show, bring back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other, typed
from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.pages import page
from nitka.people.accounts import queries as accounts
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content


@require_GET
@staff("settings.edit")
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """All saves, newest first, and what one of them said differently from the one before or from another."""
    saved = content.versions(slug)
    if not content.page_rows().filter(slug=slug).exists():
        raise Http404
    by_number = {each.number: each for each in saved}
    chosen = by_number.get(_number(typed(request, "version")) or (saved[0].number if saved else 0))
    against = by_number.get(_number(typed(request, "against")) or (chosen.number - 1 if chosen else 0))
    empty = content.Document(title={})
    language: str = request.language  # type: ignore[attr-defined]
    wanted = typed(request, "language") or language
    found = content.differences(against.document if against else empty, chosen.document) if chosen else []
    changes = [each for each in found if wanted == "all" or each.language in ("", wanted)]
    return page(request, "backoffice/content_versions.html", {
        "slug": slug, "saved": saved, "chosen": chosen, "against": against, "changes": changes, "wanted": wanted,
        "elsewhere": len(found) - len(changes),
        "who": _names({each.made_by for each in saved if each.made_by}),
        "due": {each.number: when(each.due_at, language) for each in saved if each.due_at},
        "preview": _preview(slug, chosen.number, language) if chosen else "",
    })  # fmt: skip


@require_POST
@staff("settings.edit")
def bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write on from an old version."""
    said = _("The old version is the newest draft now. Shoppers see it once you show it.")
    do(
        request, lambda: content_actions.bring_back(slug=slug, number=number, made_by=actor_id(request)),
        verb="content.bring_back", subject=slug, detail={"version": number}, said=said,
    )  # fmt: skip
    return see_other(reverse("back:content", kwargs={"slug": slug}))


@require_POST
@staff("settings.edit")
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version to shoppers at once."""
    do(
        request, lambda: content_actions.publish_version(slug=slug, number=number),
        verb="content.publish", subject=slug, detail={"version": number},
        said=_("Shoppers see this version now."),
    )  # fmt: skip
    return see_other(reverse("back:content-versions", kwargs={"slug": slug}))


def _preview(slug: str, number: int, language: str) -> str:
    return reverse("page_preview", args=[language, content.preview_token(slug, number)])


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _names(ids: set[UUID]) -> dict[UUID, str]:
    return {user.id: user.name or user.email for user in accounts.staff_rows() if user.id in ids}

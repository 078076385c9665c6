"""Comments below articles and collections: the queue of what waits for a look."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import here, page
from nitka.ground.locale import LANGUAGE_NAMES, pick
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known

MAY = ("messages.answer", "catalog.edit")


@require_GET
@staff(*MAY)
def show(request: HttpRequest) -> HttpResponse:
    """Comments, those that wait first; each is read, shown or refused on the spot."""
    words = {"waiting": _("To look at"), "published": _("Shown"), "refused": _("Refused")}
    state = request.GET.get("state", "waiting")
    state = state if state in words else "waiting"
    number = request.GET.get("page", "1")
    now = int(number) if number.isdecimal() and len(number) < 6 else 1
    found, more = known.comment_queue(state=state, page=now)
    tabs = [
        {"label": label, "href": here(request, state=None if each == "waiting" else each, page=None), "key": each,
         "count": known.comments_waiting() if each == "waiting" else None, "current": each == state}
        for each, label in words.items()
    ]  # fmt: skip
    places = _places(request)
    return page(request, "backoffice/comments.html", {
        "tabs": tabs, "state": state, "tongues": LANGUAGE_NAMES,
        "comments": [(each, places.get(each.subject, "")) for each in found],
        "before": here(request, page=now - 1) if now > 1 else "", "after": here(request, page=now + 1) if more else "",
    })  # fmt: skip


@require_POST
@staff(*MAY)
def deed(request: HttpRequest, comment_id: UUID, deed: str) -> HttpResponse:
    """Show a comment or refuse it."""
    acts: dict[str, tuple[Any, str]] = {
        "publish": (lambda: reviews.publish_comment(comment_id=comment_id), _("The comment is shown.")),
        "refuse": (
            lambda: reviews.refuse_comment(comment_id=comment_id, reason=request.POST.get("text", "")),
            _("The comment is not shown."),
        ),
    }
    if deed not in acts:
        raise Http404
    act, said = acts[deed]
    do(request, act, verb=f"comment.{deed}", subject=str(comment_id), said=said)
    return see_other(reverse("back:comments"))


def _places(request: HttpRequest) -> dict[UUID, str]:
    language: str = request.language  # type: ignore[attr-defined]
    titles = {row.id: pick(row.title, language) for row in content.page_rows()}
    return titles | {each.id: pick(each.name, language) for each in catalog.collections()}

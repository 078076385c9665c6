"""Comments below articles and collections: what stands on the page is the same for all; writing has its own address."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.storefront.leading import collection_paths, page_path
from nitka.faces.storefront.order_access import private
from nitka.faces.storefront.page import show
from nitka.faces.storefront.posted import TRAP, is_too_large, me_of, refuse_machines
from nitka.ground import locale
from nitka.ground.problem import Problem
from nitka.ground.web.limits import check, client_address
from nitka.ground.web.public import shown
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known

FROM_ONE_PLACE = "10/h"


def comments_part(request: HttpRequest, about: str, subject: UUID) -> dict[str, Any]:
    """What `storefront/parts/comments.html` needs; the page is made anew when one of its comments changes."""
    language: str = request.language  # type: ignore[attr-defined]
    shown(request, f"comments:{subject}")
    found = known.comments_of(subject)
    address = reverse("comment", args=[language, about, subject])
    said = [(each, locale.format_date(each.created_at.date(), language, "medium")) for each in found]
    return {"comments": {"said": said, "address": address}}


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, language: str, about: str, subject: UUID) -> HttpResponse:
    """The form by itself, and what it is sent to."""
    place = _place(about, subject, language)
    if place is None:
        raise Http404
    typed = {"body": "", "nickname": "", "language": language}
    if request.method != "POST":
        return _form(request, place, typed, {})
    if is_too_large(request):
        return _form(request, place, typed, {"pictures": _("Together, the pictures are too large.")}, 413)
    typed = {name: request.POST.get(name, "")[:6000] for name in typed} | {"language": language}
    try:
        refuse_machines(request)
        check(f"comment:{client_address(request)}", FROM_ONE_PLACE)
        pictures = [each.read() for each in request.FILES.getlist("pictures")[:6]]
        me = me_of(request)
        said = reviews.Said(about=about, subject=subject, **typed, pictures=pictures, customer_id=me.id if me else None)
        reviews.write_comment(said=said)
    except Problem as problem:
        errors = problem.detail.get("errors") or {"form": problem.message}
        return _form(request, place, typed, errors, max(problem.status, 422))
    text = _("We read it, and then it is shown with the name that you chose.")
    context = {"title": _("Thank you"), "text": text, "confirm": ""}
    return private(show(request, "storefront/message.html", context))


def _place(about: str, subject: UUID, language: str) -> tuple[str, str] | None:
    """Title and address of what is commented on, where that is open for comments."""
    if about == "page":
        link = next((each for each in content.pages("article") if (own := content.page(each.slug, language))
                     and own.id == subject), None)  # fmt: skip
        return (link.title_in(language), page_path(link, language)) if link else None
    found = next((each for each in catalog.collections() if each.id == subject), None)
    return (locale.pick(found.name, language), collection_paths(found)[language]) if found else None


def _form(
    request: HttpRequest, place: tuple[str, str], typed: dict[str, str], errors: dict[str, str], status: int = 200
) -> HttpResponse:
    context = {"place": place, "typed": typed, "errors": errors, "trap": TRAP}
    return private(show(request, "storefront/comment.html", context, status=status))

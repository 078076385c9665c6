"""Pictures and films of the shop's own words: upload, and say what is to be seen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All of them, newest first; a post adds files."""
    if request.method == "POST":
        taken = 0
        for file in request.FILES.getlist("files"):
            data, name = file.read(), file.name or "picture"
            taken += do(
                request, lambda data=data, name=name: content_actions.put_picture(content=data, name=name),  # type: ignore[misc]
                verb="content.picture", subject=name,
            ).done  # fmt: skip
        if taken:
            say(request, ngettext("%(n)d file was added.", "%(n)d files were added.", taken) % {"n": taken})
        return see_other(reverse("back:content-pictures"))
    shown = content.shop().languages
    return page(request, "backoffice/content_pictures.html", {
        "pictures": content.pictures(), "spoken": {code: LANGUAGE_NAMES[code] for code in shown},
    })  # fmt: skip


@require_POST
@staff("settings.edit")
def words(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    """Say in each language what is to be seen on a picture."""
    alt = {code: request.POST[f"alt.{code}"].strip() for code in LANGUAGE_NAMES if f"alt.{code}" in request.POST}
    do(
        request, lambda: content_actions.put_picture_words(picture_id=picture_id, alt=alt),
        verb="content.picture_words", subject=str(picture_id), said=_("Saved."),
    )  # fmt: skip
    return see_other(reverse("back:content-pictures") + f"#{picture_id}")

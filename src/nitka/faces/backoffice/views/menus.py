"""The links of the shop's header and footer."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice import block_words, page_forms
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.page_forms import Sheet
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.views.contents import places
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content

_LINK = (content.Field("label"), content.Field("to", "address"))
ENTRY = {"entry": content.Kind("entry", (*_LINK, content.Field("entries", "items", fields=_LINK)))}


def names() -> dict[str, str]:
    """Menus as people call them."""
    return {"header": _("Header"), "footer": _("Footer")}


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Both menus, and whether they are the merchant's own."""
    return page(request, "backoffice/menus.html", {"menus": content.menu_rows(), "names": names()})


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, place: str) -> HttpResponse:
    """Write a menu, language by language; nothing is kept until it is saved."""
    if place not in names():
        raise Http404
    wanted = request.POST.get("language") or request.GET.get("language") or request.language  # type: ignore[attr-defined]
    stored = [{"kind": "entry", **each} for each in content.menu_rows().get(place, [])]
    sheet = Sheet({"blocks": stored}, wanted if wanted in LANGUAGE_NAMES else "en", kinds=ENTRY)
    if request.method == "POST":
        sheet = page_forms.read(request, sheet)
        deed = request.POST.get("do", "save")
        if deed.startswith("language "):
            sheet.language = deed[9:] if deed[9:] in LANGUAGE_NAMES else sheet.language
        elif not page_forms.change(sheet, deed) and _save(request, place, sheet):
            return see_other(f"{reverse('back:menu', kwargs={'place': place})}?language={sheet.language}")
    return page(request, "backoffice/menu.html", {
        "place": place, "name": names()[place], "sheet": sheet, "chosen": sheet.language,
        "whole": json.dumps(sheet.document), "fields": ENTRY["entry"].fields, "places": places(sheet.language),
        "labels": block_words.fields() | {"label": _("Label"), "entries": _("Below it")}, "hints": block_words.hints(),
    })  # fmt: skip


def _save(request: HttpRequest, place: str, sheet: Sheet) -> bool:
    entries: list[dict[str, Any]] = [
        {name: value for name, value in each.items() if name != "kind"}
        for each in page_forms.without_holes(sheet.document)["blocks"]
    ]
    return do(
        request, lambda: content_actions.put_menu(place=place, entries=[each for each in entries if each]),
        verb="content.menu", subject=place, said=_("The menu is saved; the shop shows it within seconds."),
    ).done  # fmt: skip

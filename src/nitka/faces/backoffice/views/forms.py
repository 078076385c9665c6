"""Forms of the merchant's own: which there are, what they ask, and the sheets that came."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice import page_forms, spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.page_forms import Sheet
from nitka.faces.backoffice.pages import here, page
from nitka.ground.locale import LANGUAGE_NAMES, pick
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content

NEW = "new"
MOST_EXPORTED = 20_000
_ASKED = (
    content.Field("label"), content.Field("hint"), content.Field("kind_of", "choice", choices=content.FIELD_KINDS),
    content.Field("needed", "choice", choices=("no", "yes")),
    content.Field("choices", "items", fields=(content.Field("label"),)),
)  # fmt: skip
ASKED = {"field": content.Kind("field", _ASKED)}
TEXTS = ("title", "consent", "thanks")


def _words() -> dict[str, str]:
    return {
        "label": _("Label"), "hint": _("Hint below it"), "kind_of": _("What is written"), "needed": _("Needed"),
        "choices": _("Choices"), "line": _("one line"), "text": _("several lines"), "email": _("e-mail address"),
        "name": _("name"), "phone": _("telephone"), "number": _("number"), "date": _("day"),
        "choice": _("one of the choices"), "tick": _("a tick"), "yes": _("yes"), "no": _("no"),
    }  # fmt: skip


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All forms, and how many sheets each has."""
    return page(request, "backoffice/forms.html", {"forms": content.forms()})


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write a form, language by language; nothing is kept until it is saved."""
    row = None if code == NEW else content.form_row(code)
    if row is None and code != NEW:
        raise Http404
    head = {"mail_to": row.mail_to if row else "", "talks": row.talks if row else True,
            "open": row.open if row else True, "code": row.code if row else ""}  # fmt: skip
    wanted = request.POST.get("language") or request.GET.get("language") or request.language  # type: ignore[attr-defined]
    whole = {name: dict(getattr(row, name)) if row else {} for name in TEXTS}
    sheet = Sheet({"blocks": _blocks(row), **whole}, wanted if wanted in LANGUAGE_NAMES else "en", kinds=ASKED)
    if request.method == "POST":
        head |= {"mail_to": request.POST.get("mail_to", ""), "talks": "talks" in request.POST,
                 "open": "open" in request.POST}  # fmt: skip
        head["code"] = head["code"] or slugify(request.POST.get("code", ""))[:40]
        texts = _texts(request, whole, sheet.language)
        sheet = page_forms.read(request, sheet)
        sheet.document |= texts
        deed = request.POST.get("do", "save")
        if deed.startswith("language "):
            sheet.language = deed[9:] if deed[9:] in LANGUAGE_NAMES else sheet.language
        elif not page_forms.change(sheet, deed) and _save(request, head, sheet):
            address = reverse("back:form", kwargs={"code": head["code"]})
            return see_other(f"{address}?language={sheet.language}")
    return page(request, "backoffice/form.html", {
        "row": row, "head": head, "sheet": sheet, "chosen": sheet.language, "whole": json.dumps(sheet.document),
        "fields": _ASKED, "words": _words(),
    })  # fmt: skip


def _blocks(row: content.FormRow | None) -> list[dict[str, Any]]:
    return [
        {
            "kind": "field", "id": each["name"], "label": each["label"], "hint": each["hint"],
            "kind_of": each["kind"], "needed": "yes" if each["needed"] else "no",
            "choices": [{"label": choice} for choice in each["choices"]],
        }
        for each in (row.fields if row else ())
    ]  # fmt: skip


def _texts(request: HttpRequest, whole: dict[str, dict[str, str]], language: str) -> dict[str, dict[str, str]]:
    """Title, consent and thanks, as they were carried from press to press, with those of the shown language."""
    try:
        carried = json.loads(request.POST.get("document", ""))
    except ValueError:
        carried = {}
    made = {}
    for name in TEXTS:
        known = carried.get(name) if isinstance(carried, dict) else None
        texts = dict(known) if isinstance(known, dict) else dict(whole[name])
        typed = request.POST.get(f"t.{name}")
        if typed is not None:
            texts[language] = typed.strip()
        made[name] = {each: text for each, text in texts.items() if text}
    return made


def _save(request: HttpRequest, head: dict[str, Any], sheet: Sheet) -> bool:
    document = page_forms.without_holes(sheet.document)
    fields = [
        {
            "name": each.get("id", ""), "kind": each.get("kind_of", ""), "label": each.get("label"),
            "hint": each.get("hint"), "needed": each.get("needed") == "yes",
            "choices": [choice.get("label") for choice in each.get("choices", ())],
        }
        for each in document["blocks"]
    ]  # fmt: skip
    texts: dict[str, Any] = {name: document.get(name) or {} for name in TEXTS}
    return do(
        request, lambda: content_actions.put_form(**head, **texts, fields=fields),
        verb="content.form", subject=head["code"], said=_("The form is saved; pages show it within seconds."),
    ).done  # fmt: skip


@require_GET
@staff("messages.answer", "settings.edit")
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """What was filled in, newest first."""
    row = content.form_row(code)
    if row is None:
        raise Http404
    number = request.GET.get("page", "1")
    now = int(number) if number.isdecimal() and len(number) < 6 else 1
    found, more = content.submissions(code, page=now)
    return page(request, "backoffice/form_sheets.html", {
        "row": row, "sheets": found, "tongues": LANGUAGE_NAMES,
        "before": here(request, page=now - 1) if now > 1 else "", "after": here(request, page=now + 1) if more else "",
    })  # fmt: skip


@require_GET
@staff("messages.answer", "settings.edit")
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The sheets as a table, a column for each field."""
    row = content.form_row(code)
    if row is None:
        raise Http404
    language: str = request.language  # type: ignore[attr-defined]
    names = [each["name"] for each in row.fields]
    labels = [pick(each["label"], language) for each in row.fields]
    header = [_("When"), _("Language"), _("Page"), *labels, _("Agreed to")]

    def lines() -> Iterator[list[Any]]:
        for each in content.submissions(code, a_page=MOST_EXPORTED)[0]:
            said = {name: value for name, _label, value in each.answers}
            yield [each.at.isoformat(), each.language, each.page, *(said.get(name, "") for name in names), each.consent]

    return spreadsheets.answer(code, header, lines())


@require_POST
@staff("settings.edit")
def delete(request: HttpRequest, code: str, sheet_id: UUID) -> HttpResponse:
    """Throw a sheet away."""
    do(request, lambda: content_actions.delete_submission(submission_id=sheet_id), verb="content.sheet_deleted",
       subject=str(sheet_id), said=_("The sheet is gone."))  # fmt: skip
    return see_other(reverse("back:form-sheets", args=[code]))

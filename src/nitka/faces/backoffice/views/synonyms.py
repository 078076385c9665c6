"""Words that find the same, by language: one group a line."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.search import actions as search_actions
from nitka.shelf.search import queries as search


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """The groups of one language."""
    language = request.POST.get("language") or request.GET.get("language") or request.language  # type: ignore[attr-defined]
    if language not in LANGUAGE_NAMES:
        language = "en"
    if request.method == "POST":
        groups = read(request.POST.get("groups", ""))
        said = ngettext(
            "%(n)d group is saved; search uses it within seconds.",
            "%(n)d groups are saved; search uses them within seconds.",
            len(groups),
        )  # fmt: skip
        do(
            request, lambda: search_actions.set_synonyms(language=language, groups=groups), verb="search.synonyms",
            subject=LANGUAGE_NAMES[language], detail={"groups": len(groups)}, said=said % {"n": len(groups)},
        )  # fmt: skip
        return see_other(f"{reverse('back:synonyms')}?language={language}")
    return page(
        request, "backoffice/synonyms.html",
        {"chosen": language, "groups": "\n".join(", ".join(group) for group in search.synonyms(language))},
    )  # fmt: skip


def read(text: str) -> list[list[str]]:
    """A group a line, its wordings between commas; lines with one wording say nothing."""
    lines = ([word.strip() for word in line.split(",") if word.strip()] for line in text.splitlines())
    return [words for words in lines if len(words) > 1]

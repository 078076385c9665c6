"""The check of texts: spelling, length, reading ease, missing languages and pictures without words."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.backoffice import pointing, tasks, text_check
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.ground.wording import spelling
from nitka.ground.wording.reading_ease import FORMULAS
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content


@require_http_methods(["GET", "POST"])
@staff("settings.edit", "catalog.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Every page and product in one language, what needs a look first."""
    languages = content.shop().languages
    wanted = request.POST.get("language") or request.GET.get("language") or ""
    language = wanted if wanted in languages else languages[0]
    if request.method == "POST":
        _act(request, language)
        return see_other(f"{reverse('back:text-checks')}?language={language}")
    judged = content.judged(language)
    found = [text_check.check(each, language, judged) for each in text_check.texts(language)]
    found.sort(key=lambda each: (-each.troubles, each.text.name))
    return page(request, "backoffice/text_checks.html", {
        "found": found, "lost_links": pointing.gone(pointing.menu_pointers()), "checked": language,
        "formula": text_check.formula_words()[FORMULAS[language]],
        "has_dictionary": spelling.dictionary_of(language) is not None,
        "unread": sum(each.unread for each in found), "none_anywhere": language == "hy",
        "tongues": [(code, LANGUAGE_NAMES[code]) for code in languages],
    })  # fmt: skip


def _act(request: HttpRequest, language: str) -> None:
    if word := request.POST.get("word", ""):
        do(request, lambda: content_actions.accept_word(language=language, word=word), verb="content.word",
           subject=word[:100], said=_("“%(word)s” is a word from now on.") % {"word": word[:100]})  # fmt: skip
    else:
        tasks.look_words_up.later(lock="words")
        say(request, _("The words are being looked up; a dictionary takes a minute or two."))

"""Verdicts on the words of the shop's texts."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.locale import LANGUAGES
from nitka.shelf.content.models import Word
from nitka.shelf.content.problems import ContentProblem

LONGEST = 100


@transaction.atomic
def judge_words(*, language: str, verdicts: Mapping[str, bool]) -> int:
    """Keep what a dictionary said of words; what somebody said by hand stays. Returns how many were new."""
    known = set(Word.objects.filter(language=language, word__in=list(verdicts)).values_list("word", flat=True))
    fresh = {word: good for word, good in verdicts.items() if word not in known and len(word) <= LONGEST}
    rows = [Word(language=language, word=word, good=good) for word, good in fresh.items()]
    Word.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def accept_word(*, language: str, word: str) -> None:
    """Say that a word is one, such as a name. Raises ContentProblem for what is none of ours."""
    text = word.strip()
    if language not in LANGUAGES or not 0 < len(text) <= LONGEST:
        raise ContentProblem(_("Name one word and its language."))
    Word.objects.update_or_create(language=language, word=text, defaults={"good": True, "by_hand": True})

"""Having reviews translated into the shop's languages: by a job, outside of any transaction."""

from collections.abc import Sequence

import structlog
from django.db import transaction

from nitka.ground import clock
from nitka.shelf.content import queries as content
from nitka.shelf.reviews import tasks
from nitka.shelf.reviews.checking import AT_MOST, cleaned
from nitka.shelf.reviews.models import Review, State
from nitka.shelf.reviews.translators import translator
from nitka.shelf.reviews.translators.contract import NotNow, Translator, WillNot

__all__ = ["translate_reviews"]

AT_ONCE, MOST_TROUBLES = 100, 3
Words = dict[str, dict[str, str]]
log = structlog.get_logger(__name__)


def translate_reviews() -> int:
    """Ask the translator that is set for reviews that wait for it; how many were done.

    Where it does not answer the rest waits for the next time. A language that it will not do is left out. In no order,
    so that one review which it stumbles over keeps no others waiting.
    """
    by = translator()
    if by.NAME == "nobody":
        return 0
    waiting = Review.objects.filter(state=State.PUBLISHED, translated_at__isnull=True).order_by("?")
    done = troubles = 0
    for row in waiting.only("id", "title", "body", "language", "translations", "product_id")[:AT_ONCE]:
        words, trouble = _asked(by, row, content.shop().languages)
        _keep(row, words, finished=not trouble)
        if trouble:
            log.warning("review_not_translated", translator=by.NAME, error=trouble)
        done, troubles = (done, troubles + 1) if trouble else (done + 1, 0)
        if troubles == MOST_TROUBLES:
            break
    return done


def _asked(by: Translator, row: Review, languages: Sequence[str]) -> tuple[Words, str]:
    """What it says in each language that is missing, and why it said no more."""
    words: Words = dict(row.translations)
    texts = [text for text in (row.title, row.body) if text]
    for language in languages if texts else ():
        if language == row.language or language in words:
            continue
        try:
            said = iter(by.translate(texts, source=row.language, target=language))
        except NotNow as trouble:
            return words, str(trouble)
        except WillNot:
            words[language] = {}
            continue
        parts = {name: cleaned(next(said), AT_MOST[name]) if getattr(row, name) else "" for name in ("title", "body")}
        words[language] = parts if parts["body"] or not row.body else {}
    return words, ""


@transaction.atomic
def _keep(row: Review, words: Words, *, finished: bool) -> None:
    """Unless the review was written anew meanwhile: then these words are those of another."""
    same = {"id": row.id, "title": row.title, "body": row.body, "language": row.language, "state": State.PUBLISHED}
    kept = Review.objects.select_for_update().filter(**same).values_list("product_id", flat=True).first()
    if kept is None or (words == row.translations and not finished):
        return
    Review.objects.filter(id=row.id).update(translations=words, translated_at=clock.now() if finished else None)
    if words != row.translations:
        tasks.count_later(kept)

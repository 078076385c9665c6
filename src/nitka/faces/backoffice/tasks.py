"""What the worker does for the back office: looking up words takes a dictionary, and that takes its time."""

from nitka.ground.facts.jobs import periodic, task


@task(queue="media")
def look_words_up() -> None:
    """Look up every word of the shop's texts that nobody judged yet, one language after the other."""
    from nitka.faces.backoffice import text_check
    from nitka.ground.wording import spelling
    from nitka.shelf.content import actions as content_actions
    from nitka.shelf.content import queries as content

    for language in content.shop().languages:
        if spelling.dictionary_of(language) is None:
            continue
        known = content.judged(language)
        words = {word for text in text_check.texts(language) for word in text_check.to_look_up(text.plain)} - set(known)
        content_actions.judge_words(language=language, verdicts=spelling.judge(words, language))


@periodic("37 4 * * *")
def look_new_words_up() -> None:
    """Once a night, what was written by day."""
    look_words_up.later(lock="words")

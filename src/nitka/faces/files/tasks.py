"""What the worker does for files: looking feeds through, so that the merchant sees what their readers would refuse."""

from django.conf import settings

from nitka.ground.facts.jobs import periodic, task
from nitka.shelf.content import actions as content


@task()
def check_feed(*, kind: str, market: str, language: str) -> None:
    """Look one feed through and keep what was found; nothing, if the market or language is gone by now."""
    from nitka.faces.files.feeds import known
    from nitka.faces.files.feeds.checking import report
    from nitka.faces.files.feeds.items import goods
    from nitka.faces.files.feeds.place import place

    if known.feed(kind, market, language) is None:
        return
    here = place(market, language, settings.NITKA_PUBLIC_URL)
    found = report(kind, here, goods(here))
    content.keep_feed_report(
        kind=kind, market=market, language=language, items=found.items, left_out=found.left_out, counts=found.counts,
        findings=found.findings,
    )  # fmt: skip


@periodic("17 4 * * *")
def check_feeds() -> None:
    """Have every feed looked through that is handed out, one after the other."""
    from nitka.faces.files.feeds import known

    for each in known.feeds():
        if each.access != "off":
            check_feed.later(lock="feeds", kind=each.kind, market=each.market, language=each.language)

"""Having a feed looked through, now or by the worker."""

from collections.abc import Iterator

from django.conf import settings

from nitka.faces.files import tasks
from nitka.faces.files.feeds import checking
from nitka.faces.files.feeds.items import goods
from nitka.faces.files.feeds.place import place
from nitka.shelf.content import actions as content


def later(*, kind: str, market: str, language: str) -> None:
    """Have the worker look the feed through, as part of the caller's transaction."""
    content.ask_for_feed_check(kind=kind, market=market, language=language)
    tasks.check_feed.later(lock="feeds", kind=kind, market=market, language=language)


def all_findings(*, kind: str, market: str, language: str) -> Iterator[checking.Finding]:
    """Every trouble of the feed as it is now, one after the other; memory does not grow with them."""
    here = place(market, language, settings.NITKA_PUBLIC_URL)
    for each in goods(here):
        yield from checking.findings(kind, here, each)

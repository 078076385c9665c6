"""The kinds of feeds: what each takes at most, and who writes it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nitka.faces.files.feeds import agents, rss, sheets
from nitka.faces.files.feeds.items import Goods
from nitka.faces.files.feeds.limits import Limits
from nitka.faces.files.feeds.place import Place


@dataclass(frozen=True, slots=True)
class Kind:
    """How a feed begins, what it says of goods ("" if nothing), and how it ends."""

    content_type: str
    limits: Limits
    head: Callable[[Place], str]
    goods: Callable[[Goods, Place], str]
    tail: str = ""


CSV, LINES = "text/csv; charset=utf-8", "application/jsonl; charset=utf-8"
KINDS = {
    "google": Kind(rss.TYPE, rss.GOOGLE, rss.head, rss.google, rss.TAIL),
    "microsoft": Kind(rss.TYPE, rss.MICROSOFT, rss.head, rss.microsoft, rss.TAIL),
    "meta": Kind(CSV, sheets.META, sheets.meta_head, sheets.meta),
    "pinterest": Kind(CSV, sheets.PINTEREST, sheets.pinterest_head, sheets.pinterest),
    "acp": Kind(LINES, agents.ACP, agents.head, agents.acp),
    "openai": Kind(LINES, agents.OPENAI, agents.head, agents.openai),
}


def lines(kind: Kind, place: Place, goods: Iterable[Goods]) -> Iterator[str]:
    """The whole feed, piece by piece; the head at once."""
    yield kind.head(place)
    for each in goods:
        if each.items:
            yield kind.goods(each, place)
    yield kind.tail

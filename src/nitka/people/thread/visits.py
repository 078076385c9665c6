"""A visit as one knot: what somebody did on one device with no pause of half an hour, between two facts.

Facts are not folded in, so that the story keeps its order: looked, ordered, looked on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from nitka.people.thread.items import ThreadItem

PAUSE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Visit:
    """Events of one device, newest first. `came_from` is a site's name, `goods` are the products that were seen."""

    id: str
    items: tuple[ThreadItem, ...]
    device: UUID | None
    started_at: datetime
    at: datetime
    pages: int
    goods: tuple[str, ...]
    searches: tuple[str, ...]
    came_from: str
    campaign: str
    is_phone: bool
    is_bot: bool

    @property
    def minutes(self) -> int:
        return round((self.at - self.started_at).total_seconds() / 60)


Knot = ThreadItem | Visit


def knots(found: Iterable[ThreadItem]) -> tuple[Knot, ...]:
    """Items, newest first, with the events of each visit folded into one knot; a lonely event stays as it is."""
    made: list[Knot] = []
    run: list[ThreadItem] = []
    for item in found:
        if run and not _goes_on(run[-1], item):
            made.append(_folded(run))
            run = []
        if item.source == "event":
            run.append(item)
        else:
            made.append(item)
    return tuple([*made, _folded(run)] if run else made)


def _goes_on(later: ThreadItem, earlier: ThreadItem) -> bool:
    same = earlier.source == "event" and earlier.device == later.device and earlier.is_bot == later.is_bot
    return same and later.at - earlier.at <= PAUSE


def _folded(run: Sequence[ThreadItem]) -> Knot:
    if len(run) == 1:
        return run[0]
    first = run[-1]
    return Visit(
        # The oldest one names it, so that it keeps its name while it goes on.
        id=f"v-{first.id}", items=tuple(run), device=first.device, started_at=first.at, at=run[0].at,
        pages=sum(item.kind in ("page", "screen") for item in run),
        goods=_distinct(text(item.data, "name", "title") for item in reversed(run) if item.name == "Product Viewed"),
        searches=_distinct(text(item.data, "query") for item in reversed(run) if item.name == "Products Searched"),
        came_from=_came_from(first), campaign=_campaign(first), is_phone=_is_phone(first), is_bot=first.is_bot,
    )  # fmt: skip


def text(values: object, *names: str, most: int = 120) -> str:
    """The first of these values that is a text or a number. What others send may be anything."""
    for name in names:
        found = values.get(name) if isinstance(values, dict) else None
        if isinstance(found, str | int | float) and not isinstance(found, bool) and str(found).strip():
            return str(found).strip()[:most]
    return ""


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _came_from(item: ThreadItem) -> str:
    page = item.context.get("page")
    referrer = text(page, "referrer") or text(item.data, "referrer")
    try:
        host = urlsplit(referrer).hostname or ""
        own = urlsplit(text(page, "url") or text(item.data, "url")).hostname or ""
    except ValueError:
        return ""
    return "" if host == own else host.removeprefix("www.")


def _campaign(item: ThreadItem) -> str:
    return text(item.context.get("campaign"), "name", "source")


def _is_phone(item: ThreadItem) -> bool:
    return "Mobi" in text(item.context, "userAgent", most=500)

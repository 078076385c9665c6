"""The thread as the back office shows it: days, knots, and what each knot opens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.ground import clock
from nitka.ground.locale import format_date
from nitka.people.thread import queries as thread
from nitka.shelf.content import queries as content

PAGE, MOST_LIVE = 60, 240
# What a page tells of itself several times a visit; nobody did it.
MEASURED = ("Web Vital Measured", "Web Vitals")


@dataclass(frozen=True, slots=True)
class ShownKnot:
    """One line of the thread; a visit opens what happened in it."""

    id: str
    at: datetime
    time: str
    text: Markup
    knot: str
    href: str = ""
    visit: thread.Visit | None = None
    steps: tuple["ShownKnot", ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day of the shop's calendar, newest first."""

    day: date
    label: str
    knots: tuple[ShownKnot, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Filter:
    """One of the filters above the thread."""

    key: str
    label: str
    current: bool


def days(items: Iterable[thread.ThreadItem], language: str) -> list[Day]:
    """Items, newest first, as knots under their days."""
    zone = content.shop().zone
    found: dict[date, list[ShownKnot]] = {}
    for knot in thread.knots(items):
        if isinstance(knot, thread.Visit):
            shown = _visit(knot, language, zone)
        else:
            shown = None if knot.name in MEASURED else _shown(knot, language, zone)
        if shown is None:
            continue
        found.setdefault(clock.local(knot.at, zone).date(), []).append(shown)
    today = clock.today(zone)
    return [Day(day, _label(day, today, language), tuple(knots)) for day, knots in found.items()]


def chosen(request: HttpRequest) -> tuple[str, list[str] | None, bool]:
    """The filter of the address: its name, what the thread is asked for, and whether bots are shown."""
    show = request.GET.get("show", "")
    return show, [show] if show in thread.GROUPS else None, request.GET.get("bots") == "1"


def filters(show: str) -> list[Filter]:
    """The filters in their order."""
    words = {
        "": _("Everything"), "orders": _("Orders"), "messages": _("Messages"), "mail": _("Mail"),
        "visits": _("Visits"), "identity": _("Who they are"),
    }  # fmt: skip
    return [Filter(key, label, key == show) for key, label in words.items()]


def page_of(request: HttpRequest, parties: thread.Parties, last: str = "") -> dict[str, Any]:
    """What the template of a thread needs. `last` is the item that an open page ends with: all newer ones are shown."""
    show, kinds, bots = chosen(request)
    limit = MOST_LIVE if last else PAGE
    found = thread.thread_of_parties(parties, request.GET.get("before") or None, limit, kinds, bots=bots)
    items, following = found.items, found.next
    if last:
        items = tuple(_until(items, last))
        following = None
    return {
        "days": days(items, request.language),  # type: ignore[attr-defined]
        "next": following, "last": items[-1].id if items else "", "show": show, "filters": filters(show), "bots": bots,
    }  # fmt: skip


def _until(items: Iterable[thread.ThreadItem], last: str) -> Iterator[thread.ThreadItem]:
    for item in items:
        yield item
        if item.id == last:
            return


def _shown(item: thread.ThreadItem, language: str, zone: str) -> ShownKnot:
    line = thread.line_of(item, language)
    return ShownKnot(item.id, item.at, f"{clock.local(item.at, zone):%H:%M}", line.text, line.knot, _address(item))


def _visit(visit: thread.Visit, language: str, zone: str) -> ShownKnot | None:
    """A visit with its steps; a single step stands for itself, and mere measurements are nothing to tell."""
    began = f"{clock.local(visit.started_at, zone):%H:%M}"
    steps = tuple(_shown(item, language, zone) for item in visit.items if item.name not in MEASURED)
    if len(steps) < 2:
        return steps[0] if steps else None
    knot = "danger" if any(step.knot == "danger" for step in steps) else "visit"
    return ShownKnot(visit.id, visit.at, began, Markup(""), knot, visit=visit, steps=steps)


def _address(item: thread.ThreadItem) -> str:
    """Where the thing itself is looked at."""
    if item.source != "fact":
        return ""
    if item.kind.startswith("orders.") and (code := item.data.get("code")):
        return reverse("back:order", kwargs={"code": code})
    if item.kind.startswith("desk.") and (code := item.more.get("code")):
        return reverse("back:conversation", kwargs={"code": code})
    return ""


def _label(day: date, today: date, language: str) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return format_date(day, language, "day" if day.year == today.year else "medium")

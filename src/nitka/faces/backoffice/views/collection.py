"""Collection as it happens: sources and their keys, the last events, what was not taken and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import typed
from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.pages import here, page
from nitka.ground.web.pages import template
from nitka.people.events import queries as events

ROWS = 100
STORED, REJECTED = "stored", "rejected"
REASONS = (
    gettext_noop("no consent"), gettext_noop("no event name"), gettext_noop("no groupId"), gettext_noop("no batch"),
    gettext_noop("no usable userId or anonymousId"), gettext_noop("unknown type"), gettext_noop("not an object"),
    gettext_noop("larger than 32 KB"), gettext_noop("messageId longer than 100"), gettext_noop("name too long"),
    gettext_noop("more than 2500 events in a batch"), gettext_noop("cannot be read"),
    gettext_noop("a trusted source must name this userId"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, of either tab."""

    id: str
    at: datetime
    when: str
    source: str
    kind: str
    name: str
    said: str
    tone: str
    detail: str


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """The page: it keeps itself up to date where there is JavaScript."""
    lines, cursor = _lines(request, 0)
    minutes = events.minutes()
    return page(
        request, "backoffice/collection.html",
        {
            "lines": lines, "cursor": cursor, "tab": _tab(request), "tabs": _tabs(request), "sources": events.sources(),
            "kinds": events.NUMBERS, "minutes": minutes, "bars": _bars(minutes), "most": ROWS,
            "people": sum(each.people for each in minutes), "bots": sum(each.bots for each in minutes),
            "address": request.build_absolute_uri("/").rstrip("/"),
        },
    )  # fmt: skip


@require_GET
@staff("settings.edit")
def since(request: HttpRequest) -> HttpResponse:
    """What came after the cursor, as rows to put on top of the list that the rest of the address describes."""
    given = request.GET.get("cursor", "")
    after = int(given) if given.isdecimal() and len(given) < 19 else 0
    lines, cursor = _lines(request, after)
    row = template("backoffice/collection_row.html").module.row  # type: ignore[attr-defined]
    rows = [{"id": line.id, "shown": True, "fresh": True, "html": row(line)} for line in reversed(lines)]
    return JsonResponse({"cursor": str(cursor), "rows": rows})


def _lines(request: HttpRequest, after: int) -> tuple[list[Line], int]:
    names = {each.id: each.name for each in events.sources()}
    language = request.language  # type: ignore[attr-defined]
    chosen, kind = typed(request, "source"), typed(request, "type")
    source = int(chosen) if chosen.isdecimal() and len(chosen) < 5 else None
    if _tab(request) == REJECTED:
        refused = events.rejected(after=after, source=source, kind=kind, limit=ROWS)
        lines = [_refused(each, names, language) for each in refused]
        return lines, max([after, *(each.id for each in refused)])
    bots = {"people": False, "bots": True}.get(typed(request, "who"))
    stored = events.lately(after=after, source=source, kind=kind, bots=bots, limit=ROWS)
    return [_stored(each, names, language) for each in stored], max([after, *(each.seq for each in stored)])


def _stored(event: events.EventView, names: dict[int, str], language: str) -> Line:
    words = [
        _("machine") if event.is_bot else _("person"),
        *([_("clock was wrong")] if event.flags & events.CLOCK_CLAMPED else []),
        *([_("late")] if event.flags & events.LATE else []),
    ]
    detail = orjson.dumps({"properties": event.properties, "context": event.context}, option=orjson.OPT_INDENT_2)
    at = event.received_at or event.at
    return Line(
        str(event.seq), at, when(at, language), names.get(event.source, ""), event.kind, event.name,
        " · ".join(words), "gone" if event.is_bot else "done", detail.decode()[:4000],
    )  # fmt: skip


def _refused(each: events.RejectedView, names: dict[int, str], language: str) -> Line:
    said = _(each.reason) + (f" × {each.count}" if each.count > 1 else "")
    return Line(
        str(each.id), each.at, when(each.at, language), names.get(each.source, ""), each.kind, each.name, said,
        "wait", each.excerpt,
    )  # fmt: skip


def _tab(request: HttpRequest) -> str:
    return REJECTED if request.GET.get("tab") == REJECTED else STORED


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    chosen = _tab(request)
    words = {STORED: _("Stored"), REJECTED: _("Not stored")}
    return [
        {"label": label, "key": tab, "href": here(request, tab=tab), "current": tab == chosen, "count": None}
        for tab, label in words.items()
    ]


def _bars(minutes: list[events.MinuteNumbers]) -> list[dict[str, Any]]:
    """Heights of 60 for the fullest minute: people from the ground, machines upon them."""
    top = max([1, *(each.people + each.bots for each in minutes)])
    return [
        {
            "minute": each.minute, "people": each.people, "bots": each.bots, "x": 14 * place,
            "people_height": round(60 * each.people / top, 1), "bots_height": round(60 * each.bots / top, 1),
        }
        for place, each in enumerate(minutes)
    ]  # fmt: skip

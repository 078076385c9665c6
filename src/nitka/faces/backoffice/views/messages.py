"""The list of conversations: tabs, filters, pages, CSV, and the list as it changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.care.desk import queries as desk
from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, typed
from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.pages import here, page
from nitka.ground.locale import format_number
from nitka.ground.web.pages import template

# The list opens with what waits for us; "all" shows the rest as well.
FIRST_TAB = "open"


@dataclass(frozen=True, slots=True)
class ShownConversation:
    """One row of the list."""

    id: UUID
    code: str
    who: str
    email: str
    subject: str
    last_words: str
    messages: int
    cause: str
    order_code: str
    state: str
    state_word: str
    tone: str
    last_at: datetime
    when: str


@require_GET
@staff("messages.answer")
def show(request: HttpRequest) -> HttpResponse:
    """Conversations, the one with the newest message first."""
    # As with orders: the cursor before the rows.
    cursor = desk.start_cursor()
    found = keyset(filtered(request), request, by="-last_at")
    return page(
        request,
        "backoffice/messages.html",
        {
            "list": found,
            "conversations": [shown(row, request.language) for row in found.rows],  # type: ignore[attr-defined]
            "tabs": _tabs(request),
            "tab": tab_of(request),
            "cursor": cursor,
            "causes": desk.cause_names(),
            "channels": desk.channel_names(),
            "first_page": not (request.GET.get("after") or request.GET.get("before")),
        },
    )


@require_GET
@staff("messages.answer")
def since(request: HttpRequest) -> HttpResponse:
    """What changed after the cursor, as rows to put into the list that the rest of the address describes."""
    try:
        changed, cursor = desk.conversations_since(request.GET.get("cursor", ""))
    except ValueError:
        changed, cursor = (), desk.start_cursor()
    language = request.language  # type: ignore[attr-defined]
    matching = {}
    if changed:
        matching = {row.id: row for row in filtered(request).filter(id__in=[row.id for row in changed])}
    row_macro = template("backoffice/message_row.html").module.row  # type: ignore[attr-defined]
    rows = [
        {
            "id": str(row.id),
            "shown": row.id in matching,
            "fresh": row.id in matching and row.state == "open",
            "html": row_macro(shown(matching[row.id], language)) if row.id in matching else "",
        }
        for row in changed
    ]
    totals = {}
    if changed:
        totals = {tab: format_number(number, language) for tab, number in counts(unfiltered(request)).items()}
    return JsonResponse({"cursor": cursor, "rows": rows, "counts": totals})


@require_GET
@staff("messages.answer")
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    rows = filtered(request).order_by("-last_at", "-pk")
    return spreadsheets.answer(
        "messages",
        [_("Conversation"), _("Began"), _("Last message"), _("State"), _("Cause"), _("Channel"), _("Full name"),
         _("E-mail"), _("Language"), _("Order"), _("Subject"), _("Messages")],
        (
            (row.code, row.began_at.isoformat(), row.last_at.isoformat(), row.state, row.cause, row.channel, row.name,
             row.email, row.language, row.order_code, row.subject, row.messages)
            for row in rows.iterator()
        ),
    )  # fmt: skip


def shown(row: Any, language: str) -> ShownConversation:
    """A conversation as its list shows it."""
    word, tone = state_word(row.state)
    return ShownConversation(
        row.id, row.code, row.name or row.email, row.email, row.subject, row.last_words, row.messages,
        desk.cause_names().get(row.cause, row.cause), row.order_code, row.state, word, tone, row.last_at,
        when(row.last_at, language),
    )  # fmt: skip


def state_word(state: str) -> tuple[str, str]:
    """What staff read, and how much it asks of them."""
    return {
        "open": (_("To answer"), "wait"),
        "answered": (_("Answered"), "done"),
        "closed": (_("Closed"), "gone"),
    }.get(state, (state, ""))


def tab_of(request: HttpRequest) -> str:
    """The tab that is open; a search looks into all of them."""
    wanted = request.GET.get("tab", "")
    return wanted if wanted in _tab_words() else ("all" if typed(request) else FIRST_TAB)


def unfiltered(request: HttpRequest) -> "QuerySet[Any]":
    """Conversations by everything but the tab."""
    return desk.conversation_rows(
        search=typed(request), cause=typed(request, "cause"), channel=typed(request, "channel")
    )


def filtered(request: HttpRequest) -> "QuerySet[Any]":
    """The conversations that the address asks for."""
    tab = tab_of(request)
    return unfiltered(request) if tab == "all" else unfiltered(request).filter(state=tab)


def counts(rows: "QuerySet[Any]") -> dict[str, int]:
    """How many each tab holds, in one query."""
    numbers = {tab: Count("pk", filter=Q(state=tab)) for tab in _tab_words() if tab != "all"}
    return dict(rows.order_by().aggregate(**numbers, all=Count("pk")))


def _tab_words() -> dict[str, str]:
    return {"open": _("To answer"), "answered": _("Answered"), "closed": _("Closed"), "all": _("All")}


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    numbers, chosen = counts(unfiltered(request)), tab_of(request)
    return [
        {"label": label, "key": tab, "href": here(request, tab=tab), "current": tab == chosen, "count": numbers[tab]}
        for tab, label in _tab_words().items()
    ]

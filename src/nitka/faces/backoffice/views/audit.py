"""Who of the staff did what, when."""

import json
from datetime import time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, read_day, typed
from nitka.faces.backoffice.names import staff_names
from nitka.faces.backoffice.pages import page
from nitka.ground import clock
from nitka.people.accounts import queries as accounts
from nitka.shelf.content import queries as content

MOST_EXPORTED = 100_000


@require_GET
@staff("audit.view")
def show(request: HttpRequest) -> HttpResponse:
    """The audit log, newest first, by person, deed, thing and days."""
    rows, people = _filtered(request), staff_names()
    return page(
        request,
        "backoffice/audit.html",
        {
            "entries": keyset(rows, request, by="-at"),
            "people": people,
            "detail_text": detail_text,
            "named": {f"user {key}": name for key, name in people.items()},
            "verbs": sorted(accounts.audit_rows().order_by().values_list("verb", flat=True).distinct()),
        },
    )


@require_GET
@staff("audit.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    people = staff_names()
    rows = _filtered(request).order_by("-at", "-id")[:MOST_EXPORTED]
    return spreadsheets.answer(
        "audit",
        [_("When"), _("Who"), _("Did"), _("About"), _("Detail")],
        (
            (row.at.isoformat(), people.get(row.actor_id, ""), row.verb, row.subject, detail_text(row.detail))
            for row in rows.iterator()
        ),
    )


def detail_text(detail: dict[str, Any]) -> str:
    """The detail as people read it: `from: agent, to: owner`; what is no text or number is written as JSON."""
    words = {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
             for name, value in (detail or {}).items()}  # fmt: skip
    return ", ".join(f"{name}: {value}" for name, value in words.items())


def _filtered(request: HttpRequest) -> "QuerySet[Any]":
    rows = accounts.audit_rows()
    people = {str(key): key for key in staff_names()}
    if who := people.get(request.GET.get("who", "")):
        rows = rows.filter(actor_id=who)
    if verb := typed(request, "verb"):
        rows = rows.filter(verb=verb)
    if text := typed(request):
        rows = rows.filter(subject__icontains=text)
    zone = content.shop().zone
    if day := read_day(request, "from"):
        rows = rows.filter(at__gte=clock.at_local(day, time(), zone))
    if day := read_day(request, "to"):
        rows = rows.filter(at__lt=clock.at_local(day + timedelta(days=1), time(), zone))
    return rows

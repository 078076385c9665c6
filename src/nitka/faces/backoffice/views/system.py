"""How the machinery is: checks, jobs that wait, reactions that failed."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.pages import page
from nitka.ground import clock
from nitka.ground.facts import actions as facts_actions
from nitka.ground.facts import queries as facts

# A worker beats every ten seconds; after six missed beats nobody is there.
WORKER_SILENT_SECONDS = 60
MANY_JOBS = 500


@dataclass(frozen=True)
class Check:
    """One thing that must be well, how it is, and what to do where it is not."""

    name: str
    good: bool
    said: str


@require_GET
@staff("facts.retry")
def show(request: HttpRequest) -> HttpResponse:
    """Health, queues and dead letters."""
    letters = keyset(facts.dead_letter_rows(), request, by="-at")
    return page(
        request,
        "backoffice/system.html",
        {"checks": checks(), "waiting": sorted(facts.jobs_waiting().items()), "letters": letters},
    )


@require_POST
@staff("facts.retry")
def retry(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Give a failed reaction new tries."""
    do(
        request, lambda: facts_actions.retry_dead_letter(dead_letter_id=letter_id),
        verb="facts.retry", subject=str(letter_id), said=_("It will be tried again within seconds."),
    )  # fmt: skip
    return see_other(reverse("back:system"))


def checks() -> list[Check]:
    """What `nitka doctor` asks of the database, as far as a page can know it."""
    migrated = _all_migrated()
    seen = facts.worker_seen_at()
    alive = seen is not None and clock.now() - seen < timedelta(seconds=WORKER_SILENT_SECONDS)
    waiting = sum(facts.jobs_waiting().values())
    return [
        # Without its database this page would not be here.
        Check(_("Database"), True, _("It answers.")),
        Check(
            _("Migrations"), migrated,
            _("All applied.") if migrated else _("Some are missing: restart the shop with the new version."),
        ),
        Check(
            _("Worker"), alive,
            _("It was heard of a moment ago.") if alive else _("It is silent. Start it with: nitka worker"),
        ),
        Check(
            _("Jobs"), waiting < MANY_JOBS,
            _("The queue is short.") if waiting < MANY_JOBS else _("Many jobs wait: start another worker."),
        ),
        Check(
            _("Mail"), True,
            _("Kept in the mailbox of the demo, nothing is delivered.") if settings.NITKA_MAILBOX
            else _("Delivered through %(host)s.") % {"host": settings.EMAIL_HOST},
        ),
        Check(
            _("Rate limits"), settings.NITKA_RATE_LIMITS,
            _("On.") if settings.NITKA_RATE_LIMITS else _("Off: remove NITKA_RATE_LIMITS=off from the environment."),
        ),
    ]  # fmt: skip


def _all_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())

"""What follows the events."""

from pathlib import Path

from django.conf import settings

from nitka.ground.facts.followers import follows
from nitka.ground.facts.jobs import periodic
from nitka.people.events import sessions
from nitka.people.events.actions import keeping


@follows(sessions.NAME)
def follow_sessions() -> int:
    """Visits and their channels, a moment behind the events."""
    return sessions.step()


@periodic("23 2 * * *")
def make_months_ready() -> None:
    """Long before the first event of a month, which would else lie with the far past."""
    keeping.make_months_ready()


@periodic("37 4 2 * *")
def let_old_events_go() -> None:
    """Once a month: what is older than it is kept becomes Parquet."""
    months = keeping.read_months(settings.EVENTS_KEEP_MONTHS)
    if months:
        keeping.let_go(folder=Path(settings.EVENTS_ARCHIVE), months=months)

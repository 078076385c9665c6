"""Visits of one hit that come in swarms: many alike within minutes, from nowhere, doing nothing. Machines."""

from collections.abc import Iterable
from datetime import timedelta

from nitka.people.events.channels import DIRECT
from nitka.people.events.visits import Session

MOST_ALIKE = 20
WITHIN = timedelta(minutes=10)


def flag(changed: Iterable[Session]) -> None:
    """Flag the swarms that these visits belong to. Who does a second thing is no longer part of one."""
    for agent, landing in {(row.agent, row.landing) for row in changed if _is_lonely(row)}:
        starts = [row.started_at for row in changed if (row.agent, row.landing) == (agent, landing)]
        alike = Session.objects.filter(
            agent=agent, landing=landing, pages__lte=1, signs=0, source=DIRECT[0],
            started_at__gte=min(starts) - WITHIN, started_at__lte=max(starts) + WITHIN,
        )  # fmt: skip
        if alike.count() >= MOST_ALIKE:
            alike.filter(bot=False).update(bot=True, why="burst")


def _is_lonely(row: Session) -> bool:
    return row.pages <= 1 and not row.signs and row.source == DIRECT[0] and not row.bot

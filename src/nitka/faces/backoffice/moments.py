"""Moments as lists write them: on the wall clock of the shop, as short as they can be understood."""

from datetime import datetime

from nitka.ground import clock
from nitka.ground.locale import format_date
from nitka.shelf.content import queries as content


def when(moment: datetime | None, language: str) -> str:
    """The hour today, the day and hour before, with the year where it is another."""
    if moment is None:
        return ""
    zone = content.shop().zone
    local, today = clock.local(moment, zone), clock.today(zone)
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{format_date(local.date(), language, 'short' if local.year == today.year else 'medium')}, {local:%H:%M}"


def wall(moment: datetime | None) -> str:
    """What a datetime-local field holds: the moment on the wall clock of the shop."""
    return clock.local(moment, content.shop().zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


def read_wall(text: str) -> datetime | None:
    """The moment of such a field; none where nothing sensible was typed."""
    try:
        found = datetime.fromisoformat(text)
        return None if found.tzinfo else clock.at_local(found.date(), found.time(), content.shop().zone)
    except (ValueError, OverflowError):  # the first and the last day of all years have no moment in some zones
        return None

"""What follows the events."""

from nitka.ground.facts.followers import follows
from nitka.people.events import sessions


@follows(sessions.NAME)
def follow_sessions() -> int:
    """Visits and their channels, a moment behind the events."""
    return sessions.step()

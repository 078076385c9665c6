"""What a worker does all the time: fold new events into the summaries."""

from nitka.ground.facts.followers import cursor_of, follows, move_cursor
from nitka.insight.profiles import keeping
from nitka.people.events import queries as events


@follows(keeping.FOLLOWER)
def take_in_events() -> int:
    """One batch of events, exactly once: summaries and position are one commit."""
    found = events.after(cursor_of(keeping.FOLLOWER), keeping.BATCH)
    if found:
        keeping.take_in(found)
        move_cursor(keeping.FOLLOWER, found[-1].seq)
    return len(found)

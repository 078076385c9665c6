"""When something happened, told by clocks that we don't trust."""

from datetime import UTC, datetime, timedelta
from typing import Any

from nitka.people.events.queries import CLOCK_CLAMPED, LATE

LATE_AFTER = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(said: Any) -> datetime | None:
    """A moment as programs write it: ISO 8601, or seconds or milliseconds since 1970. None for anything else."""
    try:
        if type(said) is str:
            read = datetime.fromisoformat(said)
            if read.tzinfo is UTC:
                return read
            return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
        if type(said) in (int, float):
            return EPOCH + timedelta(seconds=said / 1000 if said > 1e11 else said)
    except (ValueError, OverflowError):
        pass
    return None


def happened(original: datetime | None, received: datetime, shift: timedelta | None) -> tuple[datetime, int]:
    """When it happened by our clock, and flags.

    Segment's rule: timestamp = receivedAt - (sentAt - originalTimestamp); `shift` is receivedAt - sentAt. Without
    sentAt (imports) the sender's word stands; without the sender's word it is now. Nothing happens in the future.
    """
    if original is None:
        return received, 0
    try:
        at = original if shift is None else original + shift
        if EPOCH <= at <= received:
            return at, LATE if received - at > LATE_AFTER else 0
        return (received if at > received else EPOCH), CLOCK_CLAMPED
    except OverflowError:
        return received, CLOCK_CLAMPED

"""Time: UTC inside, calendar days only in a named zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import lru_cache
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """This moment in UTC."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """In the block, `now()` stands still at `moment` (aware). For tests."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises ZoneInfoNotFoundError where there is none."""
    return ZoneInfo(name)


def local(moment: datetime, zone_name: str) -> datetime:
    """The same moment on the wall clock of that zone."""
    return moment.astimezone(zone(zone_name))


def today(zone_name: str) -> date:
    """The calendar day in that zone now."""
    return local(now(), zone_name).date()


def at_local(day: date, wall: time_of_day, zone_name: str) -> datetime:
    """The UTC moment at which clocks in that zone show `wall` on `day`.

    A wall time that spring skips becomes the first moment after the gap; one that autumn repeats is the first of the
    two.
    """
    naive = datetime.combine(day, wall)
    moment = naive.replace(tzinfo=zone(zone_name), fold=0).astimezone(UTC)
    if local(moment, zone_name).replace(tzinfo=None) == naive:
        return moment
    # In a gap fold=0 uses the offset before it; the transition lies between the two readings.
    after = naive.replace(tzinfo=zone(zone_name), fold=1).astimezone(UTC)
    gap = moment - after
    low, high = after, moment
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if local(middle, zone_name).utcoffset() == local(low, zone_name).utcoffset():
            low = middle
        else:
            high = middle
    assert gap > timedelta(0)
    return high.replace(microsecond=0) + (timedelta(seconds=1) if high.microsecond else timedelta(0))

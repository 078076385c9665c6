"""When a parcel comes: the rules, without a database.

A parcel leaves on the first working day of the warehouse whose cut-off is still ahead, plus the handling days (working
days of the warehouse). It arrives so many working days of the destination later; a day of handing over to the carrier
does not count as transit, and nothing is delivered on a weekend or public holiday of the destination.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from nitka.ground import clock
from nitka.sale.shipping.calendars import working_day


@dataclass(frozen=True, slots=True)
class Origin:
    """Where parcels leave."""

    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast an option is."""

    cut_off: time
    handling_days: int
    transit_days_from: int
    transit_days: int

    @property
    def is_same_day(self) -> bool:
        return self.handling_days == 0 and self.transit_days == 0


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised day (or first and last day), the moment until which it holds, and what it was computed from."""

    day_from: date
    day_to: date
    order_before: datetime | None
    source: str
    computed_at: datetime


@lru_cache(maxsize=4096)
def _cut_off_moment(day: date, cut_off: time, zone: str) -> datetime:
    return clock.at_local(day, cut_off, zone)


def starting_day(speed: Speed, origin: Origin, at: datetime) -> date:
    """The day on which the warehouse begins with an order of that moment."""
    today = clock.local(at, origin.zone).date()
    day = working_day(today, origin.country)
    if day == today and at >= _cut_off_moment(today, speed.cut_off, origin.zone):
        day = working_day(today + timedelta(days=1), origin.country)
    return day


@lru_cache(maxsize=16384)
def _days(speed: Speed, origin_country: str, destination: str, start: date) -> tuple[date, date]:
    handed_over = working_day(start, origin_country, speed.handling_days)
    if speed.transit_days == 0:
        day = working_day(handed_over, destination)
        return day, day
    first, last = (
        working_day(handed_over + timedelta(days=1), destination, max(0, days - 1))
        for days in (speed.transit_days_from, speed.transit_days)
    )
    return first, last


def promise(speed: Speed, origin: Origin, destination: str, at: datetime, source: str) -> Promise | None:
    """The promise for an order of that moment; None for a same-day option that cannot be kept today."""
    start = starting_day(speed, origin, at)
    first, last = _days(speed, origin.country, destination, start)
    if speed.is_same_day and last != clock.local(at, origin.zone).date():
        return None
    return Promise(first, last, _cut_off_moment(start, speed.cut_off, origin.zone), source, at)

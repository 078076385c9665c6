"""Working days: weekends and public holidays of a country, remembered by year."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_SATURDAY_SUNDAY = frozenset({5, 6})


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of the whole country; none for a country that the library does not know."""
    try:
        return frozenset(holidays.country_holidays(country, years=year, observed=True))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=256)
def weekend(country: str) -> frozenset[int]:
    """Weekdays without work, Monday is 0."""
    try:
        return frozenset(holidays.country_holidays(country).weekend) or _SATURDAY_SUNDAY
    except NotImplementedError:
        return _SATURDAY_SUNDAY


@lru_cache(maxsize=16384)
def is_working_day(day: date, country: str) -> bool:
    """Whether parcels move on that day in that country."""
    return day.weekday() not in weekend(country) and day not in public_holidays(country, day.year)


@lru_cache(maxsize=16384)
def working_day(day: date, country: str, after: int = 0) -> date:
    """The first working day on or after `day`, then `after` working days further."""
    while not is_working_day(day, country):
        day += timedelta(days=1)
    for _step in range(after):
        day += timedelta(days=1)
        while not is_working_day(day, country):
            day += timedelta(days=1)
    return day

"""Which parcels will miss their promised day, found before that day ends. Rules without a database.

Causes, the first that fits counts:
`exception`     the carrier reports a trouble
`failed`        nobody was at home
`carrier_date`  the carrier names a later day
`no_scan`       a working day after the parcel left its carrier has not scanned it
`not_out`       it is the afternoon of the promised day and the parcel is in no van
Parcels that have not left (`not_handed_over`) are watched by whoever knows of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nitka.ground import clock
from nitka.sale.shipping.calendars import working_day

OUT_BY = time(15, 0)
SCANNED = frozenset({"accepted", "sorted", "out_for_delivery", "ready", "failed", "exception", "delivered"})
AT_THE_DOOR = frozenset({"out_for_delivery", "ready", "delivered"})


@dataclass(frozen=True, slots=True)
class Danger:
    """Why a promise will not be kept, and the day that can be promised now."""

    cause: str
    new_day: date


def danger(
    *, promised_on: date, expected_on: date | None, shipped_at: datetime, last_kind: str, kinds: Collection[str],
    country: str, zone: str, origin: str, at: datetime,
) -> Danger | None:  # fmt: skip
    """Whether a parcel on its way will be late, from what its carrier said by that moment; the clock is the shop's."""
    today, wall = clock.local(at, zone).date(), clock.local(at, zone).time()
    if last_kind == "exception":
        return Danger("exception", _later(promised_on, expected_on, today, country, days=2))
    if last_kind == "failed":
        return Danger("failed", _later(promised_on, expected_on, today, country))
    if expected_on and expected_on > promised_on:
        return Danger("carrier_date", expected_on)
    left = clock.local(shipped_at, zone).date()
    if not SCANNED & set(kinds) and today > working_day(left + timedelta(days=1), origin):
        # Every working day without a scan is a day lost.
        lost = _working_days(left, today, origin) - 1
        return Danger("no_scan", _later(promised_on, expected_on, today, country, days=max(1, lost)))
    is_afternoon = today == promised_on and wall >= OUT_BY and not AT_THE_DOOR & set(kinds)
    if today > promised_on or is_afternoon:
        return Danger("not_out", _later(promised_on, expected_on, today, country))
    return None


def _later(promised: date, expected: date | None, today: date, country: str, days: int = 1) -> date:
    """So many working days of the destination after the promised day or today; the carrier's own day, if later."""
    day = max(promised, today)
    for _step in range(days):
        day = working_day(day + timedelta(days=1), country)
    return max(day, expected) if expected else day


def _working_days(first: date, last: date, country: str) -> int:
    days, day = 0, first
    while day < last and days < 30:
        day = working_day(day + timedelta(days=1), country)
        days += 1
    return days

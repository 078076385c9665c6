"""How often carriers kept what was promised, counted on the parcels themselves.

A promise is kept when the parcel was received on its day or before, on the shop's calendar. Parcels that are still on
their way count as broken once their day is over, so that a lost parcel does not look better than a late one. Parcels
back to the shop, and those without a promise, do not count.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

BY = {"carrier": "carrier", "country": "country", "option": "option", "location": "location"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One row: of so many parcels with a promise that is due, so many came in time."""

    key: str
    parcels: int
    kept: int
    late: int
    still_away: int
    late_days: Decimal  # mean of the late ones that came
    days: Decimal  # mean from leaving to receiving

    @property
    def percent(self) -> Decimal:
        """Kept promises in a hundred, to a tenth."""
        return (Decimal(self.kept * 1000) / self.parcels).to_integral_value() / 10 if self.parcels else Decimal(0)


def kept_by(by: str, since: date, until: date, *, today: date, zone: str) -> list[Kept]:
    """Promises whose day lies within these days, by carrier, country, option or location; all together comes last.

    `today` is the shop's: parcels on their way whose day is before it are broken promises. One query.
    """
    column = BY[by]
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(column=column), {"since": since, "until": until, "today": today, "zone": zone})
        rows = cursor.fetchall()
    return [
        Kept(key or "", parcels, kept, late, away, _decimal(late_days), _decimal(days))
        for key, parcels, kept, late, away, late_days, days in rows
    ]


def _decimal(number: Decimal | None) -> Decimal:
    return Decimal(number or 0).quantize(Decimal("0.1"))


_SQL = """
WITH due AS (
    SELECT "{column}" AS key, promised_on, shipped_at, delivered_at,
           (delivered_at AT TIME ZONE %(zone)s)::date AS came_on
    FROM shipping_shipments
    WHERE promised_on BETWEEN %(since)s AND %(until)s AND NOT reverse
      AND (delivered_at IS NOT NULL OR (state IN ('shipped', 'returned') AND promised_on < %(today)s))
)
SELECT key, count(*), count(*) FILTER (WHERE came_on <= promised_on), count(*) FILTER (WHERE came_on > promised_on),
       count(*) FILTER (WHERE came_on IS NULL),
       avg(came_on - promised_on) FILTER (WHERE came_on > promised_on),
       avg(extract(epoch FROM delivered_at - shipped_at) / 86400) FILTER (WHERE came_on IS NOT NULL)
FROM due GROUP BY GROUPING SETS ((key), ()) ORDER BY GROUPING(key), count(*) DESC, key
"""

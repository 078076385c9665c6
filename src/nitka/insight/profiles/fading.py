"""Weights that fade: what somebody looked at today counts twice what they looked at a half-life ago.

A weight is kept as it would be at a fixed moment (the reference) in parts of a millionth, as an integer, so that sums
do not depend on the order; it is brought to the moment of reading by one factor.
"""

from datetime import datetime

HALF_LIFE_DAYS = 60
SEEN, LISTED, WISHED, ADDED, BOUGHT = 1.0, 0.5, 3.0, 4.0, 10.0
PARTS = 1_000_000
_DAY_MS = 86_400_000


def kept(weight: float, at_ms: int, reference_ms: int) -> int:
    """The weight of something at that moment, as seen from the reference."""
    return round(weight * PARTS * _factor(at_ms - reference_ms))


def faded(parts: int | float, reference_ms: int, now_ms: int) -> float:
    """What a kept sum weighs now."""
    return parts / PARTS / _factor(now_ms - reference_ms)


def _factor(milliseconds: int) -> float:
    return float(2.0 ** (milliseconds / _DAY_MS / HALF_LIFE_DAYS))


def milliseconds(moment: datetime) -> int:
    """Since 1970."""
    return round(moment.timestamp() * 1000)

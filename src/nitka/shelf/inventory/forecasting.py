"""What is expected of a variant, and from how many pieces on to order anew. Pure arithmetic, private to inventory.

The level is simple exponential smoothing (Brown 1956) over weeks in which one huge order counts as at most four times
a usual selling week; of five speeds the one that would have erred least on this very series is taken. The safety is
the quantile of a gamma distribution (Wilson and Hilferty 1931), since demand is skewed and never below zero; how far
a week may be off is measured against what was really sold, huge orders too. `bin/bench forecast` measures it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist, fmean

SPEEDS = (0.05, 0.1, 0.2, 0.3, 0.5)
HUGE = 4
WINDOW = 12
WARM_UP = 4
WEEKS = 52


@dataclass(frozen=True, slots=True)
class Outlook:
    """Pieces a week, the standard error of a week, the weeks of history behind it, and how fast it learns."""

    weekly: float
    spread: float
    weeks: int
    speed: float = 0.0


def weekly(by_day: Mapping[date, int], until: date) -> list[int]:
    """Whole weeks that end before `until`, oldest first, from the first sale on, a year at most."""
    if not by_day:
        return []
    count = min(WEEKS, -(-(until - min(by_day)).days // 7))
    weeks = [0] * max(count, 0)
    for day, pieces in by_day.items():
        back = (until - timedelta(days=1) - day).days // 7
        if 0 <= back < count:
            weeks[count - 1 - back] += pieces
    return weeks


def outlook(weeks: Sequence[int]) -> Outlook:
    """The expected week after these. Without history nothing is expected."""
    if not weeks:
        return Outlook(0.0, 0.0, 0)
    calm = tamed(weeks)
    warm = min(WARM_UP, len(calm))
    best: tuple[float, float, float, float] | None = None
    for speed in SPEEDS:
        level, calm_errors, errors = fmean(calm[:warm]), 0.0, 0.0
        for quiet, real in zip(calm[warm:], weeks[warm:], strict=True):
            calm_errors += (quiet - level) ** 2
            errors += (real - level) ** 2
            level += speed * (quiet - level)
        if best is None or calm_errors < best[0]:
            best = calm_errors, level, errors, speed
    assert best is not None
    tried = len(weeks) - warm
    # A short history has shown little: it is as uncertain as a single buyer's whim.
    spread = math.sqrt(best[2] / tried) if tried >= WARM_UP else max(best[1], math.sqrt(best[1]))
    return Outlook(best[1], spread, len(weeks), best[3])


def tamed(weeks: Sequence[int]) -> list[float]:
    """The weeks with huge ones cut to four times the median of the selling weeks of the last twelve."""
    calm: list[float] = []
    for place, pieces in enumerate(weeks):
        selling = sorted(each for each in weeks[max(0, place - WINDOW) : place + 1] if each)
        calm.append(min(pieces, HUGE * selling[len(selling) // 2]) if selling else float(pieces))
    return calm


def reorder_point(expected: Outlook, *, weeks: float, service_percent: int) -> int:
    """Pieces that suffice, with that certainty, for so many weeks until goods ordered now can be sold."""
    mean = expected.weekly * weeks
    if mean <= 0:
        return 0
    variance = max(expected.spread**2 * weeks * _drift(expected.speed, weeks), mean)
    z = NormalDist().inv_cdf(service_percent / 100)
    shape = mean * mean / variance
    if shape < 0.15:  # the approximation ends here
        return math.ceil(mean + z * math.sqrt(variance))
    root = max(0.0, 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape)))
    return math.ceil(mean * root**3)


def _drift(speed: float, weeks: float) -> float:
    """How much more several weeks may be off than as many single ones: the level itself moves meanwhile (the variance
    of a sum of forecasts of exponential smoothing; Hyndman and others 2008, section 6.2)."""
    more = max(0.0, weeks - 1)
    return 1 + speed * more + speed**2 * more * (2 * weeks - 1) / 6


def in_packs(pieces: int, *, pack: int, minimum: int) -> int:
    """The least whole number of packs that holds so many, and the supplier's minimum."""
    return -(-max(pieces, minimum) // pack) * pack if pieces > 0 else 0
